import type { D1Client } from "@effect/sql-d1/D1Client"

/** The next id of an inbox: a hybrid timestamp, microseconds since 1970, but at least the inbox's last id + 1. */
export const nextId = (sql: D1Client, inbox: string, now: number) => {
  const recipient = sql.literal(inbox)
  return sql`max(${now * 1000}, coalesce((SELECT max(id) FROM messages WHERE recipient = ${recipient}), 0) + 1)`
}

/** The next ordinal of an inbox. */
export const nextOrdinal = (sql: D1Client, inbox: string) =>
  sql`coalesce((SELECT ordinal FROM messages WHERE recipient = ${sql.literal(inbox)} ORDER BY id DESC LIMIT 1), 0) + 1`

/** The end of an inbox: the id of its last message, or 0. */
export const lastId = (sql: D1Client, inbox: string) =>
  sql`coalesce((SELECT max(id) FROM messages WHERE recipient = ${sql.literal(inbox)}), 0)`

/** A guest as JSON. */
export const guestJson = (sql: D1Client, guest: string) => {
  const g = sql.literal(guest)
  return sql`json_patch(json_object('id', ${g}.id, 'role', 'guest', 'name', ${g}.name),
    CASE ${g}.waiting WHEN 1 THEN '{"waiting":true}' ELSE '{}' END)`
}

/** The host of a room as JSON. */
export const hostJson = (sql: D1Client, host: string, room: string) => {
  const [h, r] = [sql.literal(host), sql.literal(room)]
  return sql`json_object('id', ${h}.id, 'role', 'host', 'name', ${h}.name, 'claim', ${r}.claim)`
}

/** A guest is listed, and its place counts, for this long after it was last seen, in milliseconds; connected ones show every 5 minutes. */
export const placeKept = 390_000

/** True where the token is that of another peer: one of another room, or of the other role. */
export const tokenElsewhere = (sql: D1Client, tokenHash: string, room: string, role: "host" | "guest") =>
  sql`EXISTS (SELECT 1 FROM peers WHERE token_hash = ${tokenHash} AND (room <> ${room} OR role <> ${role}))`
