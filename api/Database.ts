import type { D1Database } from "@cloudflare/workers-types"
import type * as Statement from "@effect/sql/Statement"
import * as D1Client from "@effect/sql-d1/D1Client"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { StorageUnavailable } from "./contract/Errors.js"
import { countTrip } from "./RequestCost.js"

/** The rows that one statement of a batch returned. */
export type Rows = ReadonlyArray<unknown>

/**
 * Matches D1's messages about faults that pass at once. The last one occurs when two servers of one machine share a
 * database.
 * Source: https://developers.cloudflare.com/d1/observability/debug-d1/
 */
const retryNow =
  /Network connection lost|storage caused object to be reset|reset because its code was updated|Cannot resolve D1 DB due to transient issue|database is locked/

/** Matches D1's messages about faults that pass later. Retrying at once would add to the load. */
const retryLater =
  /overloaded|exceeded timeout|exceeded its (CPU time|memory) limit|internal error|maximum account storage limit/i

const messageMatches = (pattern: RegExp) => (cause: unknown) =>
  pattern.test(String(cause instanceof Error ? cause.message : cause))
const canRetryNow = messageMatches(retryNow)
const canRetryLater = messageMatches(retryLater)

/** Retries after about 50, 100 and 200 ms. Every batch of this service may be repeated, committed or not. */
const retryNowSchedule = Schedule.exponential("50 millis").pipe(
  Schedule.jittered,
  Schedule.intersect(Schedule.recurs(3))
)

/** The database. All access to D1 goes through `batch`: one round trip and one transaction, rolled back on failure. */
export class Database extends Effect.Service<Database>()("Database", {
  effect: Effect.gen(function* () {
    const sql = yield* D1Client.D1Client
    const { db } = sql.config

    /**
     * Runs the statements in order and atomically, and returns the rows of each. A statement that D1 refuses is a
     * defect, because a repeat would be refused too. Callers log it, `edge` (Edge.ts) that of a request.
     */
    const batch = Effect.fnUntraced(function* (statements: ReadonlyArray<Statement.Statement<unknown>>) {
      const prepared = statements.map((statement) => {
        const [text, parameters] = statement.compile()
        return db.prepare(text).bind(...parameters)
      })
      const results = yield* Effect.tryPromise({ try: () => db.batch(prepared), catch: (cause) => cause }).pipe(
        countTrip,
        Effect.retry({ schedule: retryNowSchedule, while: canRetryNow }),
        Effect.catchAll((cause) =>
          canRetryNow(cause) || canRetryLater(cause)
            ? Effect.zipRight(
                Effect.logError("The database failed", cause),
                Effect.fail(
                  new StorageUnavailable({
                    message:
                      "The database cannot be reached. Wait for Retry-After seconds, and repeat the request as it was."
                  })
                )
              )
            : Effect.die(cause)
        )
      )
      return results.map((result): Rows => result.results)
    })

    return { sql, batch } as const
  })
}) {
  /** Over a D1 binding. Opens no connection: the binding is ready from the start. */
  static readonly layer = (db: D1Database) => Layer.provide(Database.Default, D1Client.layer({ db }))
}
