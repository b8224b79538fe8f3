/** The fake service against the table of what holds on the wire. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type DeploymentSettings, type Exchange, makeRoom } from "../../../spec/conformance/wire.js"
import { deployments } from "../../../spec/conformance.js"
import { Transport } from "../../signaling/Transport.js"
import { FakeService, FakeServiceLive } from "./FakeService.js"

/** Asks a fake of its own, which a deployment has set up so. */
const makeExchange = (settings: DeploymentSettings) =>
  Effect.gen(function* () {
    Object.assign(yield* FakeService, settings)
    const { baseUrl, fetch } = yield* Transport
    const exchange: Exchange = async ({ body, key, method, path, token }) => {
      const response = await fetch(
        new Request(`${baseUrl}${path}`, {
          method,
          headers: {
            ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
            ...(key === undefined ? {} : { "Idempotency-Key": key })
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) })
        })
      )
      return { status: response.status, retryAfter: response.headers.get("Retry-After"), json: await response.json() }
    }
    return exchange
  }).pipe(Effect.provide(FakeServiceLive))

for (const { cases, settings, title } of deployments) {
  describe(title, () => {
    for (const { notInFake, run, title } of cases) {
      // The wire's own time: what is asked may wait.
      const holds = Effect.flatMap(makeExchange(settings), (exchange) =>
        Effect.tryPromise(() => run(makeRoom(exchange)))
      )
      if (notInFake === undefined) it.live(title, () => holds)
      else it.live(`${title}, which the fake does without`, () => Effect.map(Effect.isFailure(holds), assert.isTrue))
    }
  })
}
