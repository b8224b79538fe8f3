import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeKey, makeRoom, makeToken } from "./callers.js"
import { ask, BuiltWorker, signal } from "./server.js"

const deployment = BuiltWorker.layer({
  TURN_URLS: "turn:turn.example.com:3478",
  TURN_SECRET: "north",
  TURN_PER_HOUR: "30"
})

layer(deployment, { timeout: 60_000 })(
  "a stranger who wants the relay of a deployment without a host password",
  (it) => {
    const open = Effect.gen(function* () {
      const [room, token] = [makeRoom(), makeToken()]
      const join = { type: "join", role: "host", token, hostKey: makeKey(), room }
      assert.strictEqual((yield* signal(join)).status, 200)
      return { room, token }
    })
    const credentials = (token: string) =>
      Effect.map(
        ask("/turn-credentials", { method: "POST", headers: { authorization: `Bearer ${token}` } }),
        ({ json }) => ({
          relay: json.relay === true,
          expiresAt: Date.parse(String(json.expiresAt)),
          text: JSON.stringify(json)
        })
      )

    it.effect("gets only STUN by opening a room", () =>
      Effect.gen(function* () {
        for (let count = 0; count < 5; count++) {
          const { relay, text } = yield* credentials((yield* open).token)
          assert.isFalse(relay)
          assert.include(text, "stun:")
          assert.notInclude(text, "credential")
        }
      })
    )

    it.effect("gets a third of an hour's credentials by bringing guests along, for half an hour each", () =>
      Effect.gen(function* () {
        const hour = () => Math.floor(Date.now() / 3_600_000)
        const began = hour()
        let given = 0
        for (let count = 0; count < 15; count++) {
          const { room, token } = yield* open
          assert.strictEqual((yield* signal({ type: "join", role: "guest", token: makeToken(), room })).status, 200)
          const { expiresAt, relay } = yield* credentials(token)
          assert.isAtMost(expiresAt - Date.now(), 30 * 60_000)
          if (relay) given++
        }
        assert.isAtLeast(given, 10)
        assert.isAtMost(given, 10 * (1 + hour() - began))
      })
    )
  }
)
