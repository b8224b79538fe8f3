import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { NotAllowed, RecipientUnknown, RoomFull } from "../contract/Errors.js"
import { PeerId, RoomId } from "../contract/Ids.js"
import { Role } from "../contract/Peer.js"
import { hostJson, nextId, takeBack } from "../Database/inbox.js"
import { evictOverLimit, placeKeptMillis } from "../Database/places.js"
import { decodeFirst, flag } from "../Database/rows.js"
import { Database, type Rows } from "../Database.js"
import { Memberships } from "../Memberships.js"
import type { SecretHash } from "../Secrets.js"
import { Settings } from "../Settings.js"

/** Who may come in from now on. What is left out stays as it is. */
export interface RoomRules {
  readonly waitingRoom?: boolean
  readonly locked?: boolean
}

/**
 * The queries of moderation. Each change is one atomic and idempotent batch, which takes effect only if the token is a
 * host's. It returns the id of the host's room, or fails with the reason why nothing was done.
 */
export class ModerationRepo extends Effect.Service<ModerationRepo>()("ModerationRepo", {
  dependencies: [Memberships.Default],
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const { failUnknownToken } = yield* Memberships
    const { maxGuests } = yield* Settings
    const decodeOutcome = decodeFirst(
      Schema.Struct({
        room: RoomId,
        role: Role,
        guest: Schema.NullOr(PeerId),
        hasPlaces: Schema.optional(Schema.Number)
      })
    )
    const decodeOpen = decodeFirst(Schema.Struct({ open: Schema.Number }))

    const hostRoom = (tokenHash: SecretHash) =>
      sql`SELECT room FROM peers WHERE token_hash = ${tokenHash} AND role = 'host'`
    const host = (tokenHash: SecretHash) => sql`SELECT id FROM peers WHERE token_hash = ${tokenHash} AND role = 'host'`

    /**
     * 1 if the room has places for this waiting guest, or for all waiting guests if `guest` is null; also 1 if no such
     * guest waits, as in a repeat. Else 0.
     */
    const hasPlaces = (tokenHash: SecretHash, guest: PeerId | null, now: number) =>
      sql`coalesce((
        SELECT max(isAdmitted) = 0 OR sum(isAdmitted) + sum(isInside) <= ${maxGuests} FROM (
          SELECT waiting = 1 AND coalesce(${guest}, id) = id AS isAdmitted, waiting = 0 AND seen_at > ${now - placeKeptMillis} AS isInside
          FROM peers WHERE role = 'guest' AND room = (${hostRoom(tokenHash)}))), 1)`

    /**
     * Selects the caller's room and role, and the id of the guest that its request names: null unless that guest is in
     * the same room. `extraColumns` begins with a comma.
     */
    const outcome = (tokenHash: SecretHash, guest: PeerId | null, extraColumns = sql``) =>
      sql`SELECT s.room, s.role, g.id AS guest${extraColumns}
        FROM peers s LEFT JOIN peers g ON g.id = ${guest} AND g.room = s.room AND g.role = 'guest'
        WHERE s.token_hash = ${tokenHash}`

    /** The FROM clause for a guest that has joined under the caller's claim, whether it is still there or not. */
    const fromMembership = (tokenHash: SecretHash, guest: PeerId) =>
      sql`FROM rooms r JOIN memberships m ON m.claim = r.claim AND m.peer = ${guest} WHERE r.id = (${hostRoom(tokenHash)})`

    /** Decodes what `outcome` selected. Fails if the token is unknown or not a host's, or if the room has no place. */
    const requireHost = Effect.fn("ModerationRepo.requireHost")(function* (
      tokenHash: SecretHash,
      rows: Rows | undefined
    ) {
      const found = yield* decodeOutcome(rows)
      if (Option.isNone(found)) return yield* failUnknownToken(tokenHash)
      if (found.value.role !== "host") {
        return yield* new NotAllowed({ message: "Only the host can decide who may be in the room." })
      }
      if (found.value.hasPlaces === 0) {
        return yield* new RoomFull({
          message: `Your room holds at most ${maxGuests} guests, and has no place for all of these. Let in fewer, or remove somebody first.`
        })
      }
      return found.value
    })

    /** Like `requireHost`, for a request about one guest. Also fails if the room has no such guest. */
    const requireHostOfGuest = Effect.fn("ModerationRepo.requireHostOfGuest")(function* (
      tokenHash: SecretHash,
      rows: Rows | undefined
    ) {
      const { guest, room } = yield* requireHost(tokenHash, rows)
      if (guest !== null) return room
      return yield* new RecipientUnknown({
        message: "`peer` is not a guest of your session: it has left, was removed, or never joined."
      })
    })

    /** Sends `admitted` to this waiting guest, or to all if `guest` is null, if the room has places for them. */
    const tellAdmitted = (tokenHash: SecretHash, guest: PeerId | null, now: number) =>
      sql`INSERT INTO messages (recipient, id, sender, type, body)
        SELECT g.id, ${nextId(sql, "g.id", now)}, h.id, 'admitted',
          json_object('host', ${hostJson(sql, "h", "r")})
        FROM peers h JOIN rooms r ON r.id = h.room JOIN peers g ON g.room = h.room AND g.role = 'guest' AND g.waiting = 1
        WHERE h.token_hash = ${tokenHash} AND h.role = 'host' AND coalesce(${guest}, g.id) = g.id
          AND ${hasPlaces(tokenHash, guest, now)}`

    /** Lets in the same guests, and enforces the limit of guests. */
    const admitStatements = (tokenHash: SecretHash, guest: PeerId | null, now: number) => [
      sql`UPDATE peers SET waiting = 0
        WHERE role = 'guest' AND waiting = 1 AND room = (${hostRoom(tokenHash)}) AND coalesce(${guest}, id) = id
          AND ${hasPlaces(tokenHash, guest, now)}`,
      ...evictOverLimit(sql, hostRoom(tokenHash), { waiting: sql`0`, max: sql`${maxGuests}` }, now)
    ]

    const hasPlacesColumn = (tokenHash: SecretHash, guest: PeerId | null, now: number) =>
      sql`, ${hasPlaces(tokenHash, guest, now)} AS hasPlaces`

    /** Lets one guest in. */
    const admit = Effect.fn("ModerationRepo.admit")(function* (tokenHash: SecretHash, guest: PeerId, now: number) {
      const [found] = yield* batch([
        outcome(tokenHash, guest, hasPlacesColumn(tokenHash, guest, now)),
        tellAdmitted(tokenHash, guest, now),
        ...admitStatements(tokenHash, guest, now)
      ])
      return yield* requireHostOfGuest(tokenHash, found)
    })

    /**
     * Removes one guest, waiting or in: deletes the peer, its inbox and its messages in the host's inbox, and bars its
     * token from the session. A guest that has just left is barred too, because otherwise it could escape by leaving
     * and coming back all the time.
     */
    const remove = Effect.fn("ModerationRepo.remove")(function* (tokenHash: SecretHash, guest: PeerId) {
      const [found] = yield* batch([
        sql`SELECT room, role, (SELECT m.peer ${fromMembership(tokenHash, guest)}) AS guest FROM peers WHERE token_hash = ${tokenHash}`,
        sql`INSERT INTO removals (room, token_hash) SELECT r.id, m.token_hash ${fromMembership(tokenHash, guest)}
          ON CONFLICT (room, token_hash) DO NOTHING`,
        ...takeBack(sql, host(tokenHash), sql`${guest}`),
        sql`DELETE FROM peers WHERE id = ${guest} AND role = 'guest' AND room = (${hostRoom(tokenHash)})`
      ])
      return yield* requireHostOfGuest(tokenHash, found)
    })

    /**
     * Removes all waiting guests, and sends the host a `left` for each, because a poll that is being answered may still
     * announce a guest that joins at this moment. All these messages go to one inbox, and get consecutive ids.
     */
    const refuseAll = Effect.fn("ModerationRepo.refuseAll")(function* (tokenHash: SecretHash, now: number) {
      const fromWaiting = sql`FROM peers g WHERE g.room = (${hostRoom(tokenHash)}) AND g.role = 'guest' AND g.waiting = 1`
      const [found] = yield* batch([
        outcome(tokenHash, null),
        sql`INSERT INTO removals (room, token_hash) SELECT g.room, g.token_hash ${fromWaiting}
          ON CONFLICT (room, token_hash) DO NOTHING`,
        ...takeBack(sql, host(tokenHash), sql`SELECT g.id ${fromWaiting}`),
        sql`INSERT INTO messages (recipient, id, sender, type, body)
          SELECT host, ${nextId(sql, "host", now)} + n, guest, 'left', '{}'
          FROM (SELECT h.id AS host, w.id AS guest, row_number() OVER (ORDER BY w.rowid) - 1 AS n
            FROM (SELECT g.rowid, g.id ${fromWaiting}) w JOIN peers h ON h.token_hash = ${tokenHash})`,
        sql`DELETE FROM peers WHERE id IN (SELECT g.id ${fromWaiting})`
      ])
      return (yield* requireHost(tokenHash, found)).room
    })

    /**
     * Sets the waiting room, the lock or both. Ending the waiting room lets in all waiting guests; if the room has no
     * place for all of them, nothing changes.
     */
    const setRules = Effect.fn("ModerationRepo.setRules")(function* (
      tokenHash: SecretHash,
      rules: RoomRules,
      now: number
    ) {
      const toColumn = (rule: boolean | undefined) => (rule === undefined ? null : flag(rule))
      const endsWaitingRoom = rules.waitingRoom === false
      const [found] = yield* batch([
        outcome(tokenHash, null, endsWaitingRoom ? hasPlacesColumn(tokenHash, null, now) : sql``),
        sql`UPDATE rooms SET waiting_room = coalesce(${toColumn(rules.waitingRoom)}, waiting_room),
            locked = coalesce(${toColumn(rules.locked)}, locked)
          WHERE id = (${hostRoom(tokenHash)})${endsWaitingRoom ? sql` AND ${hasPlaces(tokenHash, null, now)}` : sql``}`,
        ...(endsWaitingRoom ? [tellAdmitted(tokenHash, null, now), ...admitStatements(tokenHash, null, now)] : [])
      ])
      return (yield* requireHost(tokenHash, found)).room
    })

    /** Whether the room has a host, no waiting room and no lock. It may be full. */
    const isOpen = Effect.fn("ModerationRepo.isOpen")(function* (room: RoomId) {
      const [rows] = yield* batch([
        sql`SELECT waiting_room = 0 AND locked = 0
            AND EXISTS (SELECT 1 FROM peers WHERE room = rooms.id AND role = 'host') AS open
          FROM rooms WHERE id = ${room}`
      ])
      return Option.exists(yield* decodeOpen(rows), ({ open }) => open === 1)
    })

    return { admit, remove, refuseAll, setRules, isOpen } as const
  })
}) {}
