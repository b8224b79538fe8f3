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

/** Why no peer holds a token. */
export class Memberships extends Effect.Service<Memberships>()("Memberships", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database

    /**
     * The error for a token that no peer holds. Asked only after the token was not found: a poll that finds its peer
     * pays nothing for it. What has ended stays so, so that looking later can only be more right.
     */
    const refuse = Effect.fn("Memberships.refuse")(function* (tokenHash: SecretHash) {
      const [ended] = yield* batch([sql`SELECT 1 WHERE ${tokenEnded(sql, tokenHash)}`])
      return yield* ended?.length === 1 ? SessionEnded.default : PeerUnknown.default
    })

    return { refuse } as const
  })
}) {}
