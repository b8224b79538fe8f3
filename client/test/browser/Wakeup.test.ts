import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"
import { slept } from "../../browser/Wakeup.js"

/** The test's clock, whose time can leap while its timers stand still, as on a machine that sleeps. */
const leapingClock = Effect.map(Effect.clock, (clock) => {
  let leapt = 0
  const leaping: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    sleep: (duration) => clock.sleep(duration),
    currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + leapt),
    currentTimeNanos: clock.currentTimeNanos,
    unsafeCurrentTimeMillis: () => clock.unsafeCurrentTimeMillis() + leapt,
    unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos()
  }
  const leap = (milliseconds: number) => {
    leapt += milliseconds
  }
  return { leaping, leap }
})

describe("sleep of the machine", () => {
  it.effect("is detected once the clock leapt more than 10 seconds between two readings", () =>
    Effect.gen(function* () {
      const { leap, leaping } = yield* leapingClock
      const waiting = yield* Effect.fork(Effect.withClock(slept, leaping))
      yield* TestClock.adjust("3 minutes")
      leap(10_000)
      yield* TestClock.adjust("10 seconds")
      assert.isTrue(Option.isNone(yield* Fiber.poll(waiting)))
      leap(10_001)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* Fiber.join(waiting), "slept")
    })
  )
})
