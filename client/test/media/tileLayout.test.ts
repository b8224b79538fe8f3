import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { type Box, layout } from "../../media/tileLayout.js"

const apart = (one: Box, other: Box) =>
  one.x + one.width <= other.x + 0.01 ||
  other.x + other.width <= one.x + 0.01 ||
  one.y + one.height <= other.y + 0.01 ||
  other.y + other.height <= one.y + 0.01

const side = FastCheck.integer({ min: 240, max: 3000 })
const shrunk = FastCheck.uniqueArray(FastCheck.nat(11)).map((indices) => new Set(indices))
const stage = FastCheck.record({
  shrunk,
  count: FastCheck.integer({ min: 1, max: 12 }),
  width: side,
  height: side,
  large: FastCheck.option(FastCheck.nat(11))
})

describe("the tiles of a stage", () => {
  it("stand inside it, and none covers another", () => {
    FastCheck.assert(
      FastCheck.property(stage, ({ count, height, large, shrunk, width }) => {
        const boxes = layout(count, width, height, large, shrunk)
        assert.strictEqual(boxes.length, count)
        for (const [index, box] of boxes.entries()) {
          assert.isAbove(box.width, 0)
          assert.isAbove(box.height, 0)
          assert.isTrue(box.x >= -0.01 && box.x + box.width <= width + 0.01)
          assert.isTrue(box.y >= -0.01 && box.y + box.height <= height + 0.01)
          for (const other of boxes.slice(index + 1)) assert.isTrue(apart(box, other))
        }
      })
    )
  })

  it("have one that is larger than each of the others, where one is to be", () => {
    FastCheck.assert(
      FastCheck.property(stage, ({ count, height, large, width }) => {
        if (large === null || large >= count || count < 2) return
        const areas = layout(count, width, height, large).map((box) => box.width * box.height)
        const most = areas[large] ?? 0
        for (const [index, area] of areas.entries()) if (index !== large) assert.isAbove(most, area)
      })
    )
  })

  it("stand small below all others, where their connection is gone, and as ever where there are no others", () => {
    FastCheck.assert(
      FastCheck.property(stage, ({ count, height, large, shrunk, width }) => {
        const boxes = layout(count, width, height, large, shrunk)
        if (boxes.every((_, index) => shrunk.has(index))) {
          assert.deepStrictEqual(boxes, layout(count, width, height, large))
          return
        }
        for (const [index, box] of boxes.entries()) {
          if (!shrunk.has(index)) continue
          assert.isAtMost(box.height, 96)
          for (const [other, higher] of boxes.entries()) {
            if (!shrunk.has(other)) assert.isAtMost(higher.y + higher.height, box.y + 0.01)
          }
        }
      })
    )
  })

  it("are large enough for a thumb beside a large one, on phones and small windows", () => {
    for (const [width, height] of [
      [358, 620],
      [688, 224],
      [1376, 740]
    ] as const) {
      for (const box of layout(12, width, height, 0)) assert.isAtLeast(Math.min(box.width, box.height), 44)
      for (const box of layout(12, width, height, null)) assert.isAtLeast(Math.min(box.width, box.height), 60)
    }
  })

  it("fill a wide stage well, from 1 to 12", () => {
    for (let count = 1; count <= 12; count++) {
      const filled = layout(count, 1376, 760, null).reduce((sum, { height, width }) => sum + width * height, 0)
      assert.isAbove(filled / (1376 * 760), 0.62, `${count} tiles`)
    }
  })
})
