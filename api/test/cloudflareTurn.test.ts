import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Turn } from "../Turn.js"
import { joinGuest, makeRoom, makeToken, tell } from "./callers.js"
import { settings, signaling } from "./services.js"
import { address, ask, cloudflare, good, OnD1, type Seen, upstream } from "./turn.js"

layer(OnD1, { timeout: 60_000 })("Cloudflare's TURN service", (it) => {
  it.effect("is asked with the key for credentials of TURN_TTL, and its URLs of port 53 are dropped", () =>
    Effect.gen(function* () {
      const seen: Array<Seen> = []
      const { configuration, lifetime } = yield* ask(cloudflare, upstream(seen, good))
      assert.deepStrictEqual(seen, [
        {
          url: "https://rtc.live.cloudflare.com/v1/turn/keys/key/credentials/generate-ice-servers",
          authorization: "Bearer api-token",
          body: { ttl: 7200 }
        }
      ])
      assert.deepStrictEqual(configuration.iceServers, [
        { urls: ["stun:stun.cloudflare.com:3478"] },
        { urls: ["turn:turn.cloudflare.com:3478?transport=udp"], username: "u", credential: "c" }
      ])
      assert.deepStrictEqual([configuration.relay, lifetime], [true, 2])
    })
  )

  it.effect("may answer with a single object, as the older endpoint does", () =>
    Effect.gen(function* () {
      const single = () => Response.json({ iceServers: { urls: "turn:t.example.com", username: "u", credential: "c" } })
      const { configuration } = yield* ask(cloudflare, upstream([], single))
      assert.deepStrictEqual(configuration.iceServers, [
        { urls: ["turn:t.example.com"], username: "u", credential: "c" }
      ])
    })
  )

  it.effect("is asked again if it fails", () =>
    Effect.gen(function* () {
      const seen: Array<Seen> = []
      const down = () => new Response("", { status: 502 })
      const { configuration } = yield* ask(
        cloudflare,
        upstream(seen, down, () => "broken", good)
      )
      assert.strictEqual(configuration.relay, true)
      assert.strictEqual(seen.length, 3)
    })
  )

  it.effect("is replaced by only STUN if it does not answer within 3 s", () =>
    Effect.gen(function* () {
      for (const answer of ["silent", "broken"] as const) {
        const { configuration, start } = yield* ask(
          cloudflare,
          upstream([], () => answer)
        )
        // The request is given up after 3 s. The page asks again in 5 minutes, since a provider comes back.
        assert.deepStrictEqual(configuration, {
          iceServers: [{ urls: ["stun:stun.cloudflare.com:3478"] }],
          expiresAt: new Date(start + 303_000).toISOString(),
          relay: false,
          policy: "all"
        })
      }
    })
  )

  it.effect("is not asked again if it refuses the key", () =>
    Effect.gen(function* () {
      const seen: Array<Seen> = []
      const { configuration } = yield* ask(
        cloudflare,
        upstream(seen, () => new Response("", { status: 401 }))
      )
      assert.strictEqual(configuration.relay, false)
      assert.strictEqual(seen.length, 1)
    })
  )
})

layer(OnD1, { timeout: 60_000 })("the setting ICE_POLICY", (it) => {
  it.effect("makes pages use only the relay", () =>
    Effect.gen(function* () {
      const { configuration } = yield* ask({ ...cloudflare, ICE_POLICY: "relay" }, upstream([], good))
      assert.strictEqual(configuration.policy, "relay")
    })
  )
})

layer(OnD1, { timeout: 60_000 })("the credentials of a peer that is gone", (it) => {
  it.effect("are revoked once, and those of a peer that is still there are not", () =>
    Effect.gen(function* () {
      const seen: Array<Seen> = []
      const credentials = (username: string) => () =>
        Response.json({ iceServers: [{ urls: "turn:t.example.com", username, credential: "c" }] })
      const client = upstream(
        seen,
        credentials("stays"),
        credentials("leaves"),
        () => new Response(null, { status: 204 })
      )
      yield* Effect.gen(function* () {
        const turn = yield* Turn
        const room = makeRoom()
        const leaver = makeToken()
        yield* turn.iceConfiguration((yield* joinGuest({ token: makeToken(), room })).peer.id, address)
        yield* turn.iceConfiguration((yield* joinGuest({ token: leaver, room })).peer.id, address)
        yield* turn.revokeOrphans
        assert.strictEqual(seen.length, 2)
        yield* tell(leaver, { type: "leave" })
        yield* turn.revokeOrphans
        yield* turn.revokeOrphans
        assert.deepStrictEqual(
          seen.slice(2).map(({ url }) => url),
          ["https://rtc.live.cloudflare.com/v1/turn/keys/key/credentials/leaves/revoke"]
        )
      }).pipe(
        Effect.provide(
          Layer.merge(signaling(), Layer.fresh(Turn.Default.pipe(Layer.provide([settings(cloudflare), client]))))
        )
      )
    })
  )
})
