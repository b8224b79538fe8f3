import { assert, describe, it } from "@effect/vitest"
import { makeFramePictures } from "../../../media/programme/framePictures.js"
import { FakeFrame, frameOf, person, settled } from "./fakes.js"

/** A picture whose frames a test brings. */
const open = (of: string | null) => {
  const pictures = makeFramePictures()
  const { readable, writable } = new TransformStream<VideoFrame, VideoFrame>()
  const writer = writable.getWriter()
  pictures.follow(of, readable)
  const bring = async (frame: FakeFrame) => {
    await writer.write(frameOf(frame))
    await settled()
  }
  return { ...pictures, bring }
}

describe("pictures of frames", () => {
  it("have the sides that are to be seen", async () => {
    const { bring, still } = open(null)
    assert.isUndefined(still(null))
    const frame = new FakeFrame("screen", { width: 1920, height: 1080 })
    await bring(frame)
    assert.deepStrictEqual(still(null), { image: frameOf(frame), width: 1920, height: 1080 })
    assert.isUndefined(still("ada"))
  })

  it("are gone with what they stand for", async () => {
    const { bring, follow, still } = open("ada")
    const frame = new FakeFrame("of Ada")
    await bring(frame)
    follow("ada", null)
    assert.isUndefined(still("ada"))
    assert.isTrue(frame.closed)
  })

  it("forget what a camera showed that is off now, and nobody else's", async () => {
    const { bring, forget, still } = open("ada")
    const [before, after] = [new FakeFrame("before"), new FakeFrame("after")]
    await bring(before)
    forget([person("ada"), person("grace", { camera: false })])
    assert.isFalse(before.closed)
    forget([person("ada", { camera: false })])
    assert.isUndefined(still("ada"))
    assert.isTrue(before.closed)
    await bring(after)
    assert.strictEqual(still("ada")?.image, frameOf(after))
  })
})
