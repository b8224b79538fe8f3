import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { NotAllowed, RecipientUnknown } from "../contract/Errors.js"
import { MessageId, PeerId, RoomId } from "../contract/Ids.js"
import { Role } from "../contract/Peer.js"
import { nextId, type OutgoingMessage, post, repeatOf, takeBack, tellHost } from "../Database/inbox.js"
import { decodeFirst, flag } from "../Database/rows.js"
import { Database } from "../Database.js"
import { endMemberships, Memberships } from "../Memberships.js"
import type { SecretHash } from "../Secrets.js"

const SentRow = Schema.Struct({ id: MessageId, room: RoomId })

const UnsentRow = Schema.Struct({
  waiting: Schema.Number,
  room: RoomId,
  recipient: Schema.NullOr(PeerId),
  /** The id of the message that this one repeats. Null if the sender's limit is reached. */
  repeatedId: Schema.NullOr(MessageId)
})

const PlaceRow = Schema.Struct({ room: RoomId, peer: PeerId, role: Role })

/** How far a peer has read is stored once its cursor has advanced by this much, in microseconds: 5 seconds. */
export const readEvery = 5_000_000

/** What is stored lags behind the cursor by less than this, in microseconds. */
const readLag = 2 * readEvery

/** Once a host has this many unread `left`, guests whose `joined` the host has not read leave without a message. */
const maxUnreadLeft = 200

