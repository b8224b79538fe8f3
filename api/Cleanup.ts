import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database } from "./Database.js"
import { Settings } from "./Settings.js"
import { nextId, nextOrdinal } from "./Signaling/Inbox.js"
import { endMemberships } from "./Signaling/Memberships.js"
import { decodeRows } from "./Signaling/Rows.js"

/** Rows that one statement deletes at most. */
export const chunk = 1000

/** Claims that one statement ends at most: each has a room's guests to it. */
const claimsAtOnce = 20

/**
 * An ended session is remembered for this many times `PEER_TTL`, a day by default: a machine that was asleep over night
 * with its page open asks the next morning, and is told that its session is over, not handed to whoever has the room now.
 */
const remembered = 24

const Changed = Schema.Struct({ changed: Schema.Number })

/** Deletes what has had its time. Called by `scheduled`. */
export class Cleanup extends Effect.Service<Cleanup>()("Cleanup", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { messageTtl, peerTtl } = yield* Settings
    const decode = decodeRows(Changed)

    /**
     * Deletes old messages first, then claims, peers and rooms, so that a cascade takes few rows with it. Each step is
     * atomic and takes a chunk; the run ends when a whole round of each has found less than one.
     */
    const run = Effect.fn("Cleanup.run")(function* () {
      const now = yield* Clock.currentTimeMillis
      const gone = now - Duration.toMillis(peerTtl)
      const forgotten = now - remembered * Duration.toMillis(peerTtl)
      const oldest = (now - Duration.toMillis(messageTtl)) * 1000
      const expired = sql`SELECT id FROM rooms
        WHERE ended_at IS NULL AND active_at < ${gone} AND claim IS NOT NULL ORDER BY active_at, id LIMIT ${claimsAtOnce}`
      const unseen = sql`SELECT rowid FROM peers WHERE seen_at < ${gone} ORDER BY seen_at, rowid LIMIT ${chunk}`
      /** The last statement of each step is the one whose rows count. */
      const steps = [
        // Ids are times, so that age is a range of each inbox's primary key.
        [
          "messages",
          chunk,
          [
            sql`DELETE FROM messages WHERE (recipient, id) IN (
              SELECT m.recipient, m.id FROM peers p JOIN messages m ON m.recipient = p.id AND m.id < ${oldest}
              LIMIT ${chunk})`
          ]
        ],
        // The host was not seen for so long that its claim is over, and with it the session.
        [
          "claims",
          claimsAtOnce,
          [
            endMemberships(sql, expired, now),
            sql`DELETE FROM peers WHERE room IN (${expired})`,
            sql`DELETE FROM removals WHERE room IN (${expired})`,
            sql`UPDATE rooms SET host_key_hash = NULL, claim = NULL, ended_at = ${now}, waiting_room = 0, locked = 0
              WHERE id IN (${expired})`
          ]
        ],
        // A host hears of each of its guests. Those of one host get ids one after the other.
        [
          "peers",
          chunk,
          [
            sql`INSERT INTO messages (recipient, id, ordinal, sender, type, body)
              SELECT host, ${nextId(sql, "host", now)} + n, ${nextOrdinal(sql, "host")} + n, guest, 'left', '{}'
              FROM (
                SELECT h.id AS host, g.id AS guest, row_number() OVER (PARTITION BY h.id ORDER BY g.rowid) - 1 AS n
                FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host'
                WHERE g.rowid IN (${unseen}) AND g.role = 'guest')`,
            sql`DELETE FROM peers WHERE rowid IN (${unseen})`
          ]
        ],
        // Where no host has ever been. The guests that wait there join anew.
        [
          "rooms",
          chunk,
          [
            sql`DELETE FROM rooms WHERE rowid IN (
              SELECT rowid FROM rooms WHERE ended_at IS NULL AND active_at < ${gone} AND claim IS NULL LIMIT ${chunk})`
          ]
        ],
        [
          "rooms",
          chunk,
          [
            sql`DELETE FROM rooms WHERE rowid IN (
              SELECT rowid FROM rooms WHERE ended_at IS NOT NULL AND ended_at < ${forgotten} LIMIT ${chunk})`
          ]
        ],
        [
          "memberships",
          chunk,
          [
            sql`DELETE FROM memberships WHERE (token_hash, claim) IN (
              SELECT token_hash, claim FROM memberships WHERE ended_at IS NOT NULL AND ended_at < ${forgotten}
              LIMIT ${chunk})`
          ]
        ]
      ] as const
      const totals = { messages: 0, claims: 0, peers: 0, rooms: 0, memberships: 0 }
      for (const [what, most, statements] of steps) {
        let changed: number
        do {
          const results = yield* batch([...statements, sql`SELECT changes() AS changed`])
          changed = (yield* decode(results.at(-1))).reduce((sum, row) => sum + row.changed, 0)
          totals[what] += changed
        } while (changed === most)
      }
      yield* Effect.logInfo("Cleaned up", totals)
      return totals
    })

    return { run } as const
  })
}) {}
