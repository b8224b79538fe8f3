import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { freeBytes, rateOf, type Space, secondsLeft, type Written, withSample } from "./space.js"

/** Often enough for the reserve: all cameras of a meeting together write some megabytes a second. */
const interval = Schedule.spaced("5 seconds")

/** Null: the browser does not tell. */
const estimate: Effect.Effect<Space | null> = Effect.tryPromise(() => navigator.storage.estimate()).pipe(
  Effect.map(({ quota, usage = 0 }) => (quota === undefined ? null : { quota, usage })),
  Effect.orElseSucceed(() => null)
)

/** Reports how many seconds are left, null if unknown. Ends when the space is used up. */
export const watchSpace = (bytes: () => number, report: (seconds: number | null) => void): Effect.Effect<void> =>
  Effect.gen(function* () {
    const start = bytes()
    let samples: ReadonlyArray<Written> = []
    let first: Space | null = null
    const hasSpace = Effect.gen(function* () {
      const current = yield* estimate
      first ??= current
      samples = withSample(samples, { at: yield* Clock.currentTimeMillis, bytes: bytes() })
      if (current === null || first === null) return true
      const free = freeBytes(first, current, bytes() - start)
      report(secondsLeft(free, rateOf(samples)))
      return free > 0
    })
    yield* Effect.repeat(hasSpace, { schedule: interval, while: (isFree) => isFree })
  })
