import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { makeComposeLoop } from "../../../media/programme/composeLoop.js"
import type { ComposerEvent } from "../../../media/programme/composerEvents.js"
import { programmeFrames, type Scene, type ScenePerson } from "../../../media/programme/scene.js"
import { FakePath, makeFakePen, person, settled } from "./fakes.js"

beforeEach(() => void vi.stubGlobal("Path2D", FakePath))
afterEach(() => void vi.unstubAllGlobals())

const sceneOf = (...people: ReadonlyArray<ScenePerson>): Scene => ({
  layout: "everyone",
  people,
  large: null,
  sharer: null
})

const open = () => {
  const said: Array<ComposerEvent> = []
  const drawn = makeFakePen()
  let sent = 0
  /** Ends the picture that is on its way. */
  let arrived: () => void = () => undefined
  let refused: (cause: Error) => void = () => undefined
  const send = () => {
    sent++
    return new Promise<void>((resolve, reject) => {
      arrived = resolve
      refused = reject
    })
  }
  const composeLoop = makeComposeLoop({
    pen: drawn.pen,
    stills: () => undefined,
    send,
    emit: (event) => said.push(event)
  })
  const finish = async (cause?: Error) => {
    if (cause === undefined) arrived()
    else refused(cause)
    await settled()
  }
  const compose = async (cause?: Error) => {
    composeLoop.tick(0)
    await finish(cause)
  }
  return { ...composeLoop, compose, drawn, finish, said, sent: () => sent }
}

const counted = (said: ReadonlyArray<ComposerEvent>) => said.findLast(({ type }) => type === "counts")

