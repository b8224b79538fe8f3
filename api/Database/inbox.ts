import type * as Statement from "@effect/sql/Statement"
import type { D1Client } from "@effect/sql-d1/D1Client"

/** A repeat is known by its key for this long at least, in microseconds: 2 minutes. What was read is deleted after it. */
export const repeatWindow = 120_000_000

/** Bytes that a message counts for at least. */
const leastWeight = 4096

/** A message as its sender wrote it. */
export interface OutgoingMessage {
  /** Names this sending. */
  readonly key: string
  readonly type: string
  /** What the type adds to the message, as a JSON object. */
  readonly body: string
  /** Messages that one sender may leave in an inbox, unread or of the last two minutes, of 4,096 bytes each. */
  readonly maxUnread: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * The next id of an inbox: a hybrid timestamp, microseconds since 1970, but at least the inbox's last id + 1, and beyond
 * what its peer has read and what was taken out of it, of which nothing may be left: so it is greater than every cursor
 * that was given out, whatever the clocks of the machines do. `gone` says how far that is, where a row has it already.
 */
export const nextId = (sql: D1Client, inbox: string, now: number, gone?: Statement.Fragment) => {
  const recipient = sql.literal(inbox)
  const given = gone ?? sql`(SELECT max(read_to, given_to) FROM peers WHERE id = ${recipient})`
  return sql`max(${now * 1000}, 1 + ${lastId(sql, inbox)}, 1 + ${given})`
}

/** The id of the message that this sender put into this inbox with the same key, for as long as it is kept. */
export const repeatOf = (sql: D1Client, route: { readonly sender: string; readonly recipient: string }, key: string) =>
  sql`SELECT id FROM messages INDEXED BY messages_key
    WHERE recipient = ${sql.literal(route.recipient)} AND sender = ${sql.literal(route.sender)} AND key = ${key}`

/**
 * Puts a message into an inbox, unless it is a repeat or its sender has left too much there: unread, or sent within the
 * last two minutes. The oldest of those counts for the least, whatever its size. `route` selects `sender`, `recipient`,
 * and its `readTo` and `givenTo`, one row or none. 8 rows read and 3 written at most, whatever the inbox holds: the indexes are named,
 * so that a plan without them is refused, and LIMIT keeps SQLite from looking for each figure again where it is used.
 */
export const post = (sql: D1Client, route: Statement.Fragment, message: OutgoingMessage) => {
  const { body, key, maxUnread, now, type } = message
  const weight = Math.max(new TextEncoder().encode(body).byteLength, leastWeight)
  const own = sql`FROM messages INDEXED BY messages_sent
    WHERE recipient = route.recipient AND sender = route.sender AND key IS NOT NULL`
  return sql`INSERT INTO messages (recipient, id, sender, key, type, body, sent)
    SELECT recipient, ${nextId(sql, "bounded.recipient", now, sql`max(readTo, givenTo)`)}, sender, ${key}, ${type}, ${body},
      coalesce(last, 0) + ${weight}
    FROM (
      SELECT sender, recipient, readTo, givenTo,
        (SELECT sent ${own} ORDER BY id DESC LIMIT 1) AS last,
        (SELECT sent ${own} AND id > min(readTo, ${now * 1000 - repeatWindow}) ORDER BY id LIMIT 1) AS first
      FROM (${route}) AS route LIMIT 1
    ) AS bounded
    WHERE coalesce(last - first, 0) + ${weight} <= ${(maxUnread - 1) * leastWeight}
    ON CONFLICT (recipient, sender, key) WHERE key IS NOT NULL DO NOTHING
    RETURNING id, (SELECT room FROM peers WHERE id = recipient) AS room`
}

/** Remembers how far the inbox has given ids. Goes before a deletion of messages that may be the last, and not yet read. */
const keepIds = (sql: D1Client, recipient: Statement.Fragment) =>
  sql`UPDATE peers SET given_to = max(given_to, ${lastId(sql, "peers.id")}) WHERE id = (${recipient})`

/** Deletes what these senders left in the inbox. Both select ids of peers: `recipient` one, `senders` any number. */
export const takeBack = (sql: D1Client, recipient: Statement.Fragment, senders: Statement.Fragment) => [
  keepIds(sql, recipient),
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

/** What a guest's coming and going tells its host: the body of a message of the row `g`. */
const newsBody = {
  joined: (sql: D1Client) => sql`json_object('peer', ${guestJson(sql, "g")})`,
  away: (sql: D1Client) => sql`'{}'`
}

/**
 * Puts what a guest's coming and going tells its host into the host's inbox, in the place of older news of the same
 * kind: coming and going fills nothing. `guest` picks the peer.
 */
export const tellHost = (sql: D1Client, guest: Statement.Fragment, type: "joined" | "away", now: number) => {
  const pair = sql`FROM peers g JOIN peers h ON h.room = g.room AND h.role = 'host' WHERE ${guest} AND g.role = 'guest'`
  return [
    keepIds(sql, sql`SELECT h.id ${pair}`),
    sql`DELETE FROM messages WHERE (recipient, id) IN (
      SELECT recipient, id FROM messages INDEXED BY messages_news
      WHERE recipient = (SELECT h.id ${pair}) AND sender = (SELECT g.id ${pair}) AND key IS NULL
        AND type IN ('away', ${type}))`,
    sql`INSERT INTO messages (recipient, id, sender, type, body)
      SELECT h.id, ${nextId(sql, "h.id", now)}, g.id, ${type}, ${newsBody[type](sql)} ${pair}`
  ]
}

/** The host of a room as JSON. */
export const hostJson = (sql: D1Client, host: string, room: string) => {
  const [h, r] = [sql.literal(host), sql.literal(room)]
  return sql`json_object('id', ${h}.id, 'role', 'host', 'name', ${h}.name, 'claim', ${r}.claim)`
}

/** True where the token is that of another peer: one of another room, or of the other role. */
export const tokenElsewhere = (sql: D1Client, tokenHash: string, room: string, role: "host" | "guest") =>
  sql`EXISTS (SELECT 1 FROM peers WHERE token_hash = ${tokenHash} AND (room <> ${room} OR role <> ${role}))`
