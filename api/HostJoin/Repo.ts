import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ClaimId, Cursor, PeerId, type RoomId, SessionId } from "../contract/Ids.js"
import { Role } from "../contract/Peer.js"
import { PeerName } from "../contract/PeerName.js"
import { hostJson, lastId, nextId, tokenElsewhere } from "../Database/inbox.js"
import { placeKeptMillis } from "../Database/places.js"
import { decodeRows, flag, guestOf, hostOf } from "../Database/rows.js"
import { Database } from "../Database.js"
import { endMemberships, tokenEnded } from "../Memberships.js"
import type { SecretHash } from "../Secrets.js"

/** A host's join, with the ids and the time to use: the queries generate none themselves. */
export interface HostJoinParameters {
  readonly room: RoomId
  readonly keyHash: SecretHash
  readonly tokenHash: SecretHash
  readonly name: string | null
  readonly resume: boolean
  /** The caller gave the deployment's host password, and so may take over a claimed room. */
  readonly passwordProven: boolean
  /** The ids to use if this join makes a new session, peer or claim. */
  readonly newSession: SessionId
  readonly newPeer: PeerId
  readonly newClaim: ClaimId
  /** Milliseconds since 1970. */
  readonly now: number
  /** A claim has ended if its host was last seen before this time, in milliseconds since 1970. */
  readonly expiry: number
}

/** What the join returns: one row for each peer of the room, or a single row without a peer. Conditions are 0 or 1. */
const Row = Schema.Struct({
  /** The token was a guest's under a claim that has ended. */
  ended: Schema.Number,
  /** The token belongs to a peer of another room or to a guest. */
  elsewhere: Schema.Number,
  /** The room has the caller's key. Null if the room is free or does not exist. */
  hasKey: Schema.NullOr(Schema.Number),
  session: Schema.NullOr(SessionId),
  claim: Schema.NullOr(ClaimId),
  cursor: Cursor,
  id: Schema.NullOr(PeerId),
  role: Schema.NullOr(Role),
  waiting: Schema.NullOr(Schema.Number),
  waitingRoom: Schema.NullOr(Schema.Number),
  locked: Schema.NullOr(Schema.Number),
  name: Schema.NullOr(PeerName.to)
})

