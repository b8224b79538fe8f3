import type * as Statement from "@effect/sql/Statement"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { NotAllowed, RecipientUnknown, Removed, RoomFull, RoomLocked, SessionEnded } from "../contract/Errors.js"
import { ClaimId, Cursor, MessageId, PeerId, RoomId, SessionId } from "../contract/Ids.js"
import { messagesPerPoll } from "../contract/Messages.js"
import { Role } from "../contract/Peer.js"
import type { JoinOffer } from "../contract/Requests.js"
import {
  guestJson,
  lastId,
  nextId,
  type OutgoingMessage,
  placeKept,
  post,
  repeatOf,
  repeatWindow,
  takeBack,
  tokenElsewhere
} from "../Database/inbox.js"
import { decodeFirst, decodeRows, flag, guestOf, hostOf, PeerRow } from "../Database/rows.js"
import { Database } from "../Database.js"
import { endMemberships, Memberships, tokenEnded } from "../Memberships.js"
import type { SecretHash } from "../Secrets.js"

/** A guest's join, with all that chance and time bring into it. */
export interface GuestJoin {
  readonly room: RoomId
  readonly tokenHash: SecretHash
  readonly name: string | null
  readonly newSession: SessionId
  readonly newPeer: PeerId
  /** Guests that are in the room at most, and guests that wait to be let in. */
  readonly maxGuests: number
  readonly maxWaiting: number
  /** See `OutgoingMessage`. */
  readonly maxUnread: number
  /** What the guest calls the host with, where there is one that lets it in. */
  readonly offer: JoinOffer | null
  /** Milliseconds since 1970. */
  readonly now: number
}

