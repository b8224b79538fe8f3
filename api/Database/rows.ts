import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type ClaimId, PeerId } from "../contract/Ids.js"
import { type Peer, Role } from "../contract/Peer.js"
import { PeerName } from "../contract/PeerName.js"
import type { Rows } from "../Database.js"

/** Only this service writes rows of the database, so a row that does not decode is a defect. */
export const decodeRows = <A, I>(row: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknown(Schema.Array(row))
  return (rows: Rows | undefined) => Effect.orDie(decode(rows ?? []))
}

/** The first row, if there is one. */
export const decodeFirst = <A, I>(row: Schema.Schema<A, I>) => {
  const decode = decodeRows(row)
  return (rows: Rows | undefined) => Effect.map(decode(rows?.slice(0, 1)), (first) => Option.fromNullable(first[0]))
}

/**
 * A peer in a row. Names were cleaned when they were stored, and are not cleaned again: a stricter rule must not make
 * old rows fail.
 */
export const PeerRow = Schema.Struct({ id: PeerId, role: Role, name: PeerName.to })

/** The guest of a row. `waiting` is present only when it is true. */
export const guestOf = (id: PeerId, name: PeerName, waiting: number): Peer => ({
  id,
  role: "guest",
  name,
  ...(waiting === 1 ? { waiting: true } : {})
})

/** The host of a row. `claim`: that of the host's room, null only while nobody holds the room. */
export const hostOf = (id: PeerId, name: PeerName, claim: ClaimId | null): Peer => ({
  id,
  role: "host",
  name,
  ...(claim === null ? {} : { claim })
})

/** SQLite has no booleans. */
export const flag = (value: boolean) => (value ? 1 : 0)
