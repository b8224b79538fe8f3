import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { afterEach, beforeEach, vi } from "vitest"
import { byKind, hasOurLines, makeIncoming } from "../../rtc/mLines.js"
import type { PeerConnectionEvent } from "../../rtc/PeerConnections.js"

const ports = { audio: "9 UDP/TLS/RTP/SAVPF 111", video: "9 UDP/TLS/RTP/SAVPF 96", application: "9 UDP/DTLS/SCTP x" }
const media = ["audio", "video", "application"] as const
type Medium = (typeof media)[number]

const sdpOf = (lines: ReadonlyArray<Medium>) =>
  ["v=0", "o=- 1 2 IN IP4 127.0.0.1", ...lines.flatMap((line) => [`m=${line} ${ports[line]}`, "a=m=audio"]), ""].join(
    "\r\n"
  )

describe("the m-lines of an offer", () => {
  it("are valid with at most one voice, two pictures and a channel, in any order", () => {
    assert.isTrue(hasOurLines(sdpOf(["audio", "video", "video", "application"])))
    FastCheck.assert(
      FastCheck.property(FastCheck.array(FastCheck.constantFrom(...media), { maxLength: 6 }), (lines) => {
        const count = (medium: Medium) => lines.filter((line) => line === medium).length
        const ours = count("audio") <= 1 && count("video") <= 2 && count("application") <= 1
        assert.strictEqual(hasOurLines(sdpOf(lines)), ours)
      })
    )
  })

  it("are invalid if there are hundreds, or one of another medium", () => {
    assert.isFalse(hasOurLines(sdpOf(Array<Medium>(700).fill("audio"))))
    assert.isFalse(hasOurLines(`${sdpOf(["audio"])}m=text 9 RTP/SAVPF 98\r\n`))
    assert.isFalse(hasOurLines(`${sdpOf([])}m=\r\n`))
  })
})

interface FakeTrack {
  readonly kind: string
  contentHint?: string
}

const isTransceiver = (one: object): one is RTCRtpTransceiver => "receiver" in one
const aTransceiver = (kind: "audio" | "video"): RTCRtpTransceiver => {
  const fake: { readonly receiver: { readonly track: FakeTrack } } = { receiver: { track: { kind } } }
  if (!isTransceiver(fake)) throw new Error("Never.")
  return fake
}

describe("incoming tracks", () => {
  beforeEach(
    () =>
      void vi.stubGlobal(
        "MediaStream",
        class {
          constructor(readonly tracks: ReadonlyArray<MediaStreamTrack>) {}
          getTracks = () => this.tracks
        }
      )
  )
  afterEach(() => void vi.unstubAllGlobals())

  /** The events of these transceivers, whose tracks come in this order. */
  const told = (transceivers: ReadonlyArray<RTCRtpTransceiver>) => {
    const events: Array<PeerConnectionEvent> = []
    const come = makeIncoming(
      () => transceivers,
      (event) => void events.push(event)
    )
    for (const transceiver of transceivers) come({ transceiver, track: transceiver.receiver.track })
    return events.flatMap((event) =>
      event._tag === "Stream" || event._tag === "Screen" ? [[event._tag, event.stream.getTracks()]] : []
    )
  }

  it("are a growing stream of voice and camera, and a screen, whose text has to stay sharp", () => {
    const transceivers = [aTransceiver("audio"), aTransceiver("video"), aTransceiver("video")]
    const [voice, camera, screen] = transceivers.map(({ receiver }) => receiver.track)
    assert.deepStrictEqual(told(transceivers), [
      ["Stream", [voice]],
      ["Stream", [voice, camera]],
      ["Screen", [screen]]
    ])
    assert.deepStrictEqual([camera?.contentHint, screen?.contentHint], [undefined, "detail"])
  })

  it("are ignored beyond one voice and two pictures", () => {
    const transceivers = (["audio", "audio", "video", "video", "video", "audio"] as const).map(aTransceiver)
    const ours = [...byKind(transceivers).values()].map(({ receiver }) => receiver.track)
    assert.strictEqual(ours.length, 3)
    const [voice, camera, screen] = ours
    const events = told(transceivers)
    assert.strictEqual(events.length, 3)
    assert.strictEqual(events[1]?.[1]?.[0], voice)
    assert.strictEqual(events[1]?.[1]?.[1], camera)
    assert.strictEqual(events[2]?.[1]?.[0], screen)
  })

  it("replace the previous ones of their kind", () => {
    const [first, second] = [aTransceiver("audio"), aTransceiver("audio")]
    let transceivers = [first]
    const streams: Array<ReadonlyArray<MediaStreamTrack>> = []
    const come = makeIncoming(
      () => transceivers,
      (event) => event._tag === "Stream" && streams.push(event.stream.getTracks())
    )
    come({ transceiver: first, track: first.receiver.track })
    // An m-line that was stopped is used again: its former transceiver is gone.
    transceivers = [second]
    come({ transceiver: second, track: second.receiver.track })
    assert.strictEqual(streams.at(-1)?.length, 1)
    assert.strictEqual(streams.at(-1)?.[0], second.receiver.track)
  })
})