const EntryRow = Schema.Struct({
  ended: Schema.Number,
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

const SentRow = Schema.Struct({ id: MessageId, room: RoomId })

const UnsentRow = Schema.Struct({
  waiting: Schema.Number,
  room: RoomId,
  recipient: Schema.NullOr(PeerId),
  repeated: Schema.NullOr(MessageId)
})

const PlaceRow = Schema.Struct({ room: RoomId, peer: PeerId, role: Role })

/** That a peer was seen at a time, in milliseconds since 1970, with all read up to a cursor. */
export interface Sighting {
  readonly now: number
  readonly after: Cursor
}

const InboxRow = Schema.Struct({
  ...PlaceRow.fields,
  seenAt: Schema.Number,
  readTo: Schema.Number,
  session: SessionId,
  // Decoded as a message, with its body.
  id: Schema.NullOr(Schema.Number),
  sender: Schema.NullOr(Schema.String),
  type: Schema.NullOr(Schema.String),
  size: Schema.NullOr(Schema.Number),
  body: Schema.NullOr(Schema.String)
})

const LargeRow = Schema.Struct({ id: Schema.Number, body: Schema.String })

/** How far a peer has read is written down late, by up to this, in microseconds: twice the pace of it. */
const readLag = 10_000_000

/** Unread `left` in an inbox, beyond which guests that its host has not heard of come and go without a word. */
const maxLeft = 200

/** Read messages that one poll deletes at most. */
const forgottenAtOnce = 500

/** The bodies that one poll gives at most, in characters; the first message is given whatever its size. */
const charactersPerPoll = 262_144

/** A body of more characters than this is read on its own. Descriptions of real calls have some 10,000. */
const largeBody = 16_384

/** The queries of signaling. */
export class SignalingRepo extends Effect.Service<SignalingRepo>()("SignalingRepo", {
  dependencies: [Memberships.Default],
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { refuse } = yield* Memberships
    const decodeEntry = decodeFirst(EntryRow)
    const decodeSent = decodeFirst(SentRow)
    const decodeUnsent = decodeFirst(UnsentRow)
    const decodePlace = decodeFirst(PlaceRow)
    const decodePeer = decodeFirst(Schema.Struct({ id: PeerId, calls: Schema.Number }))
    const decodeInbox = decodeRows(InboxRow)
    const decodeLarge = decodeRows(LargeRow)

    const placeOf = (tokenHash: SecretHash) =>
      sql`SELECT room, id AS peer, role FROM peers WHERE token_hash = ${tokenHash}`

    /**
     * Puts what a guest's coming and going tells its host into the host's inbox, in the place of older news of the same
     * kind: coming and going fills nothing. `guest` picks the peer.
     */
    const tellHost = (guest: Statement.Fragment, type: "joined" | "away", body: Statement.Fragment, now: number) => {
      const pair = sql`FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host' WHERE ${guest} AND g.role = 'guest'`
      return [
        sql`DELETE FROM messages WHERE (recipient, id) IN (
          SELECT recipient, id FROM messages INDEXED BY messages_news
          WHERE recipient = (SELECT h.id ${pair}) AND sender = (SELECT g.id ${pair}) AND key IS NULL
            AND type IN ('away', ${type}))`,
        sql`INSERT INTO messages (recipient, id, sender, type, body)
          SELECT h.id, ${nextId(sql, "h.id", now)}, g.id, ${type}, ${body} ${pair}`
      ]
    }
    const guestJoined = sql`json_object('peer', ${guestJson(sql, "g")})`

    /** The guest's call to its host, and the id that this message has. It stands behind `joined`, and not without it. */
    const offerFrom = (tokenHash: SecretHash, { claim, ...offer }: JoinOffer, maxUnread: number, now: number) => {
      // No caller's own idempotency key has a space.
      const message = { key: `offer ${offer.connection}`, type: "offer", body: JSON.stringify(offer), maxUnread, now }
      return {
        put: post(
          sql,
          sql`SELECT g.id AS sender, h.id AS recipient, h.read_to AS readTo
            FROM peers g JOIN rooms r ON r.id = g.room JOIN peers h ON h.room = r.id AND h.role = 'host'
            WHERE g.token_hash = CASE changes() WHEN 1 THEN ${tokenHash} END AND g.waiting = 0
              AND r.claim = coalesce(${claim ?? null}, r.claim)`,
          message
        ),
        id: sql`CASE g.waiting WHEN 0 THEN (${repeatOf(sql, { sender: "g.id", recipient: "h.id" }, message.key)}) END`
      }
    }

    /** Enters a room as a guest and tells its host, in one atomic step. */
    const enter = Effect.fn("SignalingRepo.enter")(function* (join: GuestJoin) {
      const { maxGuests, maxUnread, maxWaiting, name, newPeer, newSession, now, offer, room, tokenHash } = join
      const call = offer === null ? null : offerFrom(tokenHash, offer, maxUnread, now)
      const elsewhere = tokenElsewhere(sql, tokenHash, room, "guest")
      const ended = tokenEnded(sql, tokenHash)
      const usable = sql`NOT ${elsewhere} AND NOT ${ended}`
      const removed = sql`EXISTS (SELECT 1 FROM removals WHERE room = ${room} AND token_hash = ${tokenHash})`
      const rows = yield* batch([
        sql`INSERT INTO rooms (id, session, created_at, active_at)
          SELECT ${room}, ${newSession}, ${now}, ${now} WHERE ${usable}
          ON CONFLICT (id) DO NOTHING`,
        sql`INSERT INTO peers (id, room, role, name, token_hash, joined_at, seen_at, waiting)
          SELECT coalesce((SELECT peer FROM memberships m WHERE m.token_hash = ${tokenHash} AND m.claim = rooms.claim), ${newPeer}),
            id, 'guest', coalesce(${name}, 'Guest'), ${tokenHash}, ${now}, ${now}, waiting_room
          FROM rooms WHERE id = ${room} AND ${usable} AND NOT ${removed} AND (
            EXISTS (SELECT 1 FROM peers WHERE token_hash = ${tokenHash})
            OR locked = 0 AND (
              SELECT count(*) FROM peers
              WHERE room = ${room} AND role = 'guest' AND waiting = waiting_room AND seen_at > ${now - placeKept}
            ) < CASE waiting_room WHEN 1 THEN ${maxWaiting} ELSE ${maxGuests} END)
          ON CONFLICT (token_hash) DO UPDATE SET name = coalesce(${name}, name), seen_at = excluded.seen_at`,
        sql`INSERT INTO memberships (token_hash, claim, peer)
          SELECT g.token_hash, r.claim, g.id FROM peers g JOIN rooms r ON r.id = g.room
          WHERE g.token_hash = ${tokenHash} AND g.room = ${room} AND g.role = 'guest' AND r.claim IS NOT NULL AND NOT ${ended}
          ON CONFLICT (token_hash, claim) DO NOTHING`,
        ...tellHost(sql`g.token_hash = ${tokenHash} AND g.room = ${room} AND NOT ${ended}`, "joined", guestJoined, now),
        ...(call === null ? [] : [call.put]),
        sql`SELECT ${ended} AS ended, ${elsewhere} AS elsewhere, r.session, r.claim, r.ended_at AS endedAt, ${lastId(sql, "g.id")} AS cursor,
            g.id AS guest, g.name AS guestName, g.waiting, r.waiting_room AS waitingRoom, ${removed} AS removed, r.locked, h.id AS host, h.name AS hostName,
            ${call === null ? sql`NULL` : call.id} AS offered
          FROM (SELECT 1) LEFT JOIN rooms r ON r.id = ${room}
          LEFT JOIN peers g ON g.token_hash = ${tokenHash} AND g.room = r.id AND g.role = 'guest'
          LEFT JOIN peers h ON h.room = r.id AND h.role = 'host'`
      ])
      const found = yield* decodeEntry(rows.at(-1))
      if (Option.exists(found, (row) => row.ended === 1)) return yield* SessionEnded.default
      if (Option.isNone(found) || found.value.elsewhere === 1) return { _tag: "Elsewhere" } as const
      const { claim, cursor, endedAt, guest, guestName, host, hostName, offered, session } = found.value
      if (session === null || guest === null || guestName === null) {
        if (found.value.removed === 1) {
          return yield* new Removed({
            message: "The host has removed you from this session. It does not take you in again."
          })
        }
        if (found.value.locked === 1) {
          return yield* new RoomLocked({
            message: "The host lets nobody new in at the moment. Try again when the host has opened the room."
          })
        }
        return yield* new RoomFull({
          message:
            found.value.waitingRoom === 1
              ? `${maxWaiting} guests wait to be let in, and there is no place for more. Try again in a while.`
              : `This room holds ${maxGuests} guests, and they are all there. Try again when one has left.`
        })
      }
      const waits = found.value.waiting ?? 0
      const unseen = host === null || hostName === null || waits === 1
      return {
        _tag: "Entered",
        session,
        // A repeat of a join whose answer was lost: the host's answer to its offer may be there already.
        cursor: offered === null ? cursor : Cursor.make(Math.min(cursor, offered - 1)),
        guest: guestOf(guest, guestName, waits),
        host: unseen ? null : hostOf(host, hostName, claim),
        claim,
        offered,
        hosting: claim !== null ? "claimed" : endedAt !== null ? "ended" : "never"
      } as const
    })

    /**
     * Authenticates the sender, routes, and puts the message into the inbox. None: the sender has left too much there.
     * The SELECT reads nothing unless nothing was inserted, and says why.
     */
    const send = Effect.fnUntraced(function* (tokenHash: SecretHash, to: PeerId, message: OutgoingMessage) {
      const [inserted, unsent] = yield* batch([
        post(
          sql,
          sql`SELECT s.id AS sender, r.id AS recipient, r.read_to AS readTo
            FROM peers s JOIN peers r ON r.id = ${to} AND r.room = s.room AND r.role <> s.role
            WHERE s.token_hash = ${tokenHash} AND s.waiting = 0`,
          message
        ),
        sql`SELECT s.waiting, s.room, r.id AS recipient, (${repeatOf(sql, { sender: "s.id", recipient: "r.id" }, message.key)}) AS repeated
          FROM peers s LEFT JOIN peers r ON r.id = ${to} AND r.room = s.room AND r.role <> s.role
          WHERE s.token_hash = CASE changes() WHEN 0 THEN ${tokenHash} END`
      ])
      const sent = yield* decodeSent(inserted)
      if (Option.isSome(sent)) return Option.some({ ...sent.value, isNew: true })
      const why = yield* decodeUnsent(unsent)
      if (Option.isNone(why)) return yield* refuse(tokenHash)
      if (why.value.waiting === 1) {
        return yield* new NotAllowed({ message: "The host has not let you in yet. Poll until you hear `admitted`." })
      }
      if (why.value.recipient === null) {
        return yield* new RecipientUnknown({
          message: "`to` is not a peer that you may write to: it has left, or it is not on the other side of your room."
        })
      }
      const { repeated: id, room } = why.value
      return id === null ? Option.none() : Option.some({ id, room, isNew: false })
    })

    /** Tells the host that the guest's page closes. Changes nothing else. Gives who the caller is: a guest, or nothing was done. */
    const goAway = Effect.fn("SignalingRepo.goAway")(function* (tokenHash: SecretHash, now: number) {
      const [rows] = yield* batch([
        placeOf(tokenHash),
        ...tellHost(sql`g.token_hash = ${tokenHash}`, "away", sql`'{}'`, now)
      ])
      const caller = yield* decodePlace(rows)
      return Option.isNone(caller) ? yield* refuse(tokenHash) : caller.value
    })

    /**
     * Deletes the peer and tells the other side, in one atomic step; what a guest has left in its host's inbox goes.
     * Ending the session takes all guests with it, and nobody needs telling: their tokens say it. Gives who has left;
     * none: a guest cannot end the session.
     */
    const leave = Effect.fn("SignalingRepo.leave")(function* (tokenHash: SecretHash, end: boolean, now: number) {
      const leaver = sql`token_hash = ${tokenHash} AND (role = 'host' OR NOT ${flag(end)})`
      /** The room that is ended, where one is. */
      const over = sql`SELECT room FROM peers WHERE ${leaver} AND ${flag(end)}`
      const guest = sql`SELECT id FROM peers WHERE ${leaver} AND role = 'guest'`
      const host = sql`SELECT h.id FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host' WHERE g.id = (${guest})`
      /** The host has not read that this guest came: a crowd of such guests is told no more than so often. */
      const unheard = sql`r.role = 'host' AND s.joined_at * 1000 > r.read_to + ${readLag} AND EXISTS (
        SELECT 1 FROM messages INDEXED BY messages_left
        WHERE recipient = r.id AND type = 'left' AND id > r.read_to LIMIT 1 OFFSET ${maxLeft - 1})`
      const rows = yield* batch([
        takeBack(sql, host, guest),
        sql`INSERT INTO messages (recipient, id, sender, type, body)
          SELECT r.id, ${nextId(sql, "r.id", now)}, s.id, 'left', '{}'
          FROM (SELECT id, room, role, joined_at FROM peers WHERE ${leaver} AND NOT ${flag(end)}) s
          JOIN peers r ON r.room = s.room AND r.role <> s.role
          WHERE NOT (${unheard})`,
        endMemberships(sql, over, now),
        sql`DELETE FROM removals WHERE room IN (${over})`,
        sql`DELETE FROM peers WHERE role = 'guest' AND room IN (${over})`,
        sql`UPDATE rooms SET host_key_hash = NULL, claim = NULL, ended_at = ${now}, waiting_room = 0, locked = 0
          WHERE id IN (${over})`,
        sql`DELETE FROM peers WHERE ${leaver} RETURNING room, id AS peer, role`,
        placeOf(tokenHash)
      ])
      const left = yield* decodePlace(rows.at(-2))
      if (Option.isSome(left) || Option.isSome(yield* decodePlace(rows.at(-1)))) return left
      return yield* refuse(tokenHash)
    })

    /** The bodies of messages too large to come along with the others, by id. */
    const readLarge = Effect.fnUntraced(function* (peer: PeerId, ids: ReadonlyArray<number>) {
      if (ids.length === 0) return new Map<number, string>()
      const [found] = yield* batch([
        sql`SELECT id, body FROM messages WHERE recipient = ${peer} AND ${sql.in("id", ids)}`
      ])
      return new Map((yield* decodeLarge(found)).map(({ body, id }) => [id, body] as const))
    })

    /**
     * Writes down that the peer was seen, and how far it has read. A host keeps its room's claim alive by it. Of a guest
     * that was not seen for so long that a resumed host is told nothing of it, the host hears `joined`. What was read is
     * deleted, the oldest first, once no repeat of it can come: nobody asks again for what lies behind its own cursor.
     */
    const sighted = (tokenHash: SecretHash, { after, now }: Sighting) => [
      ...tellHost(sql`g.token_hash = ${tokenHash} AND g.seen_at <= ${now - placeKept}`, "joined", guestJoined, now),
      sql`UPDATE peers SET seen_at = ${now}, read_to = max(read_to, ${after}) WHERE token_hash = ${tokenHash}`,
      sql`UPDATE rooms SET active_at = ${now}
        WHERE id = (SELECT room FROM peers WHERE token_hash = ${tokenHash} AND role = 'host')`,
      sql`DELETE FROM messages WHERE (recipient, id) IN (
        SELECT m.recipient, m.id
        FROM peers p JOIN messages m ON m.recipient = p.id AND m.id <= min(p.read_to, ${now * 1000 - repeatWindow})
        WHERE p.token_hash = ${tokenHash} ORDER BY m.id LIMIT ${forgottenAtOnce})`
    ]

    /** Writes a sighting down by itself: a round trip, which `read` spares where it is given one. */
    const touch = Effect.fn("SignalingRepo.touch")((tokenHash: SecretHash, sighting: Sighting) =>
      batch(sighted(tokenHash, sighting))
    )

    /**
     * Authenticates the caller and reads its inbox in one SELECT: 3 rows read where there is nothing new. `sighting` is
     * written down after it, in the same round trip. Large bodies come later, only those that this answer has room for:
     * a hundred of them would be 6 MB for one poll.
     */
    const read = Effect.fnUntraced(function* (tokenHash: SecretHash, after: Cursor, sighting: Sighting | null) {
      const [found] = yield* batch([
        sql`SELECT p.id AS peer, p.room, p.role, p.seen_at AS seenAt, p.read_to AS readTo, s.session, m.id, m.sender, m.type,
            length(m.body) AS size, CASE WHEN length(m.body) <= ${largeBody} THEN m.body END AS body
          FROM peers p JOIN rooms s ON s.id = p.room LEFT JOIN messages m ON m.recipient = p.id AND m.id > ${after}
          WHERE p.token_hash = ${tokenHash} ORDER BY m.id LIMIT ${messagesPerPoll}`,
        ...(sighting === null ? [] : sighted(tokenHash, sighting))
      ])
      const inbox = yield* decodeInbox(found)
      const [first] = inbox
      if (first === undefined) return yield* refuse(tokenHash)
      const { peer, readTo, role, room, seenAt, session } = first
      let size = 0
      const fitting = inbox.flatMap(({ body, id, sender, size: own, type }) => {
        if (id === null || sender === null || type === null || own === null || size >= charactersPerPoll) return []
        size += own
        return [{ id, from: sender, type, body }]
      })
      const large = yield* readLarge(
        peer,
        fitting.flatMap(({ body, id }) => (body === null ? [id] : []))
      )
      const messages = fitting.flatMap(({ body: small, ...message }) => {
        const body = small ?? large.get(message.id)
        return body === undefined ? [] : [{ ...message, body }]
      })
      const isWhole = inbox.length < messagesPerPoll && inbox.at(-1)?.id === (messages.at(-1)?.id ?? null)
      const upTo = isWhole ? (messages.at(-1)?.id ?? after) : null
      return { place: { room, peer, role }, upTo, readTo, seenAt, session, messages }
    })

    /** The peer that holds the token, and whether there is somebody whom it may call: its host, or a guest that is in. */
    const find = Effect.fn("SignalingRepo.find")(function* (tokenHash: SecretHash) {
      const [rows] = yield* batch([
        sql`SELECT id, waiting = 0 AND EXISTS (
            SELECT 1 FROM peers o WHERE o.room = p.room AND o.role = iif(p.role = 'host', 'guest', 'host') AND o.waiting = 0
          ) AS calls FROM peers p WHERE token_hash = ${tokenHash}`
      ])
      const peer = yield* decodePeer(rows)
      return yield* Option.match(peer, {
        onNone: () => refuse(tokenHash),
        onSome: ({ calls, id }) => Effect.succeed({ id, calls: calls === 1 })
      })
    })

    return { enter, send, goAway, leave, read, touch, find } as const
  })
}) {}
