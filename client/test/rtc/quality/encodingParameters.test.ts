import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import type { Limits } from "../../../rtc/quality/encoderLimits.js"
import { encodingFor } from "../../../rtc/quality/encodingParameters.js"

const limits = (lines: number): Limits => ({ active: true, lines, maxFramerate: 30, maxBitrate: 500_000 })

describe("the encoder of a picture", () => {
  it("is given the wanted lines, whether the picture is wide or upright", () => {
    assert.deepStrictEqual(encodingFor(limits(180), { width: 1280, height: 720 }), {
      active: true,
      maxBitrate: 500_000,
      maxFramerate: 30,
      scaleResolutionDownTo: { maxWidth: 320, maxHeight: 180 },
      scaleResolutionDownBy: 4
    })
    assert.deepInclude(encodingFor(limits(360), { width: 720, height: 1280 }), { scaleResolutionDownBy: 2 })
    assert.deepInclude(encodingFor(limits(360), {}), { scaleResolutionDownBy: 2 })
  })

  it("enlarges nothing", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.integer({ min: 1, max: 1080 }),
        FastCheck.nat(4000),
        FastCheck.nat(4000),
        (lines, width, height) => {
          assert.isAtLeast(encodingFor(limits(lines), { width, height }).scaleResolutionDownBy ?? 0, 1)
        }
      )
    )
  })

  it("sends nothing if nobody sees it", () => {
    const off = { active: false, lines: 0, maxFramerate: 0, maxBitrate: 0 }
    assert.deepStrictEqual(encodingFor(off, { width: 1280, height: 720 }), { active: false })
  })
})
