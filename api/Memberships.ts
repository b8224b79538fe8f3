import type * as Statement from "@effect/sql/Statement"
import type { D1Client } from "@effect/sql-d1/D1Client"
import * as Effect from "effect/Effect"
import { PeerUnknown, SessionEnded } from "./contract/Errors.js"
import { Database } from "./Database.js"
import type { SecretHash } from "./Secrets.js"

/** True where the token was a guest's of a claim that has ended, of whatever room. */
export const tokenEnded = (sql: D1Client, tokenHash: string) =>
  sql`EXISTS (SELECT 1 FROM memberships WHERE token_hash = ${tokenHash} AND ended_at IS NOT NULL)`

/** Ends the claims of these rooms for their guests: for all that were ever let in, there or not. `rooms` is a SELECT of ids. */
export const endMemberships = (sql: D1Client, rooms: Statement.Fragment, now: number) =>
  sql`UPDATE memberships SET ended_at = ${now}
    WHERE ended_at IS NULL AND claim IN (SELECT claim FROM rooms WHERE id IN (${rooms}))`

/** Tells why a token has no peer: its session was ended, or the service does not know it. */
export class Memberships extends Effect.Service<Memberships>()("Memberships", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database

    /**
     * Fails for a token that no peer holds: `SessionEnded` where its claim has ended, else `PeerUnknown`. Called only
     * after the token was not found, so that a poll that finds its peer pays nothing for it. A claim that has ended stays
     * so: to look a moment later can only be more right.
     */
    const failUnknownToken = Effect.fn("Memberships.failUnknownToken")(function* (tokenHash: SecretHash) {
      const [ended] = yield* batch([sql`SELECT 1 WHERE ${tokenEnded(sql, tokenHash)}`])
      return yield* ended?.length === 1 ? SessionEnded.default : PeerUnknown.default
    })

    return { failUnknownToken } as const
  })
}) {}
