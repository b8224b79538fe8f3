import { assert, describe, it } from "@effect/vitest"
import {
  BlobSource,
  BufferTarget,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Output,
  type StreamTargetChunk,
  WEBM,
  WebMOutputFormat
} from "mediabunny"
import { betterAsRecorded, finish } from "../../../media/recording/finish.js"

const mime = "video/webm;codecs=vp8"
const packetBytes = 3000

/** A video of this many packets, ten a second. */
const video = async (packets: number) => {
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat({ appendOnly: true }), target })
  const source = new EncodedVideoPacketSource("vp8")
  output.addVideoTrack(source)
  await output.start()
  const decoderConfig = { codec: "vp8", codedWidth: 16, codedHeight: 16 }
  for (let index = 0; index < packets; index++) {
    const data = new Uint8Array(packetBytes).fill(index + 1)
    await source.add(new EncodedPacket(data, index === 0 ? "key" : "delta", index / 10, 0.1), { decoderConfig })
  }
  await output.finalize()
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0))
}

/** Finishes in memory. */
const finished = async (recorded: Blob) => {
  let bytes = new Uint8Array()
  const target = new WritableStream<StreamTargetChunk>({
    write: ({ data, position }) => {
      const longer = new Uint8Array(Math.max(bytes.length, position + data.length))
      longer.set(bytes)
      longer.set(data, position)
      bytes = longer
    }
  })
  const done = await finish(recorded, mime, null, target)
  return { bytes, done }
}

const packetsIn = async (bytes: Uint8Array<ArrayBuffer>) => {
  const input = new Input({ source: new BlobSource(new Blob([bytes])), formats: [WEBM] })
  const track = await input.getPrimaryVideoTrack()
  let count = 0
  if (track !== null) for await (const _ of new EncodedPacketSink(track).packets()) count++
  input.dispose()
  return count
}

describe("finishing a recorded file", () => {
  it("keeps every packet", async () => {
    const { bytes, done } = await finished(new Blob([await video(20)]))
    assert.deepStrictEqual(done, { durationMs: 1900, brokeOff: false })
    assert.strictEqual(await packetsIn(bytes), 20)
  })

  it("finds nothing only if the tracks are known, and no packet is complete", async () => {
    const whole = await video(4)
    const first = whole.findIndex((_, at) => whole.subarray(at, at + 100).every((byte) => byte === 1))
    const found = new Set<string>()
    for (let length = 0; length < whole.length; length += length < first + 50 ? 1 : 97) {
      const what = await finished(new Blob([whole.subarray(0, length)])).then(
        ({ done }) => (done === "nothing" ? "nothing" : "something"),
        () => "unreadable"
      )
      assert.strictEqual(what === "something", length >= first + packetBytes)
      found.add(what)
    }
    assert.deepStrictEqual([...found].sort(), ["nothing", "something", "unreadable"])
  })

  it("keeps every packet that a crash left complete", async () => {
    const whole = await video(20)
    const last = whole.findIndex((_, at) => whole.subarray(at, at + packetBytes).every((byte) => byte === 18))
    for (const length of [last, last + 1, last + packetBytes - 1]) {
      const { bytes } = await finished(new Blob([whole.subarray(0, length)]))
      assert.strictEqual(await packetsIn(bytes), 17)
    }
  })

  it("rejects a codec that it does not know, rather than finding nothing", async () => {
    const bytes = await video(4)
    const at = bytes.findIndex((_, index) => new TextDecoder().decode(bytes.subarray(index, index + 5)) === "V_VP8")
    bytes.set(new TextEncoder().encode("V_XYZ"), at)
    assert.strictEqual(
      await finished(new Blob([bytes])).then(
        () => "finished",
        () => "rejected"
      ),
      "rejected"
    )
  })

  it("keeps the recorded bytes if reading broke off and they are more", () => {
    const brokeOff = { durationMs: 1000, brokeOff: true }
    assert.isTrue(betterAsRecorded(brokeOff, 50, 100))
    assert.isFalse(betterAsRecorded(brokeOff, 100, 100))
    assert.isFalse(betterAsRecorded({ ...brokeOff, brokeOff: false }, 50, 100))
  })
})