/** The queries of a host's join. */
export class HostJoinRepo extends Effect.Service<HostJoinRepo>()("HostJoinRepo", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decode = decodeRows(Row)

    /**
     * Claims the room in one atomic step. After the INSERT into `rooms`, on which the later statements depend, the room
     * has the caller's key hash if and only if the caller may host it, and the new session id if and only if a fresh
     * session starts. The room's claim stays with its key. Another key makes another claim, which ends the session for
     * the guests of the previous claim, present or not, unless the session is resumed with the password.
     */
    const claimRoom = Effect.fn("HostJoinRepo.claimRoom")(function* (join: HostJoinParameters) {
      const { expiry, keyHash, name, newClaim, newPeer, newSession, now, room, tokenHash } = join
      const elsewhere = tokenElsewhere(sql, tokenHash, room, "host")
      const ended = tokenEnded(sql, tokenHash)
      /** True if the token may host this room at all. */
      const mayJoin = sql`NOT ${elsewhere} AND NOT ${ended}`
      const resume = flag(join.resume)
      const passwordProven = flag(join.passwordProven)
      /** True if this host has joined with the same token before, and the room still has its key. */
      const isRepeat = sql`EXISTS (
        SELECT 1 FROM peers WHERE token_hash = ${tokenHash} AND room = ${room} AND role = 'host' AND rooms.host_key_hash = ${keyHash}
      )`
      /** True if the claim has expired, or the password takes it over. */
      const canTakeOver = sql`(active_at < ${expiry} OR ${passwordProven})`
      /** The room, if another key holds it and this join takes it over. */
      const roomToTakeOver = sql`SELECT id FROM rooms WHERE id = ${room} AND host_key_hash <> ${keyHash} AND ${canTakeOver} AND ${mayJoin}`
      /** True if the session goes on, with its peers and messages. For a row of `rooms`, as are the two above. */
      const sessionContinues = sql`${isRepeat} OR ${resume} AND (
        host_key_hash = ${keyHash} OR ${passwordProven} AND host_key_hash IS NOT NULL AND active_at >= ${expiry}
      )`
      const rows = yield* batch([
        sql`UPDATE memberships SET claim = ${newClaim}
          WHERE claim IN (SELECT claim FROM rooms WHERE id IN (${roomToTakeOver}) AND (${sessionContinues}))`,
        endMemberships(sql, roomToTakeOver, now),
        sql`INSERT INTO rooms (id, host_key_hash, claim, session, created_at, active_at)
          SELECT ${room}, ${keyHash}, ${newClaim}, ${newSession}, ${now}, ${now} WHERE ${mayJoin}
          ON CONFLICT (id) DO UPDATE SET
            session = CASE WHEN ${sessionContinues} THEN session ELSE excluded.session END,
            created_at = CASE WHEN ${sessionContinues} THEN created_at ELSE excluded.created_at END,
            waiting_room = CASE WHEN ${sessionContinues} OR host_key_hash = excluded.host_key_hash THEN waiting_room ELSE 0 END,
            locked = CASE WHEN ${sessionContinues} THEN locked ELSE 0 END,
            claim = CASE WHEN host_key_hash = excluded.host_key_hash THEN coalesce(claim, excluded.claim) ELSE excluded.claim END,
            host_key_hash = excluded.host_key_hash,
            active_at = excluded.active_at,
            ended_at = NULL
          WHERE host_key_hash IS NULL OR host_key_hash = excluded.host_key_hash OR ${canTakeOver}`,
        sql`DELETE FROM peers WHERE room = (SELECT id FROM rooms WHERE id = ${room} AND session = ${newSession})`,
        sql`DELETE FROM removals WHERE room = (SELECT id FROM rooms WHERE id = ${room} AND session = ${newSession})`,
        // A host with another key must not read what was sent to the previous host.
        sql`DELETE FROM peers WHERE role = 'host' AND room = (SELECT id FROM rooms WHERE id = ${room} AND claim = ${newClaim})`,
        sql`INSERT INTO peers (id, room, role, name, token_hash, joined_at, seen_at)
          SELECT ${newPeer}, id, 'host', coalesce(${name}, 'Host'), ${tokenHash}, ${now}, ${now}
          FROM rooms WHERE id = ${room} AND host_key_hash = ${keyHash} AND ${mayJoin}
          ON CONFLICT (room) WHERE role = 'host' DO UPDATE SET
            token_hash = excluded.token_hash, name = coalesce(${name}, name), seen_at = excluded.seen_at,
            read_to = max(read_to, ${lastId(sql, "peers.id")})`,
        sql`INSERT INTO messages (recipient, id, sender, type, body)
          SELECT g.id, ${nextId(sql, "g.id", now)}, h.id, 'host-joined',
            json_object('peer', ${hostJson(sql, "h", "r")})
          FROM peers h JOIN rooms r ON r.id = h.room JOIN peers g ON g.room = h.room AND g.role = 'guest' AND g.waiting = 0
          WHERE ${resume} AND h.token_hash = ${tokenHash} AND h.room = ${room} AND h.role = 'host'`,
        sql`SELECT ${ended} AS ended, ${elsewhere} AS elsewhere, r.host_key_hash = ${keyHash} AS hasKey, r.session, r.claim,
            CASE p.role WHEN 'host' THEN ${lastId(sql, "p.id")} ELSE 0 END AS cursor, p.id, p.role, p.name,
            p.waiting, r.waiting_room AS waitingRoom, r.locked
          FROM (SELECT 1) LEFT JOIN rooms r ON r.id = ${room} LEFT JOIN peers p ON p.room = r.id
            AND (p.role = 'host' OR p.seen_at > ${now - placeKeptMillis})
          ORDER BY p.joined_at, p.rowid`
      ])
      const peerRows = yield* decode(rows.at(-1))
      const [first] = peerRows
      if (first?.ended === 1) return { _tag: "Ended" } as const
      if (first === undefined || first.elsewhere === 1) return { _tag: "Elsewhere" } as const
      if (first.hasKey !== 1 || first.session === null) return { _tag: "Taken" } as const
      const { claim, session } = first
      const peers = peerRows.flatMap(({ cursor, id, name, role, waiting }) =>
        id === null || role === null || name === null
          ? []
          : [{ cursor, peer: role === "host" ? hostOf(id, name, claim) : guestOf(id, name, waiting ?? 0) }]
      )
      return Option.match(Option.fromNullable(peers.find(({ peer }) => peer.role === "host")), {
        onNone: () => ({ _tag: "Taken" }) as const,
        onSome: (host) =>
          ({
            _tag: "Claimed",
            session,
            host: host.peer,
            cursor: host.cursor,
            waitingRoom: first.waitingRoom === 1,
            locked: first.locked === 1,
            guests: peers.flatMap(({ peer }) => (peer.role === "guest" ? [peer] : []))
          }) as const
      })
    })

    return { claimRoom } as const
  })
}) {}
