import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { BlobSource, EncodedPacketSink, Input, WEBM } from "mediabunny"
import { hasNoBlock, readHeader, untilLastBlock, writeSize } from "../../../media/recording/webm.js"

const join = (...parts: ReadonlyArray<ReadonlyArray<number>>) => parts.flat()
const text = (word: string) => [...new TextEncoder().encode(word)]

/** An element whose size has this many bytes; null: of unknown size. */
const element = (id: ReadonlyArray<number>, content: ReadonlyArray<number>, sizeLength: number | null = 2) =>
  join(id, sizeLength === null ? [0xff] : [...writeSize(content.length, sizeLength)], content)

const track = element(
  [0xae],
  join(
    element([0xd7], [1]),
    element([0x73, 0xc5], [1]),
    element([0x83], [1]),
    element([0x86], text("V_VP8")),
    element([0xe0], join(element([0xb0], [16]), element([0xba], [16])))
  )
)
const header = join(
  element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], text("webm"))),
  [0x18, 0x53, 0x80, 0x67, 0xff],
  element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], [0x0f, 0x42, 0x40])),
  element([0x16, 0x54, 0xae, 0x6b], track)
)

const sizeLength = FastCheck.integer({ min: 2, max: 8 })
const block = FastCheck.record({
  bytes: FastCheck.integer({ min: 1, max: 300 }),
  sizeLength,
  inGroup: FastCheck.boolean()
})
const cluster = FastCheck.record({
  blocks: FastCheck.array(block, { maxLength: 5 }),
  sizeLength: FastCheck.option(FastCheck.integer({ min: 3, max: 8 }))
})

/** A recorded file, and where each of its blocks ends. Every block is 10 ms after the previous one. */
const recorded = FastCheck.array(cluster, { minLength: 1, maxLength: 4 }).map((clusters) => {
  const ends: Array<number> = []
  let bytes = header
  let count = 0
  for (const { blocks, sizeLength } of clusters) {
    const content = element([0xe7], [count >> 8, count & 255])
    const inCluster: Array<number> = []
    for (const [index, { bytes: length, inGroup, sizeLength }] of blocks.entries()) {
      const data = join([0x81, 0, index, inGroup ? 0 : 0x80], new Array<number>(length).fill(length & 255))
      content.push(
        ...(inGroup ? element([0xa0], element([0xa1], data), sizeLength) : element([0xa3], data, sizeLength))
      )
      inCluster.push(content.length)
    }
    const whole = element([0x1f, 0x43, 0xb6, 0x75], content, sizeLength)
    ends.push(...inCluster.map((end) => bytes.length + whole.length - content.length + end))
    bytes = [...bytes, ...whole]
    count += 10
  }
  return { bytes: new Uint8Array(bytes), ends }
})

/** A recorded file, and where a crash cuts it. */
const cut = recorded.chain(({ bytes, ends }) =>
  FastCheck.integer({ min: 0, max: bytes.length }).map((length) => ({
    file: new Blob([bytes.subarray(0, length)]),
    whole: ends.filter((end) => end <= length).length
  }))
)

const packetsIn = async (file: Blob) => {
  const input = new Input({ source: new BlobSource(file), formats: [WEBM] })
  const found = await input.getPrimaryVideoTrack()
  let count = 0
  if (found !== null) for await (const _ of new EncodedPacketSink(found).packets()) count++
  input.dispose()
  return count
}

describe("a WebM file that a crash has cut", () => {
  it("keeps every complete block", async () => {
    await FastCheck.assert(
      FastCheck.asyncProperty(cut, async ({ file, whole }) => {
        if (whole > 0) assert.strictEqual(await packetsIn(await untilLastBlock(file)), whole)
      })
    )
  })

  it("holds nothing exactly if no block is complete", async () => {
    await FastCheck.assert(
      FastCheck.asyncProperty(cut, async ({ file, whole }) => assert.strictEqual(await hasNoBlock(file), whole === 0))
    )
  })
})

describe("a file that is not cut", () => {
  it("stays as it is", async () => {
    await FastCheck.assert(
      FastCheck.asyncProperty(recorded, async ({ bytes }) => {
        const file = new Blob([bytes])
        assert.strictEqual(await untilLastBlock(file), file)
      })
    )
  })

  it("stays as it is, and does not count as empty, if it cannot be read", async () => {
    const strange = FastCheck.tuple(recorded, FastCheck.uint8Array({ minLength: 12 })).map(([{ bytes }, more]) => [
      new Blob([more.map((byte, at) => (at === 0 ? 0x40 : byte))]),
      new Blob([bytes, new Uint8Array(12)])
    ])
    await FastCheck.assert(
      FastCheck.asyncProperty(strange, async (files) => {
        for (const file of files) {
          assert.strictEqual(await untilLastBlock(file), file)
          assert.isFalse(await hasNoBlock(file))
        }
      })
    )
  })
})

describe("an element's header", () => {
  it("is read as it was written, however many bytes its size has", () => {
    const sized = sizeLength.chain((length) =>
      FastCheck.tuple(
        FastCheck.constant(length),
        FastCheck.maxSafeNat().map((size) => size % (2 ** (7 * length) - 1))
      )
    )
    FastCheck.assert(
      FastCheck.property(sized, ([length, size]) => {
        const head = readHeader(new Uint8Array([0x1f, 0x43, 0xb6, 0x75, ...writeSize(size, length)]))
        assert.deepStrictEqual(head, { id: 0x1f43b675, idLength: 4, length: 4 + length, size })
      })
    )
  })

  it("has no size if all its bits are set, as in a file that is written while it is recorded", () => {
    assert.isNull(readHeader(new Uint8Array([0xa3, 0xff]))?.size)
    assert.isNull(readHeader(new Uint8Array([0xa3, 0x01, ...new Array<number>(7).fill(0xff)]))?.size)
  })
})
