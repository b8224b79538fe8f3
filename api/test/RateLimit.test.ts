import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { PeerUnknown, RoomFull, RoomLocked } from "../contract/Errors.js"
import { RateLimit, type RateLimits } from "../RateLimit.js"
import { makeRoom, makeToken } from "./callers.js"

const address = "192.0.2.1"

/** Counts by key, forever. */
const limiter = (limit: number) => {
  const counts = new Map<string, number>()
  return {
    limit: ({ key }: { readonly key: string }) => {
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return Promise.resolve({ success: count <= limit })
    }
  }
}

/** The limits of an isolate that has met nobody: how many one key has of each, and of those that are left out enough. */
const fresh = <A, E>(limits: Partial<Record<keyof RateLimits, number>>, use: Effect.Effect<A, E, RateLimit>) =>
  Effect.suspend(() => {
    const of = (name: keyof RateLimits) => limiter(limits[name] ?? 1000)
    return Effect.provide(
      use,
      RateLimit.layer({
        LIMIT_ADDRESS: of("LIMIT_ADDRESS"),
        LIMIT_GUESS: of("LIMIT_GUESS"),
        LIMIT_JOIN: of("LIMIT_JOIN"),
        LIMIT_PASSWORD: of("LIMIT_PASSWORD"),
        LIMIT_PEER: of("LIMIT_PEER"),
        LIMIT_PRESENCE: of("LIMIT_PRESENCE"),
        LIMIT_SEND: of("LIMIT_SEND"),
        LIMIT_STRANGER: of("LIMIT_STRANGER"),
        LIMIT_TURN: of("LIMIT_TURN")
      })
    )
  })

const unknown = Effect.fail(PeerUnknown.default)
type Token = ReturnType<typeof makeToken>
/** Whether it got past the limits, whatever the service said of it then. */
const got = <A, E extends { readonly _tag: string }, R>(request: Effect.Effect<A, E, R>) =>
  Effect.match(request, { onSuccess: () => true, onFailure: ({ _tag }) => _tag !== "TooManyRequests" })
/** A request with this token; the database knows it, or not. */
const passes = (token: Token, request: Effect.Effect<void, PeerUnknown>, from = address) =>
  got(Effect.flatMap(RateLimit, (limit) => limit.peer(token, from, request)))
const joins = <E extends { readonly _tag: string }>(token: Token, request: Effect.Effect<void, E>, room = makeRoom()) =>
  got(Effect.flatMap(RateLimit, (limit) => limit.join({ type: "join", role: "guest", room, token }, address, request)))
const goes = (token: Token, from = address) => got(Effect.flatMap(RateLimit, (limit) => limit.departure(token, from)))
const countOf = <A, R>(all: ReadonlyArray<A>, request: (one: A) => Effect.Effect<boolean, never, R>) =>
  Effect.map(Effect.forEach(all, request), (passed) => passed.filter(Boolean).length)
const countPassed = (requests: ReadonlyArray<Token>) => countOf(requests, (token) => passes(token, unknown))
const tokens = (many: number) => Array.from({ length: many }, () => makeToken())

describe("an isolate that has met nobody", () => {
  it.effect("lets in who is known, behind an address whose loop it refuses", () =>
    fresh(
      { LIMIT_STRANGER: 3 },
      Effect.gen(function* () {
        const [looping, known] = [makeToken(), makeToken()]
        // Three that are counted, the one that is too many, and one lookup more.
        assert.strictEqual(yield* countPassed(Array.from({ length: 50 }, () => looping)), 5)
        for (let count = 0; count < 20; count++) assert.isTrue(yield* passes(known, Effect.void))
        assert.isFalse(yield* passes(looping, unknown))
      })
    )
  )

  it.effect("lets a flood of made-up tokens be looked up ten times in ten seconds", () =>
    fresh(
      { LIMIT_STRANGER: 3 },
      Effect.gen(function* () {
        assert.strictEqual(yield* countPassed(tokens(200)), 14)
        yield* TestClock.adjust("9 seconds")
        assert.strictEqual(yield* countPassed(tokens(200)), 0)
        yield* TestClock.adjust("2 seconds")
        assert.isAtMost(yield* countPassed(tokens(200)), 11)
      })
    )
  )
})

