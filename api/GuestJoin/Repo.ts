import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Removed, RoomFull, RoomLocked, SessionEnded } from "../contract/Errors.js"
import { ClaimId, Cursor, MessageId, PeerId, type RoomId, SessionId } from "../contract/Ids.js"
import type { JoinOffer } from "../contract/Requests.js"
import { lastId, post, repeatOf, tellHost, tokenElsewhere } from "../Database/inbox.js"
import { evictOverLimit, placeKeptMillis } from "../Database/places.js"
import { decodeFirst, guestOf, hostOf, PeerRow } from "../Database/rows.js"
import { Database } from "../Database.js"
import { tokenEnded } from "../Memberships.js"
import type { SecretHash } from "../Secrets.js"

/** A guest's join, with the ids and the time to use: the queries generate none themselves. */
export interface GuestJoinParameters {
  readonly room: RoomId
  readonly tokenHash: SecretHash
  readonly name: string | null
  /** The ids to use if this join makes a new session or peer. */
  readonly newSession: SessionId
  readonly newPeer: PeerId
  /** The most guests that are in the room, and the most that wait to be let in. */
  readonly maxGuests: number
  readonly maxWaiting: number
  /** See `OutgoingMessage`. */
  readonly maxUnread: number
  /** The guest's offer, delivered if there is a host and the guest need not wait. Null if the join has no offer. */
  readonly offer: JoinOffer | null
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What the join returns. Conditions are 0 or 1. */
const EntryRow = Schema.Struct({
  /** The token was a guest's under a claim that has ended. */
  ended: Schema.Number,
  /** The token belongs to a peer of another room or to a host. */
  elsewhere: Schema.Number,
  session: Schema.NullOr(SessionId),
  cursor: Cursor,
  guest: Schema.NullOr(PeerId),
  guestName: Schema.NullOr(PeerRow.fields.name),
  waiting: Schema.NullOr(Schema.Number),
  waitingRoom: Schema.NullOr(Schema.Number),
  removed: Schema.Number,
  locked: Schema.NullOr(Schema.Number),
  host: Schema.NullOr(PeerId),
  hostName: Schema.NullOr(PeerRow.fields.name),
  claim: Schema.NullOr(ClaimId),
  endedAt: Schema.NullOr(Schema.Number),
  offered: Schema.NullOr(MessageId)
})

/** The reason why the room did not let the guest in, although the token may join it. */
const refusalOf = (entry: typeof EntryRow.Type, { maxGuests, maxWaiting }: GuestJoinParameters) => {
  if (entry.removed === 1) {
    return new Removed({ message: "The host has removed you from this session. You cannot join it again." })
  }
  if (entry.locked === 1) {
    return new RoomLocked({
      claim: entry.claim,
      message: "The host has locked the room. Try again when the host has unlocked it."
    })
  }
  return new RoomFull({
    message:
      entry.waitingRoom === 1
        ? `${maxWaiting} guests already wait to be let in, and no more can. Try again later.`
        : `This room is full: it has ${maxGuests} guests. Try again when one has left.`
  })
}

/** The queries of a guest's join. */
export class GuestJoinRepo extends Effect.Service<GuestJoinRepo>()("GuestJoinRepo", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decodeEntry = decodeFirst(EntryRow)

    /**
     * `put` puts the guest's offer into its host's inbox; `id` selects the id of that message, null if there is none.
     * `put` has to follow the INSERT of `joined` in the batch: the `changes()` in `put` is the number of rows that this
     * INSERT wrote, so that the offer comes right after `joined`, and never without it.
     */
    const offerFrom = (tokenHash: SecretHash, { claim, ...offer }: JoinOffer, maxUnread: number, now: number) => {
      // The space distinguishes this key from the idempotency keys of callers, which cannot contain a space.
      const message = { key: `offer ${offer.connection}`, type: "offer", body: JSON.stringify(offer), maxUnread, now }
      return {
        put: post(
          sql,
          sql`SELECT g.id AS sender, h.id AS recipient, h.read_to AS readTo, h.given_to AS givenTo
            FROM peers g JOIN rooms r ON r.id = g.room JOIN peers h ON h.room = r.id AND h.role = 'host'
            WHERE g.token_hash = CASE changes() WHEN 1 THEN ${tokenHash} END AND g.waiting = 0
              AND r.claim = coalesce(${claim ?? null}, r.claim)`,
          message
        ),
        id: sql`CASE g.waiting WHEN 0 THEN (${repeatOf(sql, { sender: "g.id", recipient: "h.id" }, message.key)}) END`
      }
    }

    /**
     * Enters a room as a guest and puts `joined`, and the offer if there is one, into the host's inbox, in one atomic
     * batch. Returns `Elsewhere` if the token belongs to a peer of another room or role.
     */
    const enter = Effect.fn("GuestJoinRepo.enter")(function* (join: GuestJoinParameters) {
      const { maxGuests, maxUnread, maxWaiting, name, newPeer, newSession, now, offer, room, tokenHash } = join
      const delivery = offer === null ? null : offerFrom(tokenHash, offer, maxUnread, now)
      const elsewhere = tokenElsewhere(sql, tokenHash, room, "guest")
      const ended = tokenEnded(sql, tokenHash)
      /** True if the token may join this room at all. */
      const mayJoin = sql`NOT ${elsewhere} AND NOT ${ended}`
      /** The limit that a new guest counts towards, for a row of `rooms`. */
      const placeLimit = sql`CASE waiting_room WHEN 1 THEN ${maxWaiting} ELSE ${maxGuests} END`
      const removed = sql`EXISTS (SELECT 1 FROM removals WHERE room = ${room} AND token_hash = ${tokenHash})`
      const rows = yield* batch([
        sql`INSERT INTO rooms (id, session, created_at, active_at)
          SELECT ${room}, ${newSession}, ${now}, ${now} WHERE ${mayJoin}
          ON CONFLICT (id) DO NOTHING`,
        // A guest that the room knows always comes in again. A new guest needs an unlocked room with a place: among the
        // guests who wait if there is a waiting room, else among the guests who are in.
        sql`INSERT INTO peers (id, room, role, name, token_hash, joined_at, seen_at, waiting)
          SELECT coalesce((SELECT peer FROM memberships m WHERE m.token_hash = ${tokenHash} AND m.claim = rooms.claim), ${newPeer}),
            id, 'guest', coalesce(${name}, 'Guest'), ${tokenHash}, ${now}, ${now}, waiting_room
          FROM rooms WHERE id = ${room} AND ${mayJoin} AND NOT ${removed} AND (
            EXISTS (SELECT 1 FROM peers WHERE token_hash = ${tokenHash})
            OR locked = 0 AND (
              SELECT count(*) FROM peers
              WHERE room = ${room} AND role = 'guest' AND waiting = waiting_room AND seen_at > ${now - placeKeptMillis}
            ) < ${placeLimit})
          ON CONFLICT (token_hash) DO UPDATE SET name = coalesce(${name}, name), seen_at = excluded.seen_at`,
        ...evictOverLimit(
          sql,
          sql`${room}`,
          {
            waiting: sql`SELECT waiting_room FROM rooms WHERE id = ${room}`,
            max: sql`SELECT ${placeLimit} FROM rooms WHERE id = ${room}`
          },
          now
        ),
        sql`INSERT INTO memberships (token_hash, claim, peer)
          SELECT g.token_hash, r.claim, g.id FROM peers g JOIN rooms r ON r.id = g.room
          WHERE g.token_hash = ${tokenHash} AND g.room = ${room} AND g.role = 'guest' AND r.claim IS NOT NULL AND NOT ${ended}
          ON CONFLICT (token_hash, claim) DO NOTHING`,
        ...tellHost(sql, sql`g.token_hash = ${tokenHash} AND g.room = ${room} AND NOT ${ended}`, "joined", now),
        ...(delivery === null ? [] : [delivery.put]),
        // `FROM (SELECT 1)` always returns one row, even without such a room. It tells why a guest was not let in.
        sql`SELECT ${ended} AS ended, ${elsewhere} AS elsewhere, r.session, r.claim, r.ended_at AS endedAt, ${lastId(sql, "g.id")} AS cursor,
            g.id AS guest, g.name AS guestName, g.waiting, r.waiting_room AS waitingRoom, ${removed} AS removed, r.locked, h.id AS host, h.name AS hostName,
            ${delivery === null ? sql`NULL` : delivery.id} AS offered
          FROM (SELECT 1) LEFT JOIN rooms r ON r.id = ${room}
          LEFT JOIN peers g ON g.token_hash = ${tokenHash} AND g.room = r.id AND g.role = 'guest'
          LEFT JOIN peers h ON h.room = r.id AND h.role = 'host'`
      ])
      const found = yield* decodeEntry(rows.at(-1))
      if (Option.exists(found, (row) => row.ended === 1)) return yield* SessionEnded.default
      if (Option.isNone(found) || found.value.elsewhere === 1) return { _tag: "Elsewhere" } as const
      const { claim, cursor, endedAt, guest, guestName, host, hostName, offered, session } = found.value
      if (session === null || guest === null || guestName === null) {
        return yield* Effect.fail(refusalOf(found.value, join))
      }
      const waiting = found.value.waiting ?? 0
      const hostHidden = host === null || hostName === null || waiting === 1
      return {
        _tag: "Entered",
        session,
        // If this repeats a join whose response was lost, the host's answer may be in the inbox already. The cursor is
        // set back to before the offer, so that the guest reads that answer.
        cursor: offered === null ? cursor : Cursor.make(Math.min(cursor, offered - 1)),
        guest: guestOf(guest, guestName, waiting),
        host: hostHidden ? null : hostOf(host, hostName, claim),
        claim,
        offered,
        hosting: claim !== null ? "claimed" : endedAt !== null ? "ended" : "never"
      } as const
    })

    return { enter } as const
  })
}) {}
