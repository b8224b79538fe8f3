import { assert, describe, it } from "@effect/vitest"
import { makeFramePictures } from "../../../media/programme/framePictures.js"
import type { Scene, ScenePerson } from "../../../media/programme/scene.js"
import { FakeFrame, frameOf, person, settled } from "./fakes.js"

const sceneOf = (...people: ReadonlyArray<ScenePerson>): Scene => ({
  layout: "everyone",
  people,
  large: null,
  sharer: null
})

/** A picture whose frames a test brings. */
const open = (of: string | null) => {
  const pictures = makeFramePictures()
  const { readable, writable } = new TransformStream<VideoFrame, VideoFrame>()
  const writer = writable.getWriter()
  pictures.follow(of, readable)
  const bring = async (frame: FakeFrame) => {
    void writer.write(frameOf(frame))
    await settled()
  }
  return { ...pictures, bring }
}

describe("pictures of frames", () => {
  it("have the displayed size", async () => {
    const { bring, still } = open(null)
    assert.isUndefined(still(null))
    const frame = new FakeFrame("screen", { width: 1920, height: 1080 })
    await bring(frame)
    assert.deepStrictEqual(still(null), { image: frameOf(frame), width: 1920, height: 1080 })
    assert.isUndefined(still("ada"))
  })

  it("are gone with their person or screen", async () => {
    const { bring, follow, still } = open("ada")
    const frame = new FakeFrame("of Ada")
    await bring(frame)
    follow("ada", null)
    assert.isUndefined(still("ada"))
    assert.isTrue(frame.closed)
  })

  it("drop the last frame of a camera that is off, and of no other", async () => {
    const { bring, forgetOff, show, still } = open("ada")
    const [before, after] = [new FakeFrame("before"), new FakeFrame("after")]
    await bring(before)
    show(sceneOf(person("ada"), person("grace", { camera: false })))
    forgetOff()
    assert.isFalse(before.closed)
    show(sceneOf(person("ada", { camera: false })))
    forgetOff()
    assert.isUndefined(still("ada"))
    assert.isTrue(before.closed)
    await bring(after)
    assert.strictEqual(still("ada")?.image, frameOf(after))
  })

  it("come at full rate for the people whom the scene shows, and for a screen", async () => {
    for (const [of, comes] of [
      ["ada", true],
      ["grace", false],
      [null, true]
    ] as const) {
      const { bring, show, still } = open(of)
      show({ ...sceneOf(person("ada"), person("grace")), layout: "one" })
      const frames = ["first", "second"].map((name) => new FakeFrame(name))
      for (const frame of frames) await bring(frame)
      assert.strictEqual(still(of)?.image === frames[1], comes, `of ${of}`)
    }
  })
})
