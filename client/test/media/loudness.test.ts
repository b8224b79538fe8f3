import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { loudness } from "../../media/loudness.js"

describe("loudness", () => {
  it("is between silence and full scale, and grows with the sound", () => {
    const tone = (amplitude: number) => Float32Array.from({ length: 1024 }, (_, n) => amplitude * Math.sin(n / 7))
    assert.strictEqual(loudness(tone(0)), 0)
    assert.strictEqual(loudness([]), 0)
    assert.isBelow(loudness(tone(0.01)), loudness(tone(0.1)))
    FastCheck.assert(
      FastCheck.property(FastCheck.array(FastCheck.float({ min: -1, max: 1, noNaN: true })), (samples) => {
        assert.isAtLeast(loudness(samples), 0)
        assert.isAtMost(loudness(samples), 1)
      })
    )
  })
})
