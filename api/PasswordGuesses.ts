import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { decodeRows } from "./Database/rows.js"
import { Database } from "./Database.js"

/** If the whole deployment gets more wrong host passwords than this in a minute, the password is being guessed. */
const maxWrongPerMinute = 30

const minute = 60_000

/**
 * Whether somebody is guessing the host password from many addresses. Only wrong passwords are counted, after the
 * comparison, so that wrong guesses do not keep out a host who gives the right password.
 */
export class PasswordGuesses extends Effect.Service<PasswordGuesses>()("PasswordGuesses", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decode = decodeRows(Schema.Struct({ number: Schema.Number }))
    /** In milliseconds since 1970. */
    let attackedUntil = 0

    /** Counts a wrong password. A failure to count does not change the answer to the caller. */
    const countWrong = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const [rows] = yield* batch([
        sql`INSERT INTO guesses (id, minute, number) VALUES (1, ${Math.floor(now / minute)}, 1)
          ON CONFLICT (id) DO UPDATE SET
            number = CASE minute WHEN excluded.minute THEN number + 1 ELSE 1 END, minute = excluded.minute
          RETURNING number`
      ])
      const [counted] = yield* decode(rows)
      if (counted !== undefined && counted.number > maxWrongPerMinute) attackedUntil = now + minute
    }).pipe(
      // The failure is logged where it happened.
      Effect.catchTag("StorageUnavailable", () => Effect.void),
      Effect.withSpan("PasswordGuesses.countWrong")
    )

    /** Whether the password is being guessed now, as far as this isolate has noticed. */
    const isUnderAttack = Effect.map(Clock.currentTimeMillis, (now) => now < attackedUntil)

    return { countWrong, isUnderAttack } as const
  })
}) {}
