import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/**
 * Runs `look` at most once in `interval`. All other callers, also while a look is slow, get the last result, which may
 * be a failure. A request of a Worker cannot wait for the work of another request, so until there is a result every
 * caller looks.
 */
export const lookEvery = <A, E, R>(
  interval: Duration.DurationInput,
  look: Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> => {
  let found: Exit.Exit<A, E> | null = null
  let begun = 0
  return Effect.flatMap(Clock.currentTimeMillis, (now) => {
    if (found !== null && now < begun + Duration.toMillis(interval)) return found
    begun = now
    return Effect.onExit(look, (exit) =>
      Effect.sync(() => {
        // A caller that hangs up interrupts the look, which then has no result.
        if (!Exit.isInterrupted(exit)) found = exit
      })
    )
  })
}
