/** The fake service against the cases that hold on the wire. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type DeploymentSettings, type Exchange, makeRoom } from "../../../spec/conformance/wire.js"
import { deployments } from "../../../spec/conformance.js"
import { Transport } from "../../signaling/Transport.js"
import { FakeService, FakeServiceLive } from "./FakeService.js"

/** Uses a fake of its own with these settings of a deployment. */
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
      // In real time: a request may wait.
      const holds = Effect.flatMap(makeExchange(settings), (exchange) =>
        Effect.tryPromise(() => run(makeRoom(exchange)))
      )
      if (notInFake === undefined) it.live(title, () => holds)
      else
        it.live(`${title}, which the fake does not support`, () => Effect.map(Effect.isFailure(holds), assert.isTrue))
    }
  })
}
