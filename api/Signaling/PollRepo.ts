import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type Cursor, PeerId, RoomId, SessionId } from "../contract/Ids.js"
import { messagesPerPoll } from "../contract/Messages.js"
import { Role } from "../contract/Peer.js"
import { repeatWindow, tellHost } from "../Database/inbox.js"
import { placeKeptMillis } from "../Database/places.js"
import { decodeRows } from "../Database/rows.js"
import { Database } from "../Database.js"
import { Memberships } from "../Memberships.js"
import type { SecretHash } from "../Secrets.js"

/** A peer was seen at the time `now`, in milliseconds since 1970, and has read up to the cursor `after`. */
export interface Sighting {
  readonly now: number
  readonly after: Cursor
}

const InboxRow = Schema.Struct({
  room: RoomId,
  peer: PeerId,
  role: Role,
  seenAt: Schema.Number,
  readTo: Schema.Number,
  session: SessionId,
  // The columns of one message, all null if there are no new messages. `Signaling` decodes them as a `Message`.
  id: Schema.NullOr(Schema.Number),
  sender: Schema.NullOr(Schema.String),
  type: Schema.NullOr(Schema.String),
  size: Schema.NullOr(Schema.Number),
  /** Also null if it is large. */
  body: Schema.NullOr(Schema.String)
})

const LargeRow = Schema.Struct({ id: Schema.Number, body: Schema.String })

/** The most read messages that one poll deletes. */
const maxDeletedPerPoll = 500

/** One poll adds messages until their bodies have this many characters; the first is returned whatever its size. */
const charactersPerPoll = 262_144

/** A body of more characters than this is read separately. Session descriptions of real calls have some 10,000. */
const largeBody = 16_384

/** The queries of polls. */
export class PollRepo extends Effect.Service<PollRepo>()("PollRepo", {
  dependencies: [Memberships.Default],
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { failUnknownToken } = yield* Memberships
    const decodeInbox = decodeRows(InboxRow)
    const decodeLarge = decodeRows(LargeRow)

    /** Reads the large bodies of these messages, by id. */
    const readLarge = Effect.fnUntraced(function* (peer: PeerId, ids: ReadonlyArray<number>) {
      if (ids.length === 0) return new Map<number, string>()
      const [found] = yield* batch([
        sql`SELECT id, body FROM messages WHERE recipient = ${peer} AND ${sql.in("id", ids)}`
      ])
      return new Map((yield* decodeLarge(found)).map(({ body, id }) => [id, body] as const))
    })

    /**
     * Stores that the peer was seen, and how far it has read. This keeps the claim of a host's room alive. If a guest
     * was unseen for `placeKeptMillis`, its host receives `joined`, because a host that resumed in the meantime did not
     * list it. Deletes messages that the peer has read, the oldest first: the peer does not poll from before its cursor
     * again, and after `repeatWindow` no sender needs their keys to recognise a repeat.
     */
    const storeSighting = (tokenHash: SecretHash, { after, now }: Sighting) => [
      ...tellHost(sql, sql`g.token_hash = ${tokenHash} AND g.seen_at <= ${now - placeKeptMillis}`, "joined", now),
      sql`UPDATE peers SET seen_at = ${now}, read_to = max(read_to, ${after}) WHERE token_hash = ${tokenHash}`,
      sql`UPDATE rooms SET active_at = ${now}
        WHERE id = (SELECT room FROM peers WHERE token_hash = ${tokenHash} AND role = 'host')`,
      sql`DELETE FROM messages WHERE (recipient, id) IN (
        SELECT m.recipient, m.id
        FROM peers p JOIN messages m ON m.recipient = p.id AND m.id <= min(p.read_to, ${now * 1000 - repeatWindow})
        WHERE p.token_hash = ${tokenHash} ORDER BY m.id LIMIT ${maxDeletedPerPoll})`
    ]

    /** Stores a sighting in a separate round trip. A sighting that is passed to `read` needs none. */
    const touch = Effect.fn("PollRepo.touch")((tokenHash: SecretHash, sighting: Sighting) =>
      batch(storeSighting(tokenHash, sighting))
    )

    /**
     * Authenticates the caller and reads its inbox in one SELECT, which reads 3 rows if there are no new messages.
     * `sighting` is stored after it, in the same round trip. Large bodies are read in a second round trip, and only
     * those that this answer has room for: a hundred large bodies would be 6 MB for one poll.
     */
    const read = Effect.fnUntraced(function* (tokenHash: SecretHash, after: Cursor, sighting: Sighting | null) {
      const [found] = yield* batch([
        sql`SELECT p.id AS peer, p.room, p.role, p.seen_at AS seenAt, p.read_to AS readTo, s.session, m.id, m.sender, m.type,
            length(m.body) AS size, CASE WHEN length(m.body) <= ${largeBody} THEN m.body END AS body
          FROM peers p JOIN rooms s ON s.id = p.room LEFT JOIN messages m ON m.recipient = p.id AND m.id > ${after}
          WHERE p.token_hash = ${tokenHash} ORDER BY m.id LIMIT ${messagesPerPoll}`,
        ...(sighting === null ? [] : storeSighting(tokenHash, sighting))
      ])
      const inbox = yield* decodeInbox(found)
      const [first] = inbox
      if (first === undefined) return yield* failUnknownToken(tokenHash)
      const { peer, readTo, role, room, seenAt, session } = first
      let size = 0
      const fitting = inbox.flatMap(({ body, id, sender, size: bodySize, type }) => {
        if (id === null || sender === null || type === null || bodySize === null || size >= charactersPerPoll) return []
        size += bodySize
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
      /** Whether `messages` has all messages after the cursor. */
      const isComplete = inbox.length < messagesPerPoll && inbox.at(-1)?.id === (messages.at(-1)?.id ?? null)
      /** See `Checked` of the doorbell. */
      const emptyAfter = isComplete ? (messages.at(-1)?.id ?? after) : null
      return { address: { room, peer, role }, emptyAfter, readTo, seenAt, session, messages }
    })

    return { read, touch } as const
  })
}) {}
