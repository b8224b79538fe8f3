import type * as Statement from "@effect/sql/Statement"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import { deleteGuestsAndTellHosts } from "./Database/places.js"
import { Database } from "./Database.js"
import { endMemberships } from "./Memberships.js"
import { Settings } from "./Settings.js"

/** The most rows that one statement deletes. The last inbox or room is deleted as a whole, and may exceed it. */
const chunk = 1000

/** The most claims that one statement ends, because each may have many guests. */
const maxClaimsPerRound = 100

/**
 * The most statements of one run. The free plan allows 50 for a run of the cron, and revoking credentials takes a few.
 * The next run does what is left.
 */
export const budget = 40

/**
 * An ended session is remembered for this many times `PEER_TTL`, a day by default. A page on a machine that was asleep
 * over night comes back the next morning, and has to learn that its session is over instead of joining the next host's.
 */
const rememberedTtls = 24

/** One kind of rows to delete, in rounds. Each round is one atomic batch. */
interface Phase {
  readonly what: "messages" | "claims" | "peers" | "rooms" | "memberships" | "relays"
  /** If a statement returned this many rows, there may be more to delete. */
  readonly fullRound: number
  readonly statements: ReadonlyArray<Statement.Statement<unknown>>
  /** The index of the statement that returns a row for each deleted item. */
  readonly countedIndex: number
}

