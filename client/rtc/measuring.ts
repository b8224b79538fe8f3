import * as Effect from "effect/Effect"
import { qualityBetween } from "./quality.js"
import type { Quality } from "./States.js"
import type { Statistics } from "./stats.js"
import { qualityLook } from "./timings.js"

/** Measures a connection every 2 seconds. A report that cannot be had is left out. */
export const measure = (
  look: Effect.Effect<Statistics | null>,
  tell: (quality: Quality) => Effect.Effect<unknown>
): Effect.Effect<never> =>
  Effect.gen(function* () {
    let before = yield* look
    while (true) {
      yield* Effect.sleep(qualityLook)
      const now = yield* look
      if (before !== null && now !== null) yield* tell(qualityBetween(before, now))
      before = now ?? before
    }
  })
