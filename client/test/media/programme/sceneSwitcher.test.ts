import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { programmeFrames, type Scene, type ScenePerson } from "../../../media/programme/scene.js"
import { makeSceneSwitcher } from "../../../media/programme/sceneSwitcher.js"
import { FakeFrame, FakePath, makeFakePen, person, stillOf } from "./fakes.js"

beforeEach(() => void vi.stubGlobal("Path2D", FakePath))
afterEach(() => void vi.unstubAllGlobals())

const one = (person: ScenePerson): Scene => ({ layout: "one", people: [person], large: person.id, sharer: null })

/** A scene switcher, and the frames that have come by now. */
const open = (...known: ReadonlyArray<string>) => {
  const frames = new Map(known.map((name) => [name, new FakeFrame(name)]))
  const drawn = makeFakePen()
  const sceneSwitcher = makeSceneSwitcher(drawn.pen)
  const stills = (of: string | null) => {
    const frame = frames.get(of ?? "screen")
    return frame && stillOf(frame)
  }
  return {
    show: (scene: Scene) => sceneSwitcher.show(scene, stills),
    come: (name: string, size: { readonly height?: number } = {}) => void frames.set(name, new FakeFrame(name, size)),
    /** The content of the next picture: frames, or else the text that is written. */
    draw: () => {
      drawn.clear()
      sceneSwitcher.draw(stills, 1)
      return [...drawn.frames(), ...drawn.texts()]
    },
    drawEarly: () => void sceneSwitcher.drawEarly(stills),
    /** The tiles of the picture that was drawn last. */
    places: () => JSON.stringify(drawn.of("roundRect").map((call) => call.arguments))
  }
}

describe("a new scene", () => {
  it("is drawn once everybody new in the picture has a frame; until then the previous one stays", () => {
    const { come, draw, show } = open("ada")
    assert.isTrue(show(one(person("ada"))))
    assert.deepStrictEqual(draw(), ["ada", "ada"])
    assert.isFalse(show(one(person("grace"))))
    assert.deepStrictEqual(draw(), ["ada", "ada"])
    come("grace")
    assert.deepStrictEqual(draw(), ["grace", "grace"])
  })

  it("is drawn at once if everything that it brings in is there, or has no picture", () => {
    const { draw, show } = open("ada", "grace")
    show(one(person("ada")))
    assert.isTrue(show(one(person("grace"))))
    assert.deepStrictEqual(draw(), ["grace", "grace"])
    show(one(person("hedy", { camera: false })))
    assert.deepStrictEqual(draw(), ["H", "hedy"])
    // Those who were in the picture are not waited for again.
    show(one(person("hedy", { microphone: false })))
    show({ ...one(person("hedy")), layout: "everyone" })
    assert.deepStrictEqual(draw(), ["H", "hedy"])
  })

  it("waits no longer than a quarter of a second, however often another replaces it", () => {
    const { draw, show } = open("ada")
    show(one(person("ada")))
    for (let picture = 0; picture < 6; picture++) {
      show(one(person(picture % 2 === 0 ? "grace" : "hedy")))
      assert.deepStrictEqual(draw(), ["ada", "ada"])
    }
    assert.deepStrictEqual(draw(), ["H", "hedy"])
  })

  it("waits for the screen that it brings in", () => {
    const { come, draw, show } = open("ada")
    show(one(person("ada")))
    show({ ...one(person("ada")), layout: "screen", sharer: "ada" })
    assert.deepStrictEqual(draw(), ["ada", "ada"])
    come("screen")
    assert.deepStrictEqual(draw(), ["screen", "ada", "ada"])
  })
})

describe("pictures that turn", () => {
  const sides = { wide: { height: 639 }, upright: { height: 641 } }
  const two: Scene = { layout: "everyone", people: ["ada", "eve"].map((id) => person(id)), large: null, sharer: null }

  it("turn the arrangement at once, and again no sooner than 3 seconds later, with any number of pictures", () => {
    const { come, draw, drawEarly, places, show } = open()
    for (const name of ["ada", "eve"]) come(name, sides.wide)
    show(two)
    draw()
    const wide = places()
    for (const name of ["ada", "eve"]) come(name, sides.upright)
    draw()
    const upright = places()
    assert.notStrictEqual(upright, wide)
    come("eve", sides.wide)
    for (let picture = 1; picture < 3 * programmeFrames; picture++) {
      drawEarly()
      draw()
      assert.strictEqual(places(), upright)
    }
    draw()
    assert.strictEqual(places(), wide)
  })

  it("without end turn it once in 3 seconds", () => {
    const { come, draw, places, show } = open("ada")
    come("ada", sides.upright)
    show(two)
    let before = ""
    let turns = -1
    for (let picture = 0; picture < 30 * programmeFrames; picture++) {
      come("eve", picture % 2 === 0 ? sides.upright : sides.wide)
      draw()
      if (places() !== before) turns++
      before = places()
    }
    assert.isAtMost(turns, 10)
    assert.isAtLeast(turns, 5)
  })
})