describe("a class whose host starts afresh", () => {
  it.effect("joins again, each by a token that was known", () =>
    fresh(
      { LIMIT_STRANGER: 10, LIMIT_JOIN: 1 },
      Effect.gen(function* () {
        const all = tokens(60)
        for (const token of all) assert.isTrue(yield* passes(token, Effect.void))
        assert.strictEqual(yield* countPassed(all), 60)
        assert.strictEqual(yield* countOf(all, (token) => joins(token, Effect.void)), 60)
        // Nor has it refused the address to those who come.
        assert.isTrue(yield* passes(makeToken(), unknown))
      })
    )
  )
})

describe("an address whose tokens are all known", () => {
  it.effect("has no more requests than one address may have, however many tokens it made", () =>
    fresh(
      { LIMIT_ADDRESS: 30 },
      Effect.gen(function* () {
        const all = tokens(20)
        const passed = yield* countOf([...all, ...all, ...all], (token) => passes(token, Effect.void))
        assert.strictEqual(passed, 30)
        assert.isTrue(yield* passes(all[0] ?? makeToken(), Effect.void, "192.0.2.2"))
      })
    )
  )

  it.effect("keeps what it has for the others, where one of them loops", () =>
    fresh(
      { LIMIT_PEER: 5, LIMIT_ADDRESS: 30, LIMIT_JOIN: 5, LIMIT_PRESENCE: 30 },
      Effect.gen(function* () {
        const [looping, ...others] = [makeToken(), ...tokens(5)]
        for (const request of [(token: Token) => passes(token, Effect.void), goes]) {
          const loop = Array.from({ length: 100 }, () => looping)
          assert.strictEqual(yield* countOf(loop, (token) => request(token)), 5)
          for (const token of others) assert.isTrue(yield* request(token))
        }
      })
    )
  )

  it.effect("comes and goes only so often, the joins of those who come back included", () =>
    fresh(
      { LIMIT_PRESENCE: 30 },
      Effect.gen(function* () {
        const all = tokens(20)
        for (const token of all) assert.isTrue(yield* joins(token, Effect.void))
        assert.strictEqual(yield* countOf(all, (token) => goes(token)), 20)
        assert.strictEqual(yield* countOf(all, (token) => joins(token, Effect.void)), 10)
        assert.isTrue(yield* goes(makeToken(), "192.0.2.2"))
      })
    )
  )
})

describe("a class before a locked room", () => {
  const locked = Effect.fail(new RoomLocked({ claim: null, message: "Later." }))
  const full = Effect.fail(new RoomFull({ message: "Full." }))

  it.effect("asks again and again, and keeps nobody else of its address out", () =>
    fresh(
      { LIMIT_JOIN: 61 },
      Effect.gen(function* () {
        const [all, room] = [tokens(60), makeRoom()]
        for (let minute = 0; minute < 5; minute++) {
          assert.strictEqual(yield* countOf(all, (token) => joins(token, locked, room)), 60)
        }
        assert.isTrue(yield* joins(makeToken(), Effect.void))
      })
    )
  )

  it.effect("is known there alone: nobody makes tokens known by a locked room of one's own", () =>
    fresh(
      { LIMIT_JOIN: 60, LIMIT_STRANGER: 3 },
      Effect.gen(function* () {
        const [all, own] = [tokens(60), makeRoom()]
        assert.strictEqual(yield* countOf(all, (token) => joins(token, locked, own)), 60)
        assert.strictEqual(yield* countOf(all, (token) => joins(token, Effect.void)), 0)
        // Three that are counted, the one that is too many, and ten lookups.
        assert.strictEqual(yield* countPassed(all), 14)
      })
    )
  )

  it.effect("is no example for those whom a full room refuses: they would fill a waiting room again at once", () =>
    fresh(
      { LIMIT_JOIN: 60 },
      Effect.gen(function* () {
        const all = tokens(60)
        assert.strictEqual(yield* countOf(all, (token) => joins(token, full)), 60)
        assert.strictEqual(yield* countOf(all, (token) => joins(token, full)), 0)
      })
    )
  )
})

describe("trials of a relay", () => {
  it.effect("in made-up rooms are as many as one address may have, and stop no call", () =>
    fresh(
      { LIMIT_ADDRESS: 30 },
      Effect.gen(function* () {
        const rooms = Array.from({ length: 50 }, () => makeRoom())
        const { trial } = yield* RateLimit
        assert.strictEqual(yield* countOf(rooms, (room) => got(trial(room, address))), 30)
        assert.isTrue(yield* passes(makeToken(), Effect.void))
      })
    )
  )
})
