import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { type Arrangement, arrange } from "../../../media/programme/arrange.js"
import { type ProgrammeLayout, programmeSize, type Scene, screenStrip } from "../../../media/programme/scene.js"
import type { Box } from "../../../media/tileLayout.js"
import { person } from "./fakes.js"

const layouts: ReadonlyArray<ProgrammeLayout> = ["everyone", "speaker", "one", "screen"]

const scene = FastCheck.record({
  count: FastCheck.integer({ min: 1, max: 50 }),
  layout: FastCheck.constantFrom(...layouts),
  large: FastCheck.option(FastCheck.nat(60)),
  shared: FastCheck.boolean(),
  speaking: FastCheck.uniqueArray(FastCheck.nat(49), { maxLength: 5 }),
  upright: FastCheck.boolean()
}).map(({ count, large, layout, shared, speaking, upright }) => {
  const people = Array.from({ length: count }, (_, index) =>
    person(`p${index}`, { speaking: speaking.includes(index) })
  )
  const scene: Scene = { layout, people, large: large === null ? null : `p${large}`, sharer: shared ? "p0" : null }
  return { scene, upright }
})

const all = (check: (scene: Scene, arrangement: Arrangement) => void) =>
  FastCheck.assert(FastCheck.property(scene, ({ scene, upright }) => check(scene, arrange(scene, upright))))

const boxesOf = ({ more, screen, tiles }: Arrangement): ReadonlyArray<Box> => [
  ...tiles.map(({ box }) => box),
  ...(screen === null ? [] : [screen]),
  ...(more === null ? [] : [more.box])
]

const apart = (one: Box, other: Box) =>
  one.x + one.width <= other.x + 0.01 ||
  other.x + other.width <= one.x + 0.01 ||
  one.y + one.height <= other.y + 0.01 ||
  other.y + other.height <= one.y + 0.01

const idsOf = ({ tiles }: Arrangement) => tiles.map(({ person }) => person.id)

describe("the programme's arrangement", () => {
  it("has tiles that do not overlap and are inside, from 1 to 50 people", () => {
    all((_, arrangement) => {
      const boxes = boxesOf(arrangement)
      for (const [index, box] of boxes.entries()) {
        assert.isAbove(Math.min(box.width, box.height), 50)
        assert.isTrue(box.x >= -0.01 && box.x + box.width <= programmeSize.width + 0.01)
        assert.isTrue(box.y >= -0.01 && box.y + box.height <= programmeSize.height + 0.01)
        for (const other of boxes.slice(index + 1)) assert.isTrue(apart(box, other))
      }
    })
  })

  it("shows everybody once or counts them, and speakers first", () => {
    all(({ layout, people }, arrangement) => {
      const shown = idsOf(arrangement)
      assert.deepStrictEqual([...new Set(shown)], shown)
      if (layout === "one") return assert.strictEqual(shown.length, 1)
      assert.strictEqual(shown.length + (arrangement.more?.count ?? 0), people.length)
      for (const { id, speaking } of people) if (speaking) assert.include(shown, id)
    })
  })

  it("has a shared screen on the left, and only people in its strip, which guests cut out", () => {
    all(({ layout, sharer }, { more, screen, tiles }) => {
      if (layout !== "screen" || sharer === null) return assert.isNull(screen)
      const edge = programmeSize.width * (1 - screenStrip)
      assert.deepStrictEqual(screen, { x: 0, y: 0, width: edge, height: programmeSize.height })
      for (const { box } of [...tiles, ...(more === null ? [] : [more])]) assert.isAtLeast(box.x, edge)
    })
  })

  it("leaves room for a face above the name in each tile of a strip", () => {
    all(({ layout }, { screen, tiles }) => {
      const strip = layout === "speaker" ? tiles.slice(1) : screen === null ? [] : tiles
      for (const { box } of strip) assert.isAtLeast(box.height, 100)
    })
  })

  it("shows one much larger than the others, or only that one; the first, if none of them is set", () => {
    all(({ large, layout, people }, { tiles }) => {
      if (layout !== "speaker" && layout !== "one") return
      const wanted = people.find(({ id }) => id === large)?.id ?? "p0"
      const [first, ...others] = tiles
      assert.strictEqual(first?.person.id, wanted)
      for (const { box } of others) assert.isAbove(first?.box.width ?? 0, 3 * box.width)
    })
  })

  it("shows everyone alike in their order, also if no screen is shared", () => {
    const people = ["a", "b", "c"].map((id) => person(id))
    const everyone = arrange({ layout: "everyone", people, large: "b", sharer: "b" })
    assert.deepStrictEqual(idsOf(everyone), ["a", "b", "c"])
    assert.strictEqual(new Set(everyone.tiles.map(({ box }) => `${box.width} ${box.height}`)).size, 1)
    assert.deepStrictEqual(arrange({ layout: "screen", people, large: null, sharer: null }), everyone)
  })

  it("has tiles that are higher than wide for upright pictures, and none for wide ones", () => {
    const people = ["a", "b"].map((id) => person(id))
    const scene: Scene = { layout: "everyone", people, large: null, sharer: null }
    for (const { box } of arrange(scene, true).tiles) assert.isAbove(box.height, box.width)
    for (const { box } of arrange(scene).tiles) assert.isAtLeast(box.width / box.height, 4 / 3 - 0.001)
  })

  it("shows a screen while nobody is in", () => {
    const { screen, tiles } = arrange({ layout: "screen", people: [], large: null, sharer: "gone" })
    assert.isNotNull(screen)
    assert.deepStrictEqual(tiles, [])
  })
})
