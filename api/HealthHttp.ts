import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Api } from "./contract/Api.js"
import { StorageUnavailable } from "./contract/Errors.js"
import { decodeRows } from "./Database/rows.js"
import { Database } from "./Database.js"
import { lookEvery } from "./lookEvery.js"
import { migrations } from "./migrations.js"

/** The handler of `GET /health`. */
export const HealthHttp = HttpApiBuilder.group(Api, "Health", (handlers) =>
  Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const decode = decodeRows(Schema.Struct({ name: Schema.String }))

    /** The migrations that the database has had; none where nobody has ever migrated it. */
    const applied = Effect.gen(function* () {
      const [tally] = yield* batch([sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'd1_migrations'`])
      if (tally?.length !== 1) return new Set<string>()
      const [rows] = yield* batch([sql`SELECT name FROM d1_migrations`])
      return new Set((yield* decode(rows)).map(({ name }) => name))
    })

    const look = Effect.gen(function* () {
      const had = yield* applied
      const missing = migrations.filter((name) => !had.has(name))
      if (missing.length > 0) {
        return yield* new StorageUnavailable({
          message: `The database lacks ${missing.join(", ")}. Apply the migrations: npm run deploy does, before it deploys.`
        })
      }
    })

    // Nobody takes the database by asking.
    const health = Effect.as(lookEvery("1 second", look), { status: "ok" } as const)

    return handlers.handle("health", () => health)
  })
)