/** The queries that send messages to other peers, and that end a peer's part in the session. */
export class SendRepo extends Effect.Service<SendRepo>()("SendRepo", {
  dependencies: [Memberships.Default],
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { failUnknownToken } = yield* Memberships
    const decodeSent = decodeFirst(SentRow)
    const decodeUnsent = decodeFirst(UnsentRow)
    const decodePlace = decodeFirst(PlaceRow)
    const decodePeer = decodeFirst(Schema.Struct({ id: PeerId, mayCall: Schema.Number }))

    const placeOf = (tokenHash: SecretHash) =>
      sql`SELECT room, id AS peer, role FROM peers WHERE token_hash = ${tokenHash}`

    /**
     * Authenticates the sender, routes the message, and puts it into the inbox. Returns none if the sender's limit in
     * that inbox is reached. The SELECT reads rows only if nothing was inserted, and finds out why.
     */
    const send = Effect.fnUntraced(function* (tokenHash: SecretHash, to: PeerId, message: OutgoingMessage) {
      const [inserted, unsent] = yield* batch([
        post(
          sql,
          sql`SELECT s.id AS sender, r.id AS recipient, r.read_to AS readTo, r.given_to AS givenTo
            FROM peers s JOIN peers r ON r.id = ${to} AND r.room = s.room AND r.role <> s.role
            WHERE s.token_hash = ${tokenHash} AND s.waiting = 0`,
          message
        ),
        sql`SELECT s.waiting, s.room, r.id AS recipient, (${repeatOf(sql, { sender: "s.id", recipient: "r.id" }, message.key)}) AS repeatedId
          FROM peers s LEFT JOIN peers r ON r.id = ${to} AND r.room = s.room AND r.role <> s.role
          WHERE s.token_hash = CASE changes() WHEN 0 THEN ${tokenHash} END`
      ])
      const sent = yield* decodeSent(inserted)
      if (Option.isSome(sent)) return Option.some({ ...sent.value, isNew: true })
      const reason = yield* decodeUnsent(unsent)
      if (Option.isNone(reason)) return yield* failUnknownToken(tokenHash)
      if (reason.value.waiting === 1) {
        return yield* new NotAllowed({ message: "The host has not let you in yet. Poll until you receive `admitted`." })
      }
      if (reason.value.recipient === null) {
        return yield* new RecipientUnknown({
          message: "You may not write to `to`: it has left, or it is not on the other side of your room."
        })
      }
      const { repeatedId: id, room } = reason.value
      return id === null ? Option.none() : Option.some({ id, room, isNew: false })
    })

    /** Tells the host that the guest's page closes, and changes nothing else. Returns the caller. No-op for a host. */
    const goAway = Effect.fn("SendRepo.goAway")(function* (tokenHash: SecretHash, now: number) {
      const [rows] = yield* batch([placeOf(tokenHash), ...tellHost(sql, sql`g.token_hash = ${tokenHash}`, "away", now)])
      const caller = yield* decodePlace(rows)
      return Option.isNone(caller) ? yield* failUnknownToken(tokenHash) : caller.value
    })

    /**
     * Deletes the peer and tells the other side, in one atomic step. The messages of a guest in its host's inbox are
     * deleted too. Ending the session deletes all guests and sends them nothing: their tokens answer `SessionEnded`.
     * Returns who has left. Returns none if a guest asked to end the session, which only a host can do.
     */
    const leave = Effect.fn("SendRepo.leave")(function* (tokenHash: SecretHash, end: boolean, now: number) {
      const leaver = sql`token_hash = ${tokenHash} AND (role = 'host' OR NOT ${flag(end)})`
      /** The room whose session is ended; none if the peer only leaves. */
      const endedRoom = sql`SELECT room FROM peers WHERE ${leaver} AND ${flag(end)}`
      const guest = sql`SELECT id FROM peers WHERE ${leaver} AND role = 'guest'`
      const host = sql`SELECT h.id FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host' WHERE g.id = (${guest})`
      /** The host has not read that this guest came, and has many unread `left` already. */
      const unknownToHost = sql`r.role = 'host' AND s.joined_at * 1000 > r.read_to + ${readLag} AND EXISTS (
        SELECT 1 FROM messages INDEXED BY messages_left
        WHERE recipient = r.id AND type = 'left' AND id > r.read_to LIMIT 1 OFFSET ${maxUnreadLeft - 1})`
      const rows = yield* batch([
        ...takeBack(sql, host, guest),
        sql`INSERT INTO messages (recipient, id, sender, type, body)
          SELECT r.id, ${nextId(sql, "r.id", now)}, s.id, 'left', '{}'
          FROM (SELECT id, room, role, joined_at FROM peers WHERE ${leaver} AND NOT ${flag(end)}) s
          JOIN peers r ON r.room = s.room AND r.role <> s.role
          WHERE NOT (${unknownToHost})`,
        endMemberships(sql, endedRoom, now),
        sql`DELETE FROM removals WHERE room IN (${endedRoom})`,
        sql`DELETE FROM peers WHERE role = 'guest' AND room IN (${endedRoom})`,
        sql`UPDATE rooms SET host_key_hash = NULL, claim = NULL, ended_at = ${now}, waiting_room = 0, locked = 0
          WHERE id IN (${endedRoom})`,
        sql`DELETE FROM peers WHERE ${leaver} RETURNING room, id AS peer, role`,
        placeOf(tokenHash)
      ])
      const [deleted, remaining] = rows.slice(-2)
      const leftPlace = yield* decodePlace(deleted)
      if (Option.isSome(leftPlace) || Option.isSome(yield* decodePlace(remaining))) return leftPlace
      return yield* failUnknownToken(tokenHash)
    })

    /** The peer that holds the token, and whether it has somebody to call: its host, or a guest that is in. */
    const findCaller = Effect.fn("SendRepo.findCaller")(function* (tokenHash: SecretHash) {
      const [rows] = yield* batch([
        sql`SELECT id, waiting = 0 AND EXISTS (
            SELECT 1 FROM peers o WHERE o.room = p.room AND o.role = iif(p.role = 'host', 'guest', 'host') AND o.waiting = 0
          ) AS mayCall FROM peers p WHERE token_hash = ${tokenHash}`
      ])
      const peer = yield* decodePeer(rows)
      return yield* Option.match(peer, {
        onNone: () => failUnknownToken(tokenHash),
        onSome: ({ id, mayCall }) => Effect.succeed({ id, mayCall: mayCall === 1 })
      })
    })

    return { send, goAway, leave, findCaller } as const
  })
}) {}
