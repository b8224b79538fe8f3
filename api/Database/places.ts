import type * as Statement from "@effect/sql/Statement"
import type { D1Client } from "@effect/sql-d1/D1Client"
import { placeKeptSeconds } from "../contract/Responses.js"
import { nextId } from "./inbox.js"

/** `placeKeptSeconds` in milliseconds. */
export const placeKeptMillis = placeKeptSeconds * 1000

/** Deletes guests, and sends their hosts a `left` for each. `guests` selects rowids of peers. */
export const deleteGuestsAndTellHosts = (sql: D1Client, guests: Statement.Fragment, now: number) => [
  // The messages to one host get consecutive ids.
  sql`INSERT INTO messages (recipient, id, sender, type, body)
    SELECT host, ${nextId(sql, "host", now)} + n, guest, 'left', '{}'
    FROM (
      SELECT h.id AS host, g.id AS guest, row_number() OVER (PARTITION BY h.id ORDER BY g.rowid) - 1 AS n
      FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host'
      WHERE g.rowid IN (${guests}) AND g.role = 'guest')`,
  sql`DELETE FROM peers WHERE rowid IN (${guests}) RETURNING 1`
]

/**
 * Enforces a room's limit after somebody was let in. If the room has more guests than `max`, deletes the surplus: the
 * guests unseen for the longest, but only those unseen for at least `placeKeptMillis`. A deleted guest that comes back
 * needs a place like a new guest. `waiting`: 1 for the limit of guests who wait, 0 for that of guests who are in.
 */
export const evictOverLimit = (
  sql: D1Client,
  room: Statement.Fragment,
  limit: { readonly waiting: Statement.Fragment; readonly max: Statement.Fragment },
  now: number
) => {
  const guests = sql`FROM peers WHERE room = (${room}) AND role = 'guest' AND waiting = (${limit.waiting})`
  const evictedRowids = sql`SELECT rowid ${guests} AND seen_at <= ${now - placeKeptMillis} ORDER BY seen_at, rowid
    LIMIT max(0, coalesce((SELECT count(*) ${guests}) - (${limit.max}), 0))`
  return deleteGuestsAndTellHosts(sql, evictedRowids, now)
}
