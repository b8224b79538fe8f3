import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { networkOf } from "../callerNetwork.js"
import type { PeerToken } from "../contract/Ids.js"
import { withCost } from "../RequestCost.js"
import { Signaling } from "../Signaling.js"
import { Turn } from "../Turn.js"
import { joinGuest, joinHost, makeKey, makeRoom, makeToken, tell } from "./callers.js"
import { D1, settings, signaling } from "./services.js"
import { address, ask, cloudflare, good, nobody, OnD1, peer, upstream } from "./turn.js"

const shared = { TURN_URLS: "turn:t.example.com", TURN_SECRET: "north" }

/** Runs `use` with a `Turn` that has these settings. */
const withTurn = <A, E>(values: Readonly<Record<string, string>>, use: (turn: Turn) => Effect.Effect<A, E, D1>) =>
  Effect.flatMap(Turn, use).pipe(
    Effect.provide(Layer.fresh(Turn.Default).pipe(Layer.provide([settings(values), nobody])))
  )

layer(Layer.provideMerge(signaling(), D1.layer), { timeout: 60_000 })("somebody to call", (it) => {
  const calls = (token: PeerToken) =>
    Effect.flatMap(Signaling, (service) => Effect.map(service.caller(token), (caller) => caller.mayCall))

  it.effect("exists for a guest once there is a host, and for a host once a guest is in, not while all wait", () =>
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

layer(OnD1, { timeout: 60_000 })("credentials of a deployment where anybody may host", (it) => {
  it.effect("last at most half an hour; with a host password they last for TURN_TTL", () =>
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

layer(OnD1, { timeout: 60_000 })("the credentials of an hour", (it) => {
  const relays = (turn: Turn, addresses: ReadonlyArray<string>) =>
    Effect.map(
      Effect.forEach(addresses, (from) => turn.iceConfiguration(peer, networkOf(from))),
      (answers) => answers.filter(({ relay }) => relay).length
    )
  const ipv4Addresses = (count: number) => Array.from({ length: count }, (_, index) => `198.51.100.${index}`)
  const addressesInOne48 = (count: number) => Array.from({ length: count }, (_, index) => `2001:db8:1:${index}::1`)

  it.effect("are limited to a third for one IPv4 address or one /48, and all may be used by all together", () =>
    withTurn({ ...shared, TURN_PER_HOUR: "30" }, (turn) =>
      Effect.gen(function* () {
        yield* TestClock.adjust("1 hour")
        assert.strictEqual(yield* relays(turn, addressesInOne48(40)), 10)
        assert.strictEqual(yield* relays(turn, ["2001:db8:2:3::1"]), 1)
        assert.strictEqual(yield* relays(turn, ipv4Addresses(40)), 19)
        const refused = yield* turn.iceConfiguration(peer, "203.0.113.1")
        assert.deepInclude(refused, { relay: false, iceServers: [{ urls: ["stun:stun.cloudflare.com:3478"] }] })
        const later = Date.parse(refused.expiresAt ?? "") - (yield* Clock.currentTimeMillis)
        assert.strictEqual(later, 300_000)
        yield* TestClock.adjust("1 hour")
        assert.strictEqual(yield* relays(turn, addressesInOne48(40)), 10)
      })
    )
  )

  it.effect("are not used up if the provider fails", () =>
    Effect.gen(function* () {
      const values = { ...cloudflare, TURN_PER_HOUR: "1" }
      yield* TestClock.adjust("30 hours")
      for (let count = 0; count < 2; count++) assert.isFalse((yield* ask(values, nobody)).configuration.relay)
      assert.isTrue((yield* ask(values, upstream([], good))).configuration.relay)
      assert.isFalse((yield* ask(values, upstream([], good))).configuration.relay)
    })
  )

  it.effect("are half reserved for calls, however many trials strangers run", () =>
    withTurn({ ...shared, TURN_PER_HOUR: "30" }, (turn) =>
      Effect.gen(function* () {
        yield* TestClock.adjust("10 hours")
        const tried = yield* Effect.forEach(ipv4Addresses(40), (from) => turn.trial(from))
        assert.strictEqual(tried.filter(({ relay }) => relay).length, 15)
        assert.strictEqual(yield* relays(turn, ipv4Addresses(40)), 15)
      })
    )
  )

  it.effect("are left for the calls of a network that has used up its trials", () =>
    withTurn({ ...shared, TURN_PER_HOUR: "30" }, (turn) =>
      Effect.gen(function* () {
        yield* TestClock.adjust("15 hours")
        const lobbies = addressesInOne48(40)
        const tried = yield* Effect.forEach(lobbies, (from) => turn.trial(networkOf(from)))
        assert.strictEqual(tried.filter(({ relay }) => relay).length, 5)
        // A page in the lobby asks for new ones shortly before they expire, so that 60 people do not take 200 in ten
        // minutes.
        assert.strictEqual(Date.parse(tried[0]?.expiresAt ?? "") - (yield* Clock.currentTimeMillis), 300_000)
        assert.strictEqual(yield* relays(turn, lobbies), 5)
      })
    )
  )

  it.effect("are counted in one round trip of few rows, and no address is stored", () =>
    withTurn(shared, (turn) =>
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
