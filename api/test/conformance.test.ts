/** The Worker against the cases of spec/conformance.ts. */
import { layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { type Exchange, makeRoom } from "../../spec/conformance/wire.js"
import { deployments } from "../../spec/conformance.js"
import { ask, BuiltWorker } from "./server.js"

const makeExchange = Effect.map(
  Effect.runtime<BuiltWorker>(),
  (runtime): Exchange =>
    async ({ body, key, method, path, token }) => {
      const request = ask(path, {
        method,
        headers: {
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(key === undefined ? {} : { "idempotency-key": key })
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
      })
      const { headers, json, status } = await Runtime.runPromise(runtime)(request)
      return { status, json, retryAfter: headers.get("retry-after") }
    }
)

for (const { cases, settings, title } of deployments) {
  const vars = {
    MAX_GUESTS: String(settings.maxGuests),
    MAX_WAITING: String(settings.maxWaiting),
    MAX_UNREAD: String(settings.maxUnread),
    ...(settings.hostPassword === undefined ? {} : { HOST_PASSWORD: settings.hostPassword })
  }
  layer(BuiltWorker.layer(vars), { timeout: 60_000 })(title, (it) => {
    for (const { run, title } of cases) {
      it.effect(title, () => Effect.flatMap(makeExchange, (exchange) => Effect.promise(() => run(makeRoom(exchange)))))
    }
  })
}
