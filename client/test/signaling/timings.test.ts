import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as timings from "../../signaling/timings.js"

/** The first delays of a schedule, in milliseconds. */
const delaysOf = (schedule: Schedule.Schedule<unknown>, count: number) =>
  Schedule.run(Schedule.delays(schedule), 0, Array.from({ length: count })).pipe(
    Effect.map((delays) => Chunk.toReadonlyArray(delays).map(Duration.toMillis))
  )

describe("timings", () => {
  it.effect("backoff doubles from 250 ms to 10 s, each shortened by at most a half, and never ends", () =>
    Effect.gen(function* () {
      const delays = yield* delaysOf(timings.backoff, 40)
      assert.strictEqual(delays.length, 40)
      for (const [n, delay] of delays.entries()) {
        const whole = Math.min(250 * 2 ** n, 10_000)
        assert.isAtLeast(delay, whole / 2)
        assert.isAtMost(delay, whole)
      }
    })
  )
})
