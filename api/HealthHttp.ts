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

    /** The migrations that were applied to the database; none if it was never migrated. */
    const appliedMigrations = Effect.gen(function* () {
      const [table] = yield* batch([sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'd1_migrations'`])
      if (table?.length !== 1) return new Set<string>()
      const [rows] = yield* batch([sql`SELECT name FROM d1_migrations`])
      return new Set((yield* decode(rows)).map(({ name }) => name))
    })

    const checkMigrations = Effect.gen(function* () {
      const names = yield* appliedMigrations
      const missing = migrations.filter((name) => !names.has(name))
      if (missing.length > 0) {
        return yield* new StorageUnavailable({
          message: `The database lacks ${missing.join(", ")}. Apply the migrations: npm run deploy does so before it deploys.`
        })
      }
    })

    // Checks are limited, so that requests for health cannot overload the database.
    const health = Effect.as(lookEvery("1 second", checkMigrations), { status: "ok" } as const)

    return handlers.handle("health", () => health)
  })
)
