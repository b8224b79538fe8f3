import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"

/** The cost of a request, or of a run of the cron, so far. */
export interface RequestCost {
  /** Round trips to D1, including retries. */
  trips: number
  /** Rows as D1's `meta` counts and Cloudflare bills them. */
  rowsRead: number
  rowsWritten: number
  /** Milliseconds that the round trips took. */
  database: number
  /** How often a poll checked its inbox. */
  checks: number
  /** Milliseconds for which a poll was held without new messages, which does not make it slow. */
  held: number
  /** The names of the limits that refused or cut something, never of the callers that they applied to. */
  readonly limited: Set<string>
}

/** The cost of the current work. Fibers forked within it add to the same cost. Outside of work nothing is counted. */
const current = FiberRef.unsafeMake<RequestCost | null>(null)

const updateCost = (f: (cost: RequestCost) => void) =>
  Effect.map(FiberRef.get(current), (cost) => {
    if (cost !== null) f(cost)
  })

/** Runs the effect, and reports how many milliseconds it took, however it ends. */
const timed = <A, E, R>(self: Effect.Effect<A, E, R>, use: (milliseconds: number) => Effect.Effect<void>) =>
  Effect.flatMap(Clock.currentTimeMillis, (start) =>
    Effect.ensuring(
      self,
      Effect.flatMap(Clock.currentTimeMillis, (end) => use(end - start))
    )
  )

/** What D1 reports about the rows of one statement. */
interface StatementResult {
  readonly meta: { readonly rows_read: number; readonly rows_written: number }
}

/** Counts one round trip to D1, however it ends, and the rows of its results. */
export const countTrip = <A extends ReadonlyArray<StatementResult>, E, R>(trip: Effect.Effect<A, E, R>) =>
  timed(trip, (milliseconds) =>
    updateCost((cost) => {
      cost.trips += 1
      cost.database += milliseconds
    })
  ).pipe(
    Effect.tap((results) =>
      updateCost((cost) => {
        for (const { meta } of results) {
          cost.rowsRead += meta.rows_read
          cost.rowsWritten += meta.rows_written
        }
      })
    )
  )

/** Counts one check of an inbox. */
export const countCheck = updateCost((cost) => {
  cost.checks += 1
})

/** Notes that a limit refused or cut something. `limit`: its name, which must not identify a caller. */
export const noteLimited = (limit: string) => updateCost((cost) => cost.limited.add(limit))

/** Counts the time that this takes as held, except for the time that D1 took. */
export const countHeld = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(FiberRef.get(current), (cost) => {
    const before = cost?.database ?? 0
    return timed(self, (milliseconds) =>
      updateCost((after) => {
        after.held += milliseconds - (after.database - before)
      })
    )
  })

/** Runs `use` with a cost of its own, which it may read at any time. */
export const withCost = <A, E, R>(
  use: (cost: Readonly<RequestCost>) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Effect.suspend(() => {
    const cost: RequestCost = {
      trips: 0,
      rowsRead: 0,
      rowsWritten: 0,
      database: 0,
      checks: 0,
      held: 0,
      limited: new Set()
    }
    return Effect.locally(use(cost), current, cost)
  })

/** The cost as fields of a log line, without those that are zero. */
export const costFields = (cost: Readonly<RequestCost>): Record<string, unknown> => {
  const { limited, ...counts } = cost
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ...(limited.size === 0 ? {} : { limited: [...limited].join(" ") })
  }
}
