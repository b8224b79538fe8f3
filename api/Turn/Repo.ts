import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { PeerId } from "../contract/Ids.js"
import { decodeRows } from "../Database/rows.js"
import { Database } from "../Database.js"

/** At most this many credentials are revoked in one run, because a Worker's invocation has a limit of subrequests. */
const maxRevokedPerRun = 20

/** Credentials to revoke are picked from at most this many, so that a run reads few rows. */
const maxOrphansRead = 10 * maxRevokedPerRun

/**
 * The value of the column `holder` in the row of `relay_grants` that counts the sets of all sites together. The other
 * rows count those of one site, whose hash is their `holder`.
 */
const allSites = ""

/** The queries about TURN credentials that were given out. */
export class TurnRepo extends Effect.Service<TurnRepo>()("TurnRepo", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decode = decodeRows(Schema.Struct({ username: Schema.String }))

    /**
     * Counts one set of credentials for all sites together and for one site, given as a hash. Returns false, and counts
     * nothing, once `limitForAll` or `limitForSite` sets were granted in this hour. `hour`: hours since 1970.
     */
    const grant = Effect.fn("TurnRepo.grant")(function* (
      hour: number,
      site: string,
      limitForAll: number,
      limitForSite: number
    ) {
      const [counted] = yield* batch([
        sql`INSERT INTO relay_grants (hour, holder, granted)
          SELECT ${hour}, value, 1 FROM json_each(${JSON.stringify([allSites, site])})
          WHERE NOT EXISTS (SELECT 1 FROM relay_grants WHERE hour = ${hour} AND (
            holder = ${allSites} AND granted >= ${limitForAll} OR holder = ${site} AND granted >= ${limitForSite}))
          ON CONFLICT (hour, holder) DO UPDATE SET granted = granted + 1
          RETURNING 1`
      ])
      // One row for all and one for the site: either both are incremented, or neither is.
      return counted?.length === 2
    })

    /** Stores which peer has these credentials, to revoke them when it goes. `expiresAt`: milliseconds since 1970. */
    const remember = Effect.fn("TurnRepo.remember")(function* (username: string, peer: PeerId, expiresAt: number) {
      yield* batch([
        // The peer may have gone during the request to the provider.
        sql`INSERT INTO relays (username, peer, expires_at, orphaned)
          VALUES (${username}, ${peer}, ${expiresAt}, NOT EXISTS (SELECT 1 FROM peers WHERE id = ${peer}))
          ON CONFLICT (username) DO NOTHING`
      ])
    })

    /** Undoes one `grant` whose credentials were not given out after all. */
    const giveBack = Effect.fn("TurnRepo.giveBack")(function* (hour: number, site: string) {
      yield* batch([
        sql`UPDATE relay_grants SET granted = granted - 1 WHERE hour = ${hour} AND holder IN (${allSites}, ${site})`
      ])
    })

    /**
     * At most `maxRevokedPerRun` usernames of credentials whose peer is gone. A trigger marks credentials when their
     * peer is deleted. The usernames are picked at random, so that those that can never be revoked do not hold up the
     * others.
     */
    const orphans = Effect.gen(function* () {
      const [rows] = yield* batch([
        sql`SELECT username FROM (SELECT username FROM relays WHERE orphaned = 1 LIMIT ${maxOrphansRead})
          ORDER BY random() LIMIT ${maxRevokedPerRun}`
      ])
      return (yield* decode(rows)).map(({ username }) => username)
    }).pipe(Effect.withSpan("TurnRepo.orphans"))

    /** Deletes usernames whose credentials were revoked. */
    const forget = Effect.fn("TurnRepo.forget")(function* (usernames: ReadonlyArray<string>) {
      if (usernames.length > 0) yield* batch([sql`DELETE FROM relays WHERE ${sql.in("username", usernames)}`])
    })

    return { grant, giveBack, remember, orphans, forget } as const
  })
}) {}
