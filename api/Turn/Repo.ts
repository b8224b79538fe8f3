import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { PeerId } from "../contract/Ids.js"
import { decodeRows } from "../Database/rows.js"
import { Database } from "../Database.js"

/** Credentials that one round of revoking takes at most; a Worker's request may make few calls. */
export const revokedAtOnce = 20

/** The queries of the TURN credentials that were given out. */
export class RelayRepo extends Effect.Service<RelayRepo>()("RelayRepo", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decode = decodeRows(Schema.Struct({ username: Schema.String }))

    /**
     * Counts one set of credentials for a caller's network, in this hour (since 1970), unless `most` were given out to
     * all or `share` to this one. False: it is not to be had.
     */
    const grant = Effect.fn("RelayRepo.grant")(function* (hour: number, holder: string, most: number, share: number) {
      const [granted] = yield* batch([
        sql`INSERT INTO relay_grants (hour, holder, granted)
          SELECT ${hour}, value, 1 FROM json_each(${JSON.stringify(["", holder])})
          WHERE NOT EXISTS (SELECT 1 FROM relay_grants WHERE hour = ${hour} AND (
            holder = '' AND granted >= ${most} OR holder = ${holder} AND granted >= ${share}))
          ON CONFLICT (hour, holder) DO UPDATE SET granted = granted + 1
          RETURNING 1`
      ])
      return granted?.length === 2
    })

    /** Writes down whose credentials these are, until they expire (milliseconds since 1970). */
    const remember = Effect.fn("RelayRepo.remember")(function* (username: string, peer: PeerId, expiresAt: number) {
      yield* batch([
        // The peer may have gone while the provider was asked.
        sql`INSERT INTO relays (username, peer, expires_at, orphaned)
          VALUES (${username}, ${peer}, ${expiresAt}, NOT EXISTS (SELECT 1 FROM peers WHERE id = ${peer}))
          ON CONFLICT (username) DO NOTHING`
      ])
    })

    /** Counts a set less, which was not given out after all. */
    const giveBack = Effect.fn("RelayRepo.giveBack")(function* (hour: number, holder: string) {
      yield* batch([
        sql`UPDATE relay_grants SET granted = granted - 1 WHERE hour = ${hour} AND holder IN ('', ${holder})`
      ])
    })

    /** Usernames whose peer is gone: a trigger marks them when it goes. Any of many: some may never be revoked. */
    const orphans = Effect.gen(function* () {
      const [rows] = yield* batch([
        sql`SELECT username FROM (SELECT username FROM relays WHERE orphaned = 1 LIMIT ${10 * revokedAtOnce})
          ORDER BY random() LIMIT ${revokedAtOnce}`
      ])
      return (yield* decode(rows)).map(({ username }) => username)
    }).pipe(Effect.withSpan("RelayRepo.orphans"))

    const forget = Effect.fn("RelayRepo.forget")(function* (usernames: ReadonlyArray<string>) {
      if (usernames.length > 0) yield* batch([sql`DELETE FROM relays WHERE ${sql.in("username", usernames)}`])
    })

    return { grant, giveBack, remember, orphans, forget } as const
  })
}) {}
