import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { PeerId } from "../contract/Ids.js"
import { Database } from "../Database.js"
import { decodeRows } from "../Signaling/Rows.js"

/** Credentials that one round of revoking takes at most; a Worker's request may make few calls. */
export const revokedAtOnce = 20

/** The queries of the TURN credentials that were given out. */
export class RelayRepo extends Effect.Service<RelayRepo>()("RelayRepo", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decode = decodeRows(Schema.Struct({ username: Schema.String }))

    /** Writes down whose credentials these are, until they expire (milliseconds since 1970). */
    const remember = Effect.fn("RelayRepo.remember")(function* (username: string, peer: PeerId, expiresAt: number) {
      yield* batch([
        sql`INSERT INTO relays (username, peer, expires_at) VALUES (${username}, ${peer}, ${expiresAt})
          ON CONFLICT (username) DO NOTHING`
      ])
    })

    /** Usernames whose peer is gone; forgets those that have expired by themselves. */
    const orphans = Effect.fn("RelayRepo.orphans")(function* (now: number) {
      const [, rows] = yield* batch([
        sql`DELETE FROM relays WHERE expires_at < ${now}`,
        sql`SELECT r.username FROM relays r LEFT JOIN peers p ON p.id = r.peer WHERE p.id IS NULL LIMIT ${revokedAtOnce}`
      ])
      return (yield* decode(rows)).map(({ username }) => username)
    })

    const forget = Effect.fn("RelayRepo.forget")(function* (username: string) {
      yield* batch([sql`DELETE FROM relays WHERE username = ${username}`])
    })

    return { remember, orphans, forget } as const
  })
}) {}
