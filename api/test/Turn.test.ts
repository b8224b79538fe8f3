import { createHmac } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { ask, nobody, OnD1 } from "./turn.js"

layer(OnD1, { timeout: 60_000 })("a TURN server with a shared secret", (it) => {
  it.effect("gets credentials as the TURN REST draft defines them", () =>
    Effect.gen(function* () {
      const values = {
        TURN_URLS: "turn:t.example.com:3478, turns:t.example.com:5349",
        TURN_SECRET: "north",
        HOST_PASSWORD: "open sesame"
      }
      const { configuration, lifetime, start } = yield* ask(values, nobody)
      const username = `${Math.floor(start / 1000) + 4 * 3600}:p1`
      const credential = createHmac("sha1", "north").update(username).digest("base64")
      assert.deepStrictEqual(configuration.iceServers, [
        { urls: ["stun:stun.cloudflare.com:3478"] },
        { urls: ["turn:t.example.com:3478", "turns:t.example.com:5349"], username, credential }
      ])
      assert.deepStrictEqual([configuration.relay, lifetime], [true, 4])
    })
  )
})

layer(OnD1, { timeout: 60_000 })("without a TURN server", (it) => {
  it.effect("there is only STUN, and `relay` is false", () =>
    Effect.gen(function* () {
      const { configuration } = yield* ask({ STUN_URLS: "stun:s.example.com" }, nobody)
      assert.deepStrictEqual(configuration, {
        iceServers: [{ urls: ["stun:s.example.com"] }],
        expiresAt: null,
        relay: false,
        policy: "all"
      })
    })
  )
})
