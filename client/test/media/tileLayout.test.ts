import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { type Box, layoutTiles } from "../../media/tileLayout.js"

const apart = (one: Box, other: Box) =>
  one.x + one.width <= other.x + 0.01 ||
  other.x + other.width <= one.x + 0.01 ||
  one.y + one.height <= other.y + 0.01 ||
  other.y + other.height <= one.y + 0.01

const side = FastCheck.integer({ min: 240, max: 3000 })
const shrunk = FastCheck.uniqueArray(FastCheck.nat(11)).map((indices) => new Set(indices))
const tiles = FastCheck.record({
  shrunk,
  count: FastCheck.integer({ min: 1, max: 12 }),
  stage: FastCheck.record({ width: side, height: side }),
  large: FastCheck.option(FastCheck.nat(11))
})

describe("the tiles of a stage", () => {
  it("are inside it, and do not overlap", () => {
    FastCheck.assert(
      FastCheck.property(tiles, ({ count, large, shrunk, stage }) => {
        const boxes = layoutTiles({ count, large, shrunk, stage })
        assert.strictEqual(boxes.length, count)
        for (const [index, box] of boxes.entries()) {
          assert.isAbove(box.width, 0)
          assert.isAbove(box.height, 0)
          assert.isTrue(box.x >= -0.01 && box.x + box.width <= stage.width + 0.01)
          assert.isTrue(box.y >= -0.01 && box.y + box.height <= stage.height + 0.01)
          for (const other of boxes.slice(index + 1)) assert.isTrue(apart(box, other))
        }
      })
    )
  })

  it("have one that is larger than each of the others, if one is set", () => {
    FastCheck.assert(
      FastCheck.property(tiles, ({ count, large, stage }) => {
        if (large === null || large >= count || count < 2) return
        const areas = layoutTiles({ count, large, stage }).map((box) => box.width * box.height)
        const most = areas[large] ?? 0
        for (const [index, area] of areas.entries()) if (index !== large) assert.isAbove(most, area)
      })
    )
  })

  it("are small below all others if they are shrunk, and as usual if there are no others", () => {
    FastCheck.assert(
      FastCheck.property(tiles, ({ count, large, shrunk, stage }) => {
        const boxes = layoutTiles({ count, large, shrunk, stage })
        if (boxes.every((_, index) => shrunk.has(index))) {
          assert.deepStrictEqual(boxes, layoutTiles({ count, large, stage }))
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

  it("are large enough to tap beside a large one, on phones and in small windows", () => {
    for (const [width, height] of [
      [358, 620],
      [688, 224],
      [1376, 740]
    ] as const) {
      const stage = { width, height }
      for (const box of layoutTiles({ count: 12, large: 0, stage }))
        assert.isAtLeast(Math.min(box.width, box.height), 44)
      for (const box of layoutTiles({ count: 12, large: null, stage }))
        assert.isAtLeast(Math.min(box.width, box.height), 60)
    }
  })

  it("fill a wide stage well, from 1 to 12", () => {
    const stage = { width: 1376, height: 760 }
    for (let count = 1; count <= 12; count++) {
      const boxes = layoutTiles({ count, large: null, stage })
      const filled = boxes.reduce((sum, { height, width }) => sum + width * height, 0)
      assert.isAbove(filled / (stage.width * stage.height), 0.62, `${count} tiles`)
    }
  })
})
