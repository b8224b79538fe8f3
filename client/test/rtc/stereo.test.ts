import { assert, describe, it } from "@effect/vitest"
import { audioEncodingFor } from "../../rtc/quality/encodingParameters.js"
import { inStereo } from "../../rtc/stereo.js"

const sdp = (...lines: ReadonlyArray<string>) => lines.map((line) => `${line}\r\n`).join("")

describe("a description in stereo", () => {
  it("sets it only for Opus, beside the other parameters", () => {
    const plain = sdp(
      "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 0",
      "a=rtpmap:111 opus/48000/2",
      "a=fmtp:111 minptime=10;useinbandfec=1",
      "a=rtpmap:63 red/48000/2",
      "a=fmtp:63 111/111",
      "a=rtpmap:0 PCMU/8000"
    )
    assert.strictEqual(inStereo(plain), plain.replace("useinbandfec=1", "useinbandfec=1;stereo=1;sprop-stereo=1"))
  })

  it("adds parameters to an Opus without any, and changes nothing without Opus", () => {
    const bare = sdp("m=audio 9 UDP/TLS/RTP/SAVPF 109", "a=rtpmap:109 opus/48000/2", "a=sendrecv")
    assert.strictEqual(
      inStereo(bare),
      sdp(
        "m=audio 9 UDP/TLS/RTP/SAVPF 109",
        "a=rtpmap:109 opus/48000/2",
        "a=fmtp:109 stereo=1;sprop-stereo=1",
        "a=sendrecv"
      )
    )
    const video = sdp("m=video 9 UDP/TLS/RTP/SAVPF 96", "a=rtpmap:96 VP8/90000", "a=fmtp:96 max-fr=30")
    assert.strictEqual(inStereo(video), video)
  })

  it("is the same when it is set twice, and overrides mono", () => {
    const mono = sdp("a=rtpmap:111 opus/48000/2", "a=fmtp:111 stereo=0;useinbandfec=1")
    const once = inStereo(mono)
    assert.strictEqual(once, sdp("a=rtpmap:111 opus/48000/2", "a=fmtp:111 useinbandfec=1;stereo=1;sprop-stereo=1"))
    assert.strictEqual(inStereo(once), once)
  })
})

describe("the encoder of a microphone", () => {
  it("has 64 kbit/s for a voice, also in a browser without hints, and 128 for music", () => {
    for (const hint of ["", "speech", "speech-recognition"])
      assert.strictEqual(audioEncodingFor(hint).maxBitrate, 64_000)
    assert.strictEqual(audioEncodingFor("music").maxBitrate, 128_000)
  })
})
