import type * as Statement from "@effect/sql/Statement"
import type { D1Client } from "@effect/sql-d1/D1Client"

/**
 * Repeats are recognised by their key for at least this long, in microseconds: 2 minutes. Messages that were read are
 * deleted after it.
 */
export const repeatWindow = 120_000_000

/** The fewest bytes that a message counts for. */
const minWeight = 4096

/** A message as its sender wrote it. */
export interface OutgoingMessage {
  /** The idempotency key, which a repeat shares. */
  readonly key: string
  readonly type: string
  /** What the type adds to the message, as a JSON object. */
  readonly body: string
  /** The most messages of 4,096 bytes that one sender may have in an inbox, unread or from the last two minutes. */
  readonly maxUnread: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * The next id of an inbox: a hybrid timestamp, in microseconds since 1970, but at least the inbox's last id + 1. It is
 * also greater than the ids that were read or taken back, whose messages may be deleted. So it is greater than every
 * cursor that was given out, whatever the clocks of the machines do. `lastUsed`: the last id read or taken back, if the
 * statement has it already.
 */
export const nextId = (sql: D1Client, inbox: string, now: number, lastUsed?: Statement.Fragment) => {
  const recipient = sql.literal(inbox)
  const lastUsedId = lastUsed ?? sql`(SELECT max(read_to, given_to) FROM peers WHERE id = ${recipient})`
  return sql`max(${now * 1000}, 1 + ${lastId(sql, inbox)}, 1 + ${lastUsedId})`
}

/** The id of the message that this sender put into this inbox with the same key, while it is kept. */
export const repeatOf = (sql: D1Client, route: { readonly sender: string; readonly recipient: string }, key: string) =>
  sql`SELECT id FROM messages INDEXED BY messages_key
    WHERE recipient = ${sql.literal(route.recipient)} AND sender = ${sql.literal(route.sender)} AND key = ${key}`

/**
 * Puts a message into an inbox, unless it is a repeat or its sender has too much there that is unread or from the last
 * two minutes. The oldest of those counts for `minWeight`, whatever its size. `route` selects `sender`, `recipient` and
 * the recipient's `readTo` and `givenTo`, one row or none. Reads at most 8 rows and writes 3, whatever the inbox holds:
 * the indexes are named, so that SQLite refuses a plan without them, and LIMIT keeps it from evaluating each subquery
 * again wherever its value is used.
 */
export const post = (sql: D1Client, route: Statement.Fragment, message: OutgoingMessage) => {
  const { body, key, maxUnread, now, type } = message
  const weight = Math.max(new TextEncoder().encode(body).byteLength, minWeight)
  const ownMessages = sql`FROM messages INDEXED BY messages_sent
    WHERE recipient = route.recipient AND sender = route.sender AND key IS NOT NULL`
  return sql`INSERT INTO messages (recipient, id, sender, key, type, body, sent)
    SELECT recipient, ${nextId(sql, "bounded.recipient", now, sql`max(readTo, givenTo)`)}, sender, ${key}, ${type}, ${body},
      coalesce(last, 0) + ${weight}
    FROM (
      SELECT sender, recipient, readTo, givenTo,
        (SELECT sent ${ownMessages} ORDER BY id DESC LIMIT 1) AS last,
        (SELECT sent ${ownMessages} AND id > min(readTo, ${now * 1000 - repeatWindow}) ORDER BY id LIMIT 1) AS first
      FROM (${route}) AS route LIMIT 1
    ) AS bounded
    WHERE coalesce(last - first, 0) + ${weight} <= ${(maxUnread - 1) * minWeight}
    ON CONFLICT (recipient, sender, key) WHERE key IS NOT NULL DO NOTHING
    RETURNING id, (SELECT room FROM peers WHERE id = recipient) AS room`
}

/** Stores the last id of the inbox. Has to precede a deletion that may include the last message while it is unread. */
const storeLastId = (sql: D1Client, recipient: Statement.Fragment) =>
  sql`UPDATE peers SET given_to = max(given_to, ${lastId(sql, "peers.id")}) WHERE id = (${recipient})`

/** Deletes the messages of `senders` from the inbox of `recipient`. Both select ids of peers, `recipient` only one. */
export const takeBack = (sql: D1Client, recipient: Statement.Fragment, senders: Statement.Fragment) => [
  storeLastId(sql, recipient),
  sql`DELETE FROM messages WHERE (recipient, id) IN (
    SELECT recipient, id FROM messages INDEXED BY messages_sent
      WHERE recipient = (${recipient}) AND sender IN (${senders}) AND key IS NOT NULL
    UNION ALL
    SELECT recipient, id FROM messages INDEXED BY messages_news
      WHERE recipient = (${recipient}) AND sender IN (${senders}) AND key IS NULL)`
]

/** The end of an inbox: the id of its last message, or 0. */
export const lastId = (sql: D1Client, inbox: string) =>
  sql`coalesce((SELECT max(id) FROM messages WHERE recipient = ${sql.literal(inbox)}), 0)`

/** A guest as JSON. */
const guestJson = (sql: D1Client, guest: string) => {
  const g = sql.literal(guest)
  return sql`json_patch(json_object('id', ${g}.id, 'role', 'guest', 'name', ${g}.name),
    CASE ${g}.waiting WHEN 1 THEN '{"waiting":true}' ELSE '{}' END)`
}

/** The body of the message that reports a guest's coming or going to its host. The guest is the row `g`. */
const reportBody = {
  joined: (sql: D1Client) => sql`json_object('peer', ${guestJson(sql, "g")})`,
  away: (sql: D1Client) => sql`'{}'`
}

/**
 * Reports a guest's coming or going to its host. Replaces the guest's older reports, `away` ones and those of the same
 * type, so that coming and going does not fill the inbox. `guest` is the condition that picks the peer `g`.
 */
export const tellHost = (sql: D1Client, guest: Statement.Fragment, type: "joined" | "away", now: number) => {
  const fromGuestAndHost = sql`FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host' WHERE ${guest} AND g.role = 'guest'`
  return [
    storeLastId(sql, sql`SELECT h.id ${fromGuestAndHost}`),
    sql`DELETE FROM messages WHERE (recipient, id) IN (
      SELECT recipient, id FROM messages INDEXED BY messages_news
      WHERE recipient = (SELECT h.id ${fromGuestAndHost}) AND sender = (SELECT g.id ${fromGuestAndHost}) AND key IS NULL
        AND type IN ('away', ${type}))`,
    sql`INSERT INTO messages (recipient, id, sender, type, body)
      SELECT h.id, ${nextId(sql, "h.id", now)}, g.id, ${type}, ${reportBody[type](sql)} ${fromGuestAndHost}`
  ]
}

/** The host of a room as JSON. */
export const hostJson = (sql: D1Client, host: string, room: string) => {
  const [h, r] = [sql.literal(host), sql.literal(room)]
  return sql`json_object('id', ${h}.id, 'role', 'host', 'name', ${h}.name, 'claim', ${r}.claim)`
}

/** True if the token belongs to a peer of another room or of the other role. */
export const tokenElsewhere = (sql: D1Client, tokenHash: string, room: string, role: "host" | "guest") =>
  sql`EXISTS (SELECT 1 FROM peers WHERE token_hash = ${tokenHash} AND (room <> ${room} OR role <> ${role}))`
