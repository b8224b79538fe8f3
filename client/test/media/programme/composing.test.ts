import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { type FromComposer, makeComposing } from "../../../media/programme/composing.js"
import { programmeFrames, type Scene, type ScenePerson } from "../../../media/programme/scene.js"
import { FakeFrame, FakePath, frameOf, makeFakePen, person } from "./fakes.js"

beforeEach(() => void vi.stubGlobal("Path2D", FakePath))
afterEach(() => void vi.unstubAllGlobals())

const settled = () => new Promise((resolve) => setTimeout(resolve))
const sceneOf = (...people: ReadonlyArray<ScenePerson>): Scene => ({
  layout: "everyone",
  people,
  large: null,
  sharer: null
})

const open = () => {
  const said: Array<FromComposer> = []
  const out: Array<FakeFrame> = []
  const drawn = makeFakePen()
  /** Ends what is under way. */
  let written: () => void = () => undefined
  let refused: (cause: Error) => void = () => undefined
  const composing = makeComposing(
    drawn.pen,
    {
      take: () => {
        const frame = new FakeFrame(`picture ${out.length}`)
        out.push(frame)
        return frameOf(frame)
      },
      write: () =>
        new Promise((resolve, reject) => {
          written = resolve
          refused = reject
        })
    },
    (news) => said.push(news)
  )
  const camera = (id: string) => {
    const { readable, writable } = new TransformStream<VideoFrame, VideoFrame>()
    const writer = writable.getWriter()
    composing.follow(id, readable)
    return async (frame: FakeFrame) => {
      await writer.write(frameOf(frame))
      await settled()
    }
  }
  const compose = async () => {
    composing.tick(0)
    written()
    await settled()
  }
  return {
    ...composing,
    camera,
    compose,
    drawn,
    out,
    refuse: (cause: Error) => refused(cause),
    said,
    written: () => written()
  }
}

const counted = (said: ReadonlyArray<FromComposer>) => said.findLast(({ type }) => type === "counts")

describe("composing", () => {
  it("says that it works, and that a scene is out, once each", async () => {
    const { compose, said, show } = open()
    await compose()
    await compose()
    assert.deepStrictEqual(said, [{ type: "out", shown: false }])
    show(sceneOf(person("ada")))
    assert.strictEqual(said.length, 1)
    await compose()
    show(sceneOf(person("grace")))
    await compose()
    assert.deepStrictEqual(said.slice(1), [{ type: "out", shown: true }])
  })

  it("has one picture under way at most, counts the others as dropped, and closes each that is out", async () => {
    const { out, said, tick, written } = open()
    for (let beat = 0; beat < 10; beat++) tick(0)
    assert.deepStrictEqual(
      out.map(({ closed }) => closed),
      [false]
    )
    written()
    await settled()
    assert.isTrue(out[0]?.closed)
    for (let beat = 10; beat < programmeFrames; beat++) tick(1)
    assert.strictEqual(out.length, 2)
    assert.deepStrictEqual(
      counted(said),
      { type: "counts", composed: 1, dropped: 9 + 14 + 12 },
      "at the last tick's beginning"
    )
  })

  it("shows the last frame of a camera, and none of one that is off, even when it is on again", async () => {
    const { camera, compose, drawn, show } = open()
    const push = camera("ada")
    show(sceneOf(person("ada")))
    const before = new FakeFrame("before")
    await push(before)
    await compose()
    await compose()
    assert.deepStrictEqual(drawn.frames(), ["before", "before"])
    drawn.clear()
    show(sceneOf(person("ada", { camera: false })))
    await compose()
    const late = new FakeFrame("late")
    await push(late)
    await compose()
    show(sceneOf(person("ada")))
    await compose()
    assert.deepStrictEqual(drawn.frames(), [])
    assert.deepStrictEqual([before.closed, late.closed], [true, true])
    await push(new FakeFrame("after"))
    await compose()
    assert.deepStrictEqual(drawn.frames(), ["after"])
  })

  it("lets go of a picture that is gone", async () => {
    const { camera, compose, drawn, follow, show } = open()
    const push = camera("ada")
    show(sceneOf(person("ada")))
    const frame = new FakeFrame("of Ada")
    await push(frame)
    follow("ada", null)
    assert.isTrue(frame.closed)
    await compose()
    assert.deepStrictEqual(drawn.frames(), [])
  })

  it("goes on after a picture that could not be made, and gives up after a second of them", async () => {
    const { compose, drawn, said, out } = open()
    drawn.fail("out of memory")
    await compose()
    drawn.fail(null)
    await compose()
    const trouble = { type: "trouble", message: "Error: out of memory" } as const
    assert.deepStrictEqual(said, [trouble, { type: "out", shown: false }])
    drawn.fail("out of memory")
    for (let beat = 0; beat < 2 * programmeFrames; beat++) await compose()
    assert.strictEqual(out.length, 1)
    const broken = said.filter(({ type }) => type === "broken")
    assert.deepStrictEqual(broken, [{ type: "broken", message: "Error: out of memory" }])
  })

  it("says so where its track takes no more", async () => {
    const { out, refuse, said, tick } = open()
    tick(0)
    refuse(new TypeError("Stream closed"))
    await settled()
    tick(0)
    assert.deepStrictEqual(said, [{ type: "broken", message: "TypeError: Stream closed" }])
    assert.deepStrictEqual(
      out.map(({ closed }) => closed),
      [true]
    )
  })
})
