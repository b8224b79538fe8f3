import type * as Statement from "@effect/sql/Statement"
import type { D1Client } from "@effect/sql-d1/D1Client"
import { nextId } from "./inbox.js"

/**
 * A guest is listed and its place counts for this long after it was last seen, in milliseconds. Connected guests poll
 * every 5 minutes.
 */
export const placeKept = 390_000

/** Deletes guests, and tells the host of each. `guests` selects rowids. Messages to one host get consecutive ids. */
export const giveUp = (sql: D1Client, guests: Statement.Fragment, now: number) => [
  sql`INSERT INTO messages (recipient, id, sender, type, body)
    SELECT host, ${nextId(sql, "host", now)} + n, guest, 'left', '{}'
    FROM (
      SELECT h.id AS host, g.id AS guest, row_number() OVER (PARTITION BY h.id ORDER BY g.rowid) - 1 AS n
      FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host'
      WHERE g.rowid IN (${guests}) AND g.role = 'guest')`,
  sql`DELETE FROM peers WHERE rowid IN (${guests}) RETURNING 1`
]

/**
 * Enforces a room's limit after somebody was let in. If the room has more guests than `max`, those unseen for the
 * longest, and for at least `placeKept`, lose their place. A guest that comes back after that needs a place like a new
 * one. `waiting`: 1 for the limit of those who wait, 0 for that of those who are in.
 */
export const takePlaces = (
  sql: D1Client,
  room: Statement.Fragment,
  bound: { readonly waiting: Statement.Fragment; readonly max: Statement.Fragment },
  now: number
) => {
  const guests = sql`FROM peers WHERE room = (${room}) AND role = 'guest' AND waiting = (${bound.waiting})`
  const lapsed = sql`SELECT rowid ${guests} AND seen_at <= ${now - placeKept} ORDER BY seen_at, rowid
    LIMIT max(0, coalesce((SELECT count(*) ${guests}) - (${bound.max}), 0))`
  return giveUp(sql, lapsed, now)
}
