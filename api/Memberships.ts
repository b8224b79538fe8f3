import type * as Statement from "@effect/sql/Statement"
import type { D1Client } from "@effect/sql-d1/D1Client"
import * as Effect from "effect/Effect"
import { PeerUnknown, SessionEnded } from "./contract/Errors.js"
import { Database } from "./Database.js"
import type { SecretHash } from "./Secrets.js"

/** True if the token was a guest's under a claim that has ended, of any room. */
export const tokenEnded = (sql: D1Client, tokenHash: string) =>
  sql`EXISTS (SELECT 1 FROM memberships WHERE token_hash = ${tokenHash} AND ended_at IS NOT NULL)`

/** Ends the claims of these rooms for all guests that were ever let in, present or not. `rooms` is a SELECT of ids. */
export const endMemberships = (sql: D1Client, rooms: Statement.Fragment, now: number) =>
  sql`UPDATE memberships SET ended_at = ${now}
    WHERE ended_at IS NULL AND claim IN (SELECT claim FROM rooms WHERE id IN (${rooms}))`

/** Finds out why a token has no peer: its session was ended, or the service does not know it. */
export class Memberships extends Effect.Service<Memberships>()("Memberships", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database

    /**
     * Fails for a token that no peer holds: with `SessionEnded` if its claim has ended, else `PeerUnknown`. Called only
     * after the token was not found, so that it costs a successful poll nothing. An ended claim stays ended, so that
     * looking later is safe.
     */
    const failUnknownToken = Effect.fn("Memberships.failUnknownToken")(function* (tokenHash: SecretHash) {
      const [ended] = yield* batch([sql`SELECT 1 WHERE ${tokenEnded(sql, tokenHash)}`])
      return yield* ended?.length === 1 ? SessionEnded.default : PeerUnknown.default
    })

    return { failUnknownToken } as const
  })
}) {}
