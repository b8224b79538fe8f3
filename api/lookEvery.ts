import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/**
 * Looks at most once in `interval`, whoever asks and whatever is found: in between, and while a look is slow, everybody else
 * is told what the last one found, its failure too. A request of a Worker cannot wait for the work of another one: those
 * that come before anything was found all look.
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
        // Where the caller hangs up, nothing was found.
        if (!Exit.isInterrupted(exit)) found = exit
      })
    )
  })
}
