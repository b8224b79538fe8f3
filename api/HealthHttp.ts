import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Effect from "effect/Effect"
import { Api } from "./contract/Api.js"
import { Database } from "./Database.js"

/** The handler of `GET /health`. */
export const HealthHttp = HttpApiBuilder.group(Api, "Health", (handlers) =>
  Effect.gen(function* () {
    const { batch, sql } = yield* Database
    return handlers.handle("health", () => Effect.as(batch([sql`SELECT 1`]), { status: "ok" } as const))
  })
)
