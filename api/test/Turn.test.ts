import { createHmac } from "node:crypto"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { PeerId } from "../contract/Ids.js"
import { Turn } from "../Turn.js"
import { D1, DatabaseLive, joinGuest, makeRoom, makeToken, settings, signaling, tell } from "./record.js"

const peer = PeerId.make("p1")

interface Seen {
  readonly url: string
  readonly authorization: string | undefined
  readonly body: unknown
}

/** Cloudflare's side: answers each request in turn, the last answer for ever, and keeps what it was asked. */
const upstream = (seen: Array<Seen>, ...answers: ReadonlyArray<() => Response | "broken" | "silent">) =>
  Layer.succeed(
    HttpClient.HttpClient,
    HttpClient.make((request) => {
      const { body } = request
      seen.push({
        url: request.url,
        authorization: request.headers.authorization,
        body: body._tag === "Uint8Array" ? JSON.parse(new TextDecoder().decode(body.body)) : undefined
      })
      const answer = (answers[seen.length - 1] ?? answers.at(-1))?.() ?? "broken"
      if (answer === "silent") return Effect.never
      return answer === "broken"
        ? Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport" }))
        : Effect.succeed(HttpClientResponse.fromWeb(request, answer))
    })
  )

const cloudflare = { TURN_KEY_ID: "key", TURN_KEY_API_TOKEN: "api-token", TURN_TTL: "2 hours" }

const ask = (values: Readonly<Record<string, string>>, client: Layer.Layer<HttpClient.HttpClient>) =>
  Effect.gen(function* () {
    const turn = yield* Turn
    const start = yield* Clock.currentTimeMillis
    const fiber = yield* Effect.fork(Effect.zip(turn.iceConfiguration(peer), Clock.currentTimeMillis))
    yield* TestClock.adjust("10 seconds")
    const [configuration, end] = yield* Fiber.join(fiber)
    const lifetime = configuration.expiresAt === null ? null : (Date.parse(configuration.expiresAt) - start) / 3_600_000
    return { configuration, start, took: end - start, lifetime }
  }).pipe(Effect.provide(Turn.Default.pipe(Layer.provide([settings(values), client]))))

const Record = DatabaseLive.pipe(Layer.provideMerge(D1.layer))

const nobody = upstream([], () => "broken")

const good = () =>
  Response.json(
    {
      iceServers: [
        { urls: ["stun:stun.cloudflare.com:3478", "stun:stun.cloudflare.com:53"] },
        {
          urls: ["turn:turn.cloudflare.com:3478?transport=udp", "turn:turn.cloudflare.com:53?transport=udp"],
          username: "u",
          credential: "c"
        }
      ]
    },
    { status: 201 }
  )

layer(Record, { timeout: 60_000 })("Cloudflare's TURN service", (it) => {
  it.effect("is asked with the key for the time that TURN_TTL says, and its port 53 is left out", () =>
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

  it.effect("is asked again where it fails", () =>
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

  it.effect("that does not answer within 3 s is answered for with STUN alone", () =>
    Effect.gen(function* () {
      for (const answer of ["silent", "broken"] as const) {
        const { configuration, took } = yield* ask(
          cloudflare,
          upstream([], () => answer)
        )
        assert.deepStrictEqual(configuration, {
          iceServers: [{ urls: ["stun:stun.cloudflare.com:3478"] }],
          expiresAt: null,
          relay: false,
          policy: "all"
        })
        assert.strictEqual(took, 3000)
      }
    })
  )

  it.effect("that refuses the key is not asked again", () =>
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

layer(Record, { timeout: 60_000 })("the setting ICE_POLICY", (it) => {
  it.effect("tells pages to go through the relay alone", () =>
    Effect.gen(function* () {
      const { configuration } = yield* ask({ ...cloudflare, ICE_POLICY: "relay" }, upstream([], good))
      assert.strictEqual(configuration.policy, "relay")
    })
  )
})

layer(Record, { timeout: 60_000 })("the credentials of a peer that is gone", (it) => {
  it.effect("are revoked, once, and those of a peer that is there are not", () =>
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
        yield* turn.iceConfiguration((yield* joinGuest({ token: makeToken(), room })).peer.id)
        yield* turn.iceConfiguration((yield* joinGuest({ token: leaver, room })).peer.id)
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

layer(Record, { timeout: 60_000 })("a TURN server with a shared secret", (it) => {
  it.effect("gets credentials of the TURN REST convention", () =>
    Effect.gen(function* () {
      const values = { TURN_URLS: "turn:t.example.com:3478, turns:t.example.com:5349", TURN_SECRET: "north" }
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

layer(Record, { timeout: 60_000 })("without a TURN server", (it) => {
  it.effect("there is STUN, and relay says that there is no more", () =>
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
