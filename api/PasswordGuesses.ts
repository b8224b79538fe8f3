import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { decodeRows } from "./Database/rows.js"
import { Database } from "./Database.js"

/** Wrong host passwords a minute, of the whole deployment, beyond which it is being guessed at. */
const manyGuesses = 30

const minute = 60_000

/**
 * Whether somebody guesses at the host password from ever new addresses. Only wrong ones are counted, after they were
 * compared, so that nobody who has it right is kept out by the others.
 */
export class PasswordGuesses extends Effect.Service<PasswordGuesses>()("PasswordGuesses", {
  effect: Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decode = decodeRows(Schema.Struct({ number: Schema.Number }))
    let guessedUntil = 0

    /** Counts a wrong one. It is answered whether or not that works. */
    const wrong = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const [rows] = yield* batch([
        sql`INSERT INTO guesses (id, minute, number) VALUES (1, ${Math.floor(now / minute)}, 1)
          ON CONFLICT (id) DO UPDATE SET
            number = CASE minute WHEN excluded.minute THEN number + 1 ELSE 1 END, minute = excluded.minute
          RETURNING number`
      ])
      const [counted] = yield* decode(rows)
      if (counted !== undefined && counted.number > manyGuesses) guessedUntil = now + minute
    }).pipe(
      // The failure is logged where it happened.
      Effect.catchTag("StorageUnavailable", () => Effect.void),
      Effect.withSpan("PasswordGuesses.wrong")
    )

    /** Whether it is guessed at now, as far as this isolate has noticed. */
    const isUnderAttack = Effect.map(Clock.currentTimeMillis, (now) => now < guessedUntil)

    return { wrong, isUnderAttack } as const
  })
}) {}
