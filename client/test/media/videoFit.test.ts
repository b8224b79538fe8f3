import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { fitOf } from "../../media/videoFit.js"

describe("a picture in its tile", () => {
  const sides = FastCheck.record({
    width: FastCheck.integer({ min: 1, max: 4000 }),
    height: FastCheck.integer({ min: 1, max: 4000 })
  })

  it("fills it if it is wide and of nearly the same shape", () => {
    assert.strictEqual(fitOf({ width: 1280, height: 720 }, { width: 640, height: 400 }), "cover")
    assert.strictEqual(fitOf({ width: 1280, height: 720 }, { width: 400, height: 300 }), "cover")
  })

  it("is shown whole if a cut could take off a head", () => {
    assert.strictEqual(fitOf({ width: 720, height: 1280 }, { width: 640, height: 360 }), "contain")
    assert.strictEqual(fitOf({ width: 720, height: 1280 }, { width: 360, height: 640 }), "contain")
    assert.strictEqual(fitOf({ width: 1280, height: 720 }, { width: 300, height: 400 }), "contain")
    assert.strictEqual(fitOf({ width: 640, height: 480 }, { width: 640, height: 360 }), "contain")
  })

  it("never loses much, least of all above and below, whatever the shapes", () => {
    FastCheck.assert(
      FastCheck.property(sides, sides, (picture, tile) => {
        if (fitOf(picture, tile) === "contain") return
        const scale = Math.max(tile.width / picture.width, tile.height / picture.height)
        assert.isAtLeast(tile.width / (picture.width * scale), 0.7 - 1e-9)
        assert.isAtLeast(tile.height / (picture.height * scale), 0.88 - 1e-9)
        assert.isAtLeast(picture.width, picture.height)
      })
    )
  })
})
