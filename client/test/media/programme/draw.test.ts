import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import type { Scene, ScenePerson } from "../../../media/programme/scene.js"
import { makeSceneSwitcher } from "../../../media/programme/sceneSwitcher.js"
import { FakeFrame, FakePath, makeFakePen, person, stillOf } from "./fakes.js"

beforeEach(() => void vi.stubGlobal("Path2D", FakePath))
afterEach(() => void vi.unstubAllGlobals())

const draw = (
  people: ReadonlyArray<ScenePerson>,
  frames: ReadonlyMap<string | null, FakeFrame> = new Map(),
  scene: Partial<Scene> = {}
) => {
  const drawn = makeFakePen()
  const sceneSwitcher = makeSceneSwitcher(drawn.pen)
  const stills = (of: string | null) => {
    const frame = frames.get(of)
    return frame && stillOf(frame)
  }
  sceneSwitcher.show({ layout: "everyone", people, large: null, sharer: null, ...scene }, stills)
  sceneSwitcher.draw(stills, 1)
  return drawn
}

/** The icons that were filled. */
const icons = ({ of }: ReturnType<typeof draw>) =>
  of("fill").filter(({ arguments: [path] }) => path instanceof FakePath)

describe("a picture of the programme", () => {
  it("shows the camera, or else the first letter of the name, with the name below", () => {
    const frames = new Map([
      ["ada", new FakeFrame("of Ada")],
      ["grace", new FakeFrame("the last one of Grace")]
    ])
    const people = [person("ada"), person("grace", { camera: false }), person("zoe")]
    const drawn = draw(people, frames)
    assert.deepStrictEqual(drawn.frames(), ["of Ada"])
    assert.deepStrictEqual(drawn.texts(), ["ada", "G", "grace", "Z", "zoe"])
  })

  it("fills a tile with a wide picture, and shows an upright one and a screen whole", () => {
    const upright = new FakeFrame("upright", { width: 360, height: 640 })
    const [ada, grace, screen] = draw(
      [person("ada"), person("grace")],
      new Map([
        ["ada", new FakeFrame("wide")],
        ["grace", upright],
        [null, new FakeFrame("screen", { width: 1000, height: 1000 })]
      ]),
      { layout: "screen", sharer: "ada" }
    )
      .of("drawImage")
      .toSorted((one, other) => other.arguments.length - one.arguments.length)
      .map(({ arguments: [, ...numbers] }) => numbers)
    assert.strictEqual(ada?.length, 8, "a part of it")
    assert.deepStrictEqual(grace, [152, 0, 720, 720])
    const [, , width, height] = screen ?? []
    assert.closeTo(Number(width) / Number(height), 360 / 640, 0.001)
  })

  it("marks who is muted and who has a hand up, and draws a ring around who speaks", () => {
    const quiet = draw([person("ada"), person("grace")])
    const marked = draw([person("ada", { microphone: false }), person("grace", { hand: true, speaking: true })])
    assert.deepStrictEqual([icons(quiet).length, icons(marked).length], [0, 2])
    assert.strictEqual(marked.of("stroke").length - icons(marked).length, 1)
  })

  it("cuts a long name so that it stays in its tile", () => {
    const drawn = draw([person("ada", { name: "Ada ".repeat(40), camera: false }), person("grace")])
    const [, name] = drawn.texts()
    assert.match(String(name), /^Ada Ada.*…$/)
    assert.isBelow(String(name).length * 10, 640)
  })

  it("writes a name in its own direction", () => {
    const drawn = draw(
      [person("a", { name: "ליאור" }), person("b", { name: "Ada" })],
      new Map([["a", new FakeFrame("a")]])
    )
    const directionOf = (name: string) => drawn.of("fillText").find(({ arguments: [text] }) => text === name)?.direction
    assert.deepStrictEqual([directionOf("ליאור"), directionOf("Ada")], ["rtl", "ltr"])
  })

  it("counts those who have no tile", () => {
    const drawn = draw(Array.from({ length: 40 }, (_, index) => person(`p${index}`, { camera: false })))
    assert.strictEqual(drawn.texts().at(-1), "+16")
  })
})
