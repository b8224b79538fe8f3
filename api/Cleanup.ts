import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database } from "./Database.js"
import { Settings } from "./Settings.js"
import { decodeRows } from "./Signaling/Rows.js"

/** Rows that one statement deletes at most. */
export const chunk = 1000

const Deleted = Schema.Struct({ deleted: Schema.Number })

/** Deletes what has had its time. Called by `scheduled`. */
export class Cleanup extends Effect.Service<Cleanup>()("Cleanup", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { messageTtl, peerTtl } = yield* Settings
    const decode = decodeRows(Deleted)

    /**
     * Deletes old messages first, then peers and rooms, so that a cascade takes few rows with it. Ends when a whole
     * round has deleted less than a chunk of each.
     */
    const run = Effect.fn("Cleanup.run")(function* () {
      const now = yield* Clock.currentTimeMillis
      const gone = now - Duration.toMillis(peerTtl)
      const oldest = (now - Duration.toMillis(messageTtl)) * 1000
      const rounds = [
        // Ids are times, so that age is a range of each inbox's primary key.
        [
          "messages",
          sql`DELETE FROM messages WHERE (recipient, id) IN (
            SELECT m.recipient, m.id FROM peers p JOIN messages m ON m.recipient = p.id AND m.id < ${oldest}
            LIMIT ${chunk})`
        ],
        [
          "peers",
          sql`DELETE FROM peers WHERE rowid IN (SELECT rowid FROM peers WHERE seen_at < ${gone} LIMIT ${chunk})`
        ],
        [
          "rooms",
          sql`DELETE FROM rooms WHERE rowid IN (SELECT rowid FROM rooms WHERE active_at < ${gone} LIMIT ${chunk})`
        ]
      ] as const
      const totals = { messages: 0, peers: 0, rooms: 0 }
      for (const [table, statement] of rounds) {
        let deleted: number
        do {
          const [, counted] = yield* batch([statement, sql`SELECT changes() AS deleted`])
          deleted = (yield* decode(counted)).reduce((sum, row) => sum + row.deleted, 0)
          totals[table] += deleted
        } while (deleted === chunk)
      }
      yield* Effect.logInfo("Cleaned up", totals)
      return totals
    })

    return { run } as const
  })
}) {}
