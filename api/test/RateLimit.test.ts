import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { PeerUnknown, RoomFull, RoomLocked } from "../contract/Errors.js"
import { RateLimit, type RateLimits } from "../RateLimit.js"
import { makeRoom, makeToken } from "./callers.js"

const address = "192.0.2.1"

/** A limiter that counts by key and never resets. */
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

/** Runs `use` in an isolate that knows nobody. `limits`: how many each key has; omitted limits are never reached. */
const withNewIsolate = <A, E>(limits: Partial<Record<keyof RateLimits, number>>, use: Effect.Effect<A, E, RateLimit>) =>
  Effect.suspend(() => {
    const limiterOf = (name: keyof RateLimits) => limiter(limits[name] ?? 1000)
    return Effect.provide(
      use,
      RateLimit.layer({
        LIMIT_ADDRESS: limiterOf("LIMIT_ADDRESS"),
        LIMIT_GUESS: limiterOf("LIMIT_GUESS"),
        LIMIT_JOIN: limiterOf("LIMIT_JOIN"),
        LIMIT_PASSWORD: limiterOf("LIMIT_PASSWORD"),
        LIMIT_PEER: limiterOf("LIMIT_PEER"),
        LIMIT_PRESENCE: limiterOf("LIMIT_PRESENCE"),
        LIMIT_SEND: limiterOf("LIMIT_SEND"),
        LIMIT_STRANGER: limiterOf("LIMIT_STRANGER"),
        LIMIT_TURN: limiterOf("LIMIT_TURN")
      })
    )
  })

const unknown = Effect.fail(PeerUnknown.default)
type Token = ReturnType<typeof makeToken>
/** Whether the request passed the limits, whatever the service answered. */
const passedLimits = <A, E extends { readonly _tag: string }, R>(request: Effect.Effect<A, E, R>) =>
  Effect.match(request, { onSuccess: () => true, onFailure: ({ _tag }) => _tag !== "TooManyRequests" })
/** Whether a request with this token passes. `request` succeeds if the database knows the token. */
const passes = (token: Token, request: Effect.Effect<void, PeerUnknown>, from = address) =>
  passedLimits(Effect.flatMap(RateLimit, (limit) => limit.peer(token, from, request)))
const joins = <E extends { readonly _tag: string }>(token: Token, request: Effect.Effect<void, E>, room = makeRoom()) =>
  passedLimits(
    Effect.flatMap(RateLimit, (limit) => limit.join({ type: "join", role: "guest", room, token }, address, request))
  )
const goes = (token: Token, from = address) =>
  passedLimits(Effect.flatMap(RateLimit, (limit) => limit.departure(token, from)))
const countOf = <A, R>(all: ReadonlyArray<A>, request: (one: A) => Effect.Effect<boolean, never, R>) =>
  Effect.map(Effect.forEach(all, request), (passed) => passed.filter(Boolean).length)
const countPassed = (requests: ReadonlyArray<Token>) => countOf(requests, (token) => passes(token, unknown))
const tokens = (many: number) => Array.from({ length: many }, () => makeToken())

describe("a new isolate", () => {
  it.effect("lets in known tokens from an address while it refuses an unknown one that loops there", () =>
    withNewIsolate(
      { LIMIT_STRANGER: 3 },
      Effect.gen(function* () {
        const [looping, known] = [makeToken(), makeToken()]
        // Three within the limit, the one that exceeds it, and one more lookup.
        assert.strictEqual(yield* countPassed(Array.from({ length: 50 }, () => looping)), 5)
        for (let count = 0; count < 20; count++) assert.isTrue(yield* passes(known, Effect.void))
        assert.isFalse(yield* passes(looping, unknown))
      })
    )
  )

  it.effect("looks up at most ten made-up tokens of a flood in ten seconds", () =>
    withNewIsolate(
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
  it.effect("joins again, with tokens that were known before", () =>
    withNewIsolate(
      { LIMIT_STRANGER: 10, LIMIT_JOIN: 1 },
      Effect.gen(function* () {
        const all = tokens(60)
        for (const token of all) assert.isTrue(yield* passes(token, Effect.void))
        assert.strictEqual(yield* countPassed(all), 60)
        assert.strictEqual(yield* countOf(all, (token) => joins(token, Effect.void)), 60)
        // Nor is the address refused to newcomers.
        assert.isTrue(yield* passes(makeToken(), unknown))
      })
    )
  )
})

describe("an address whose tokens are all known", () => {
  it.effect("is limited as one address, however many tokens it has", () =>
    withNewIsolate(
      { LIMIT_ADDRESS: 30 },
      Effect.gen(function* () {
        const all = tokens(20)
        const passed = yield* countOf([...all, ...all, ...all], (token) => passes(token, Effect.void))
        assert.strictEqual(passed, 30)
        assert.isTrue(yield* passes(all[0] ?? makeToken(), Effect.void, "192.0.2.2"))
      })
    )
  )

  it.effect("keeps its limit for the other tokens when one of them loops", () =>
    withNewIsolate(
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

  it.effect("is limited in joins and departures together, including those who come back", () =>
    withNewIsolate(
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

  it.effect("retries again and again without keeping others at its address out", () =>
    withNewIsolate(
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

  it.effect(
    "counts as known only in that room, so that nobody makes tokens known with a locked room of their own",
    () =>
      withNewIsolate(
        { LIMIT_JOIN: 60, LIMIT_STRANGER: 3 },
        Effect.gen(function* () {
          const [all, own] = [tokens(60), makeRoom()]
          assert.strictEqual(yield* countOf(all, (token) => joins(token, locked, own)), 60)
          assert.strictEqual(yield* countOf(all, (token) => joins(token, Effect.void)), 0)
          // Three within the limit, the one that exceeds it, and ten lookups.
          assert.strictEqual(yield* countPassed(all), 14)
        })
      )
  )

  it.effect(
    "differs from one before a full room, which does not count as known: it would fill a waiting room again at once",
    () =>
      withNewIsolate(
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
  it.effect("are limited by address over made-up rooms, and do not use up the limit of calls", () =>
    withNewIsolate(
      { LIMIT_ADDRESS: 30 },
      Effect.gen(function* () {
        const rooms = Array.from({ length: 50 }, () => makeRoom())
        const { trial } = yield* RateLimit
        assert.strictEqual(yield* countOf(rooms, (room) => passedLimits(trial(room, address))), 30)
        assert.isTrue(yield* passes(makeToken(), Effect.void))
      })
    )
  )
})