/** Deletes what has expired. Called by `scheduled` of the Worker. */
export class Cleanup extends Effect.Service<Cleanup>()("Cleanup", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { messageTtl, peerTtl } = yield* Settings

    /** Everything that may be due at this time. Old messages come first, so that a cascade deletes few rows. */
    const phases = (now: number): ReadonlyArray<Phase> => {
      // What was last seen, ended or sent before these times has expired. In milliseconds since 1970.
      const peerExpiry = now - Duration.toMillis(peerTtl)
      const endedExpiry = now - rememberedTtls * Duration.toMillis(peerTtl)
      const messageExpiry = now - Duration.toMillis(messageTtl)
      const unsweptInboxes = sql`SELECT rowid, id FROM peers WHERE coalesce(swept_at, joined_at) < ${messageExpiry}
        ORDER BY coalesce(swept_at, joined_at) LIMIT ${chunk}`
      // Peers are deleted with their inboxes, so one statement deletes no more peers than have a chunk of messages
      // together: a hundred rooms with a thousand messages for each guest would keep D1 busy for half a minute.
      const expiredRooms = sql`SELECT id FROM rooms
        WHERE active_at < ${peerExpiry} AND claim IS NOT NULL ORDER BY active_at, rowid LIMIT ${maxClaimsPerRound}`
      const emptiedRooms = sql`SELECT id FROM (${expiredRooms}) due WHERE NOT EXISTS (SELECT 1 FROM peers WHERE room = due.id)`
      const unseenGuests = sql`SELECT rowid FROM (
        SELECT p.rowid FROM peers p LEFT JOIN messages m ON m.recipient = p.id
        WHERE p.seen_at < ${peerExpiry} AND p.role = 'guest' ORDER BY p.seen_at, p.rowid LIMIT ${chunk})`
      return [
        {
          what: "messages",
          fullRound: chunk,
          countedIndex: 0,
          statements: [
            // Ids are times, so the old messages are a range of each inbox's primary key.
            sql`DELETE FROM messages WHERE (recipient, id) IN (
                SELECT m.recipient, m.id FROM (${unsweptInboxes}) p CROSS JOIN messages m
                ON m.recipient = p.id AND m.id < ${messageExpiry * 1000} LIMIT ${chunk})
              RETURNING 1`,
            sql`UPDATE peers SET swept_at = coalesce((SELECT min(id) / 1000 FROM messages WHERE recipient = peers.id), ${now})
              WHERE rowid IN (SELECT rowid FROM (${unsweptInboxes}))
                AND NOT EXISTS (SELECT 1 FROM messages WHERE recipient = peers.id AND id < ${messageExpiry * 1000}) RETURNING 1`
          ]
        },
        // Ends the claims whose host was unseen for too long, and the sessions of those claims.
        {
          what: "claims",
          fullRound: 1,
          countedIndex: 3,
          statements: [
            sql`DELETE FROM peers WHERE room IN (
              SELECT id FROM (
                SELECT due.id FROM (${expiredRooms}) due
                LEFT JOIN peers p ON p.room = due.id LEFT JOIN messages m ON m.recipient = p.id LIMIT ${chunk}))`,
            endMemberships(sql, emptiedRooms, now),
            sql`DELETE FROM removals WHERE room IN (${emptiedRooms})`,
            sql`UPDATE rooms SET host_key_hash = NULL, claim = NULL, ended_at = ${now}, waiting_room = 0, locked = 0
              WHERE id IN (${emptiedRooms}) RETURNING 1`
          ]
        },
        // Deletes guests that were unseen for too long, and tells their hosts. Hosts are deleted with their claims.
        {
          what: "peers",
          fullRound: 1,
          countedIndex: 1,
          statements: deleteGuestsAndTellHosts(sql, unseenGuests, now)
        },
        // Rooms that have never had a host. The guests that wait there join again.
        {
          what: "rooms",
          fullRound: chunk,
          countedIndex: 0,
          statements: [
            sql`DELETE FROM rooms WHERE rowid IN (
              SELECT rowid FROM rooms WHERE active_at < ${peerExpiry} AND claim IS NULL AND ended_at IS NULL LIMIT ${chunk})
              RETURNING 1`
          ]
        },
        {
          what: "rooms",
          fullRound: chunk,
          countedIndex: 0,
          statements: [
            sql`DELETE FROM rooms WHERE rowid IN (
              SELECT rowid FROM rooms WHERE ended_at IS NOT NULL AND ended_at < ${endedExpiry} LIMIT ${chunk})
              RETURNING 1`
          ]
        },
        {
          what: "memberships",
          fullRound: chunk,
          countedIndex: 0,
          statements: [
            sql`DELETE FROM memberships WHERE (token_hash, claim) IN (
              SELECT token_hash, claim FROM memberships WHERE ended_at IS NOT NULL AND ended_at < ${endedExpiry}
              LIMIT ${chunk}) RETURNING 1`
          ]
        },
        // Credentials that have expired.
        {
          what: "relays",
          fullRound: chunk,
          countedIndex: 0,
          statements: [
            sql`DELETE FROM relays WHERE username IN (
              SELECT username FROM relays WHERE expires_at < ${now} LIMIT ${chunk}) RETURNING 1`,
            // The hours that are over, some thousand rows.
            sql`DELETE FROM relay_grants WHERE hour < ${Math.floor(now / 3_600_000)}`
          ]
        }
      ]
    }

    /** Runs one round of a phase. A failure is logged and does not stop the other phases. */
    const runRound = ({ countedIndex, fullRound, statements, what }: Phase) =>
      batch(statements).pipe(
        Effect.map((results) => ({
          deleted: results[countedIndex]?.length ?? 0,
          hasMore: results.some((rows) => rows.length >= fullRound)
        })),
        Effect.catchAllCause((cause) =>
          Cause.isInterruptedOnly(cause)
            ? Effect.failCause(cause).pipe(Effect.orDie)
            : Effect.as(Effect.logError(`The cleanup of ${what} failed`, cause), { deleted: 0, hasMore: false })
        )
      )

    /**
     * Runs a round of each phase in turn, and further rounds of phases that have more rows to delete, until nothing is
     * due or the budget is spent. The next run does what is left, and begins with the oldest.
     */
    const run = Effect.fn("Cleanup.run")(function* () {
      const totals = { messages: 0, claims: 0, peers: 0, rooms: 0, memberships: 0, relays: 0 }
      let due = phases(yield* Clock.currentTimeMillis)
      let statementsLeft = budget
      const rest = new Set<Phase["what"]>()
      while (due.length > 0) {
        const unfinished: Array<Phase> = []
        for (const phase of due) {
          if (phase.statements.length > statementsLeft) {
            rest.add(phase.what)
            continue
          }
          statementsLeft -= phase.statements.length
          const { deleted, hasMore } = yield* runRound(phase)
          totals[phase.what] += deleted
          if (hasMore) unfinished.push(phase)
        }
        due = unfinished
      }
      yield* Effect.logInfo("Cleaned up", totals).pipe(
        rest.size === 0 ? identity : Effect.annotateLogs({ rest: [...rest].join(" ") })
      )
      return totals
    })

    return { run } as const
  })
}) {}
