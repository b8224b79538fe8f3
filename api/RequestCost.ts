import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"

/** What a request, or a run of the cron, has cost so far. */
export interface RequestCost {
  /** Round trips to D1, those that were repeated included. */
  trips: number
  /** Rows as D1's own `meta` counts them, and as its bill does. */
  rowsRead: number
  rowsWritten: number
  /** Milliseconds that those took. */
  database: number
  /** How often a poll checked its inbox. */
  checks: number
  /** Milliseconds for which a poll was held with nothing to give: nobody's slowness. */
  held: number
  /** The limits that refused or cut something: names alone, never whose. */
  readonly limited: Set<string>
}

/** The cost of the work under way. Fibers forked within it add to the same; outside of any nobody counts. */
const current = FiberRef.unsafeMake<RequestCost | null>(null)

const change = (f: (cost: RequestCost) => void) =>
  Effect.map(FiberRef.get(current), (cost) => {
    if (cost !== null) f(cost)
  })

/** Runs it, and says how many milliseconds it took, however it ends. */
const timed = <A, E, R>(self: Effect.Effect<A, E, R>, use: (milliseconds: number) => Effect.Effect<void>) =>
  Effect.flatMap(Clock.currentTimeMillis, (start) =>
    Effect.ensuring(
      self,
      Effect.flatMap(Clock.currentTimeMillis, (end) => use(end - start))
    )
  )

/** What D1 says of the rows of one statement. */
interface Counted {
  readonly meta: { readonly rows_read: number; readonly rows_written: number }
}

/** Counts one round trip to D1, however it ends, and the rows of its results. */
export const countTrip = <A extends ReadonlyArray<Counted>, E, R>(trip: Effect.Effect<A, E, R>) =>
  timed(trip, (milliseconds) =>
    change((cost) => {
      cost.trips += 1
      cost.database += milliseconds
    })
  ).pipe(
    Effect.tap((results) =>
      change((cost) => {
        for (const { meta } of results) {
          cost.rowsRead += meta.rows_read
          cost.rowsWritten += meta.rows_written
        }
      })
    )
  )

/** Counts one check of an inbox. */
export const countCheck = change((cost) => {
  cost.checks += 1
})

/** Notes that a limit refused or cut something. `limit` is its name, and holds nothing of who met it. */
export const noteLimited = (limit: string) => change((cost) => cost.limited.add(limit))

/** Counts the time that this takes as held, but for what D1 took of it. */
export const countHeld = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(FiberRef.get(current), (cost) => {
    const before = cost?.database ?? 0
    return timed(self, (milliseconds) =>
      change((after) => {
        after.held += milliseconds - (after.database - before)
      })
    )
  })

/** Runs the work with a cost of its own, which `use` is given to read whenever it likes. */
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

/** The cost as fields of a log line: what is zero is left out. */
export const costFields = (cost: Readonly<RequestCost>): Record<string, unknown> => {
  const { limited, ...counts } = cost
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ...(limited.size === 0 ? {} : { limited: [...limited].join(" ") })
  }
}