describe("composing", () => {
  it("reports that it works and which scene is sent, once each", async () => {
    const { compose, said, show } = open()
    const [ada, grace] = [sceneOf(person("ada")), sceneOf(person("grace", { camera: false }))]
    await compose()
    await compose()
    assert.deepStrictEqual(said, [{ type: "out", scene: null }])
    show(ada)
    assert.strictEqual(said.length, 1)
    await compose()
    await compose()
    show(grace)
    await compose()
    assert.deepStrictEqual(said.slice(1), [
      { type: "out", scene: ada },
      { type: "out", scene: grace }
    ])
  })

  it("shows a scene at once if all its pictures are there, and else with the next tick", async () => {
    const { finish, said, sent, show, tick } = open()
    const [ada, grace] = [sceneOf(person("ada")), sceneOf(person("grace", { camera: false }))]
    show(ada)
    assert.strictEqual(sent(), 1)
    show(grace)
    assert.strictEqual(sent(), 1, "while a picture is on its way")
    await finish()
    tick(0)
    await finish()
    show(ada)
    assert.strictEqual(sent(), 2, "without a frame of Ada")
    assert.deepStrictEqual(said, [
      { type: "out", scene: ada },
      { type: "out", scene: grace }
    ])
  })

  it("shows a ring, a hand and a muted microphone at the next tick, since they move nobody", async () => {
    const { compose, said, sent, show } = open()
    const quiet = person("ada", { camera: false })
    show(sceneOf(quiet))
    await compose()
    const before = sent()
    const marked = sceneOf({ ...quiet, speaking: true, hand: true, microphone: false })
    show(marked)
    assert.strictEqual(sent(), before)
    await compose()
    assert.deepStrictEqual(said.at(-1), { type: "out", scene: marked })
    show(sceneOf({ ...quiet, speaking: true }, person("grace", { camera: false })))
    assert.strictEqual(sent(), before + 2)
  })

  it("makes one more picture after each tick, however many scenes come in between", async () => {
    const { compose, finish, said, sent, show } = open()
    const scenes = Array.from({ length: 10 }, (_, id) => sceneOf(person(`${id}`, { camera: false })))
    for (let tick = 0; tick < 3; tick++) {
      for (const scene of scenes) {
        show(scene)
        await finish()
      }
      await compose()
    }
    assert.deepStrictEqual(
      said.flatMap((event) => (event.type === "out" ? [event.scene?.people[0]?.id] : [])),
      ["0", "9", "0", "9", "0", "9"]
    )
    assert.strictEqual(sent(), 6)
  })

  it("has at most one picture on its way, and counts the others as dropped", async () => {
    const { finish, said, sent, tick } = open()
    for (let beat = 0; beat < 10; beat++) tick(0)
    assert.strictEqual(sent(), 1)
    await finish()
    for (let beat = 10; beat < programmeFrames; beat++) tick(1)
    assert.strictEqual(sent(), 2)
    const counts: ComposerEvent = { type: "counts", composed: 1, dropped: 9 + 14 + 12 }
    assert.deepStrictEqual(counted(said), counts, "when the last tick began")
  })

  it("makes half as many pictures if asked to, and counts none of the others as dropped", async () => {
    const { compose, finish, said, sent, setHalfRate, tick } = open()
    setHalfRate(true)
    for (let beat = 0; beat < programmeFrames; beat++) await compose()
    assert.strictEqual(sent(), programmeFrames / 2)
    tick(4)
    for (let beat = 1; beat < programmeFrames; beat++) await compose()
    const counts: ComposerEvent = { type: "counts", composed: programmeFrames - 1, dropped: 2 }
    assert.deepStrictEqual(counted(said), counts)
    const half = sent()
    for (let beat = 0; beat < programmeFrames; beat += 2) {
      tick(1)
      await finish()
    }
    assert.strictEqual(sent(), half + programmeFrames / 2, "where every other tick is missed, too")
    setHalfRate(false)
    await compose()
    await compose()
    assert.strictEqual(sent(), half + programmeFrames / 2 + 2)
  })

  it("goes on after a picture that could not be made, and gives up after a second of them", async () => {
    const { compose, drawn, said, sent } = open()
    drawn.fail("out of memory")
    await compose()
    drawn.fail(null)
    await compose()
    const trouble = { type: "trouble", message: "Error: out of memory" } as const
    assert.deepStrictEqual(said, [trouble, { type: "out", scene: null }])
    drawn.fail("out of memory")
    for (let beat = 0; beat < 2 * programmeFrames; beat++) await compose()
    assert.strictEqual(sent(), 1)
    const broken = said.filter(({ type }) => type === "broken")
    assert.deepStrictEqual(broken, [{ type: "broken", message: "Error: out of memory" }])
  })

  it("reports once a second that pictures fail, if every other one does", async () => {
    const { compose, drawn, said } = open()
    for (let beat = 0; beat < 2 * programmeFrames; beat++) {
      drawn.fail(beat % 2 === 0 ? "out of memory" : null)
      await compose()
    }
    assert.strictEqual(said.filter(({ type }) => type === "trouble").length, 2)
  })

  it("gives up if a picture is on its way for five seconds", async () => {
    const { finish, said, sent, tick } = open()
    const broken = () => said.flatMap((event) => (event.type === "broken" ? [event.message] : []))
    for (let beat = 0; beat < 5 * programmeFrames; beat++) tick(0)
    await finish()
    tick(0)
    // A machine that slept has missed many ticks, but has not waited longer.
    tick(100 * programmeFrames)
    for (let beat = 2; beat < 5 * programmeFrames; beat++) tick(0)
    assert.deepStrictEqual(broken(), [])
    tick(0)
    assert.deepStrictEqual(broken(), ["No picture was taken for 5 seconds."])
    tick(0)
    await finish()
    tick(0)
    assert.strictEqual(broken().length, 1)
    assert.strictEqual(sent(), 2)
  })

  it("gives up if its track takes no more pictures", async () => {
    const { compose, said, sent } = open()
    for (let beat = 0; beat < 2 * programmeFrames; beat++) await compose(new TypeError("Stream closed"))
    assert.strictEqual(sent(), programmeFrames)
    const broken = said.filter(({ type }) => type === "broken")
    assert.deepStrictEqual(broken, [{ type: "broken", message: "TypeError: Stream closed" }])
  })
})
