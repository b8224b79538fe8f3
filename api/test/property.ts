import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Runtime from "effect/Runtime"

/**
 * Checks a property over the services of the test. The runs share the database, one after another. A failure reports
 * its seed and its smallest example.
 */
export const holds = <A, E, R>(
  arbitrary: FastCheck.Arbitrary<A>,
  parameters: FastCheck.Parameters<[A]>,
  check: (example: A) => Effect.Effect<unknown, E, R>
): Effect.Effect<void, never, R> =>
  Effect.flatMap(Effect.runtime<R>(), (runtime) => {
    const property = FastCheck.asyncProperty(arbitrary, (example) =>
      Runtime.runPromise(runtime)(Effect.asVoid(check(example)))
    )
    return Effect.promise(() => FastCheck.assert(property, parameters))
  })
