import { createHmac } from "node:crypto"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, layer } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"
import { networkOf } from "../address.js"
import { PeerId, type PeerToken } from "../contract/Ids.js"
import { withCost } from "../RequestCost.js"
import { Signaling } from "../Signaling.js"
import { Turn } from "../Turn.js"
import {
  D1,
  DatabaseLive,
  joinGuest,
  joinHost,
  makeKey,
  makeRoom,
  makeToken,
  settings,
  signaling,
  tell
} from "./record.js"

const peer = PeerId.make("p1")

interface Seen {
  readonly url: string
  readonly authorization: string | undefined
  readonly body: unknown
}

/** Cloudflare's side: answers each request in turn, the last answer forever, and keeps what it was asked. */
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

const cloudflare = {
  TURN_KEY_ID: "key",
  TURN_KEY_API_TOKEN: "api-token",
  TURN_TTL: "2 hours",
  HOST_PASSWORD: "open sesame"
}

const address = "192.0.2.7"

const ask = (values: Readonly<Record<string, string>>, client: Layer.Layer<HttpClient.HttpClient>) =>
  Effect.gen(function* () {
    const turn = yield* Turn
    const start = yield* Clock.currentTimeMillis
    const fiber = yield* Effect.fork(turn.iceConfiguration(peer, address))
    // The database takes real time. The clock goes on once the provider is waited for, or the answer is there.
    yield* Effect.repeat(
      Effect.promise(() => new Promise((resolve) => setImmediate(resolve))),
      {
        until: () =>
          Effect.zipWith(
            TestClock.sleeps(),
            Fiber.poll(fiber),
            (sleeps, done) => Chunk.isNonEmpty(sleeps) || Option.isSome(done)
          )
      }
    )
    yield* TestClock.adjust("10 seconds")
    const configuration = yield* Fiber.join(fiber)
    const lifetime = configuration.expiresAt === null ? null : (Date.parse(configuration.expiresAt) - start) / 3_600_000
    return { configuration, start, lifetime }
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
        const { configuration, start } = yield* ask(
          cloudflare,
          upstream([], () => answer)
        )
        // Given up after 3 s, and asked again in 5 minutes: a provider comes back.
        assert.deepStrictEqual(configuration, {
          iceServers: [{ urls: ["stun:stun.cloudflare.com:3478"] }],
          expiresAt: new Date(start + 303_000).toISOString(),
          relay: false,
          policy: "all"
        })
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

layer(Record, { timeout: 60_000 })("a TURN server with a shared secret", (it) => {
  it.effect("gets credentials of the TURN REST convention", () =>
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

const shared = { TURN_URLS: "turn:t.example.com", TURN_SECRET: "north" }

/** Asks for credentials under one set of settings, as often as is wanted, and says which of them came with a relay. */
const asking = <A, E>(values: Readonly<Record<string, string>>, use: (turn: Turn) => Effect.Effect<A, E, D1>) =>
  Effect.flatMap(Turn, use).pipe(
    Effect.provide(Layer.fresh(Turn.Default).pipe(Layer.provide([settings(values), nobody])))
  )

layer(Layer.provideMerge(signaling(), D1.layer), { timeout: 60_000 })("somebody to call", (it) => {
  const calls = (token: PeerToken) =>
    Effect.flatMap(Signaling, (service) => Effect.map(service.caller(token), (caller) => caller.calls))

  it.effect("a guest has once there is a host, and a host once a guest is in, not while all wait", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const [hostToken, guestToken] = [makeToken(), makeToken()]
      yield* joinGuest({ token: guestToken, room })
      assert.isFalse(yield* calls(guestToken))
      yield* tell(guestToken, { type: "leave" })
      yield* joinHost({ token: hostToken, hostKey: makeKey(), room })
      assert.isFalse(yield* calls(hostToken))
      yield* tell(hostToken, { type: "room", waitingRoom: true })
      const { peer: guest } = yield* joinGuest({ token: makeToken(), room })
      assert.isFalse(yield* calls(hostToken))
      yield* tell(hostToken, { type: "admit", peer: guest.id })
      assert.isTrue(yield* calls(hostToken))
    })
  )
})

layer(Record, { timeout: 60_000 })("credentials where anybody may host", (it) => {
  it.effect("last half an hour; with a host password they last what TURN_TTL says, and never longer", () =>
    Effect.gen(function* () {
      for (const [values, hours] of [
        [{}, 0.5],
        [{ TURN_TTL: "10 minutes" }, 1 / 6],
        [{ HOST_PASSWORD: "open sesame" }, 4],
        [{ HOST_PASSWORD: "open sesame", TURN_TTL: "10 minutes" }, 1 / 6]
      ] as const) {
        assert.strictEqual((yield* ask({ ...shared, ...values }, nobody)).lifetime, hours)
      }
    })
  )
})

layer(Record, { timeout: 60_000 })("the credentials of an hour", (it) => {
  const relays = (turn: Turn, addresses: ReadonlyArray<string>) =>
    Effect.map(
      Effect.forEach(addresses, (from) => turn.iceConfiguration(peer, networkOf(from))),
      (answers) => answers.filter(({ relay }) => relay).length
    )
  const hosts = (count: number) => Array.from({ length: count }, (_, index) => `198.51.100.${index}`)
  const of48 = (count: number) => Array.from({ length: count }, (_, index) => `2001:db8:1:${index}::1`)

  it.effect("are a third for one address, a whole /48 being one, and all of them for all", () =>
    asking({ ...shared, TURN_PER_HOUR: "30" }, (turn) =>
      Effect.gen(function* () {
        yield* TestClock.adjust("1 hour")
        assert.strictEqual(yield* relays(turn, of48(40)), 10)
        assert.strictEqual(yield* relays(turn, ["2001:db8:2:3::1"]), 1)
        assert.strictEqual(yield* relays(turn, hosts(40)), 19)
        const refused = yield* turn.iceConfiguration(peer, "203.0.113.1")
        assert.deepInclude(refused, { relay: false, iceServers: [{ urls: ["stun:stun.cloudflare.com:3478"] }] })
        const later = Date.parse(refused.expiresAt ?? "") - (yield* Clock.currentTimeMillis)
        assert.strictEqual(later, 300_000)
        yield* TestClock.adjust("1 hour")
        assert.strictEqual(yield* relays(turn, of48(40)), 10)
      })
    )
  )

  it.effect("are not used up by a provider that fails", () =>
    Effect.gen(function* () {
      const values = { ...cloudflare, TURN_PER_HOUR: "1" }
      yield* TestClock.adjust("30 hours")
      for (let count = 0; count < 2; count++) assert.isFalse((yield* ask(values, nobody)).configuration.relay)
      assert.isTrue((yield* ask(values, upstream([], good))).configuration.relay)
      assert.isFalse((yield* ask(values, upstream([], good))).configuration.relay)
    })
  )

  it.effect("are not given to 40 trials of strangers: half of them is kept for calls", () =>
    asking({ ...shared, TURN_PER_HOUR: "30" }, (turn) =>
      Effect.gen(function* () {
        yield* TestClock.adjust("10 hours")
        const tried = yield* Effect.forEach(hosts(40), (from) => turn.trial(from))
        assert.strictEqual(tried.filter(({ relay }) => relay).length, 15)
        assert.strictEqual(yield* relays(turn, hosts(40)), 15)
      })
    )
  )

  it.effect("cost the database two rows read and written each, and no address is kept", () =>
    asking(shared, (turn) =>
      Effect.gen(function* () {
        yield* TestClock.adjust("20 hours")
        yield* turn.iceConfiguration(peer, address)
        const cost = yield* withCost((spent) => Effect.as(turn.iceConfiguration(peer, address), spent))
        assert.strictEqual(cost.trips, 1)
        assert.isAtMost(cost.rowsRead, 12)
        assert.isAtMost(cost.rowsWritten, 4)
        const db = yield* D1
        const [kept] = yield* Effect.promise(() => db.batch([db.prepare("SELECT * FROM relay_grants").bind()]))
        assert.isAbove(kept?.results.length ?? 0, 1)
        assert.notInclude(JSON.stringify(kept?.results), "192.0.2")
      })
    )
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
