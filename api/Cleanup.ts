import type * as Statement from "@effect/sql/Statement"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import { giveUp } from "./Database/places.js"
import { Database } from "./Database.js"
import { endMemberships } from "./Memberships.js"
import { Settings } from "./Settings.js"

/** Rows that one statement deletes at most. Where they go with something whole, an inbox or a room, that is the last one. */
const chunk = 1000

/** Claims that one statement ends at most: each has a room's guests to it. */
const claimsAtOnce = 100

/**
 * Statements of one run at most. The free plan allows a run of the cron 50, and revoking credentials takes a few; what is
 * left is for the next run.
 */
export const budget = 40

/**
 * An ended session is remembered for this many times `PEER_TTL`, a day by default: a machine that was asleep over night
 * with its page open asks the next morning, and is told that its session is over, not handed to the next host.
 */
const remembered = 24

/** One kind of thing that goes. A round of it is atomic. */
interface Phase {
  readonly what: "messages" | "claims" | "peers" | "rooms" | "memberships" | "relays"
  /** There may be more where a statement returned so many rows. */
  readonly most: number
  readonly statements: ReadonlyArray<Statement.Statement<unknown>>
  /** The place of the statement that returns a row for each thing that went. */
  readonly counted: number
}

/** Deletes what has had its time. Called by `scheduled`. */
export class Cleanup extends Effect.Service<Cleanup>()("Cleanup", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { messageTtl, peerTtl } = yield* Settings

    /** Everything that may be due at this time. Old messages first, so that a cascade takes few rows with it. */
    const phases = (now: number): ReadonlyArray<Phase> => {
      const gone = now - Duration.toMillis(peerTtl)
      const forgotten = now - remembered * Duration.toMillis(peerTtl)
      const old = now - Duration.toMillis(messageTtl)
      const unswept = sql`SELECT rowid, id FROM peers WHERE coalesce(swept_at, joined_at) < ${old}
        ORDER BY coalesce(swept_at, joined_at) LIMIT ${chunk}`
      // Peers that go take their inboxes along: of all these one statement takes those that have a chunk of messages
      // together. A hundred rooms with a thousand messages for each guest would keep it busy for half a minute.
      const expired = sql`SELECT id FROM rooms
        WHERE active_at < ${gone} AND claim IS NOT NULL ORDER BY active_at, rowid LIMIT ${claimsAtOnce}`
      const emptied = sql`SELECT id FROM (${expired}) due WHERE NOT EXISTS (SELECT 1 FROM peers WHERE room = due.id)`
      const unseen = sql`SELECT rowid FROM (
        SELECT p.rowid FROM peers p LEFT JOIN messages m ON m.recipient = p.id
        WHERE p.seen_at < ${gone} AND p.role = 'guest' ORDER BY p.seen_at, p.rowid LIMIT ${chunk})`
      return [
        {
          what: "messages",
          most: chunk,
          counted: 0,
          statements: [
            // Ids are times, so that age is a range of each inbox's primary key.
            sql`DELETE FROM messages WHERE (recipient, id) IN (
                SELECT m.recipient, m.id FROM (${unswept}) p CROSS JOIN messages m
                ON m.recipient = p.id AND m.id < ${old * 1000} LIMIT ${chunk})
              RETURNING 1`,
            sql`UPDATE peers SET swept_at = coalesce((SELECT min(id) / 1000 FROM messages WHERE recipient = peers.id), ${now})
              WHERE rowid IN (SELECT rowid FROM (${unswept}))
                AND NOT EXISTS (SELECT 1 FROM messages WHERE recipient = peers.id AND id < ${old * 1000}) RETURNING 1`
          ]
        },
        // The host was not seen for so long that its claim is over, and with it the session.
        {
          what: "claims",
          most: 1,
          counted: 3,
          statements: [
            sql`DELETE FROM peers WHERE room IN (
              SELECT id FROM (
                SELECT due.id FROM (${expired}) due
                LEFT JOIN peers p ON p.room = due.id LEFT JOIN messages m ON m.recipient = p.id LIMIT ${chunk}))`,
            endMemberships(sql, emptied, now),
            sql`DELETE FROM removals WHERE room IN (${emptied})`,
            sql`UPDATE rooms SET host_key_hash = NULL, claim = NULL, ended_at = ${now}, waiting_room = 0, locked = 0
              WHERE id IN (${emptied}) RETURNING 1`
          ]
        },
        // A host hears of each of its guests. Hosts go with their claims.
        {
          what: "peers",
          most: 1,
          counted: 1,
          statements: giveUp(sql, unseen, now)
        },
        // Where no host has ever been. The guests that wait there join again.
        {
          what: "rooms",
          most: chunk,
          counted: 0,
          statements: [
            sql`DELETE FROM rooms WHERE rowid IN (
              SELECT rowid FROM rooms WHERE active_at < ${gone} AND claim IS NULL AND ended_at IS NULL LIMIT ${chunk})
              RETURNING 1`
          ]
        },
        {
          what: "rooms",
          most: chunk,
          counted: 0,
          statements: [
            sql`DELETE FROM rooms WHERE rowid IN (
              SELECT rowid FROM rooms WHERE ended_at IS NOT NULL AND ended_at < ${forgotten} LIMIT ${chunk})
              RETURNING 1`
          ]
        },
        {
          what: "memberships",
          most: chunk,
          counted: 0,
          statements: [
            sql`DELETE FROM memberships WHERE (token_hash, claim) IN (
              SELECT token_hash, claim FROM memberships WHERE ended_at IS NOT NULL AND ended_at < ${forgotten}
              LIMIT ${chunk}) RETURNING 1`
          ]
        },
        // Credentials that have ended by themselves.
        {
          what: "relays",
          most: chunk,
          counted: 0,
          statements: [
            sql`DELETE FROM relays WHERE username IN (
              SELECT username FROM relays WHERE expires_at < ${now} LIMIT ${chunk}) RETURNING 1`,
            // Hours that are over, since 1970: some thousand rows.
            sql`DELETE FROM relay_grants WHERE hour < ${Math.floor(now / 3_600_000)}`
          ]
        }
      ]
    }

    /** One round of a phase. A phase that fails is logged, and no other waits for it. */
    const round = ({ counted, most, statements, what }: Phase) =>
      batch(statements).pipe(
        Effect.map((results) => ({
          went: results[counted]?.length ?? 0,
          more: results.some((rows) => rows.length >= most)
        })),
        Effect.catchAllCause((cause) =>
          Cause.isInterruptedOnly(cause)
            ? Effect.failCause(cause).pipe(Effect.orDie)
            : Effect.as(Effect.logError(`The cleanup of ${what} failed`, cause), { went: 0, more: false })
        )
      )

    /**
     * A round of each phase in turn, and again of those that had more, until nothing is due or the budget is spent. What
     * is left is for the next run, which begins with whatever is oldest.
     */
    const run = Effect.fn("Cleanup.run")(function* () {
      const totals = { messages: 0, claims: 0, peers: 0, rooms: 0, memberships: 0, relays: 0 }
      let due = phases(yield* Clock.currentTimeMillis)
      let left = budget
      const rest = new Set<Phase["what"]>()
      while (due.length > 0) {
        const more: Array<Phase> = []
        for (const phase of due) {
          if (phase.statements.length > left) {
            rest.add(phase.what)
            continue
          }
          left -= phase.statements.length
          const done = yield* round(phase)
          totals[phase.what] += done.went
          if (done.more) more.push(phase)
        }
        due = more
      }
      yield* Effect.logInfo("Cleaned up", totals).pipe(
        rest.size === 0 ? identity : Effect.annotateLogs({ rest: [...rest].join(" ") })
      )
      return totals
    })

    return { run } as const
  })
}) {}
