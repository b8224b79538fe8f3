import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { PeerUnknown } from "../contract/Errors.js"
import { RateLimit } from "../RateLimit.js"
import { makeRoom, makeToken } from "./record.js"

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

/** The limits of an isolate that has met nobody. `strangers` and `joins` are how many of those one key has. */
const fresh = <A, E>(strangers: number, joins: number, use: Effect.Effect<A, E, RateLimit>) =>
  Effect.suspend(() =>
    Effect.provide(
      use,
      RateLimit.layer({
        LIMIT_GUESS: limiter(1000),
        LIMIT_JOIN: limiter(joins),
        LIMIT_PASSWORD: limiter(1000),
        LIMIT_PEER: limiter(1000),
        LIMIT_SEND: limiter(1000),
        LIMIT_STRANGER: limiter(strangers),
        LIMIT_TURN: limiter(1000)
      })
    )
  )

const unknown = Effect.fail(PeerUnknown.default)
/** Whether a request with this token got past the limits; the database knows it, or not. */
const passes = (token: ReturnType<typeof makeToken>, request: Effect.Effect<void, PeerUnknown>) =>
  Effect.flatMap(RateLimit, (limit) => limit.peer(token, address, request)).pipe(
    Effect.as(true),
    Effect.catchTags({ PeerUnknown: () => Effect.succeed(true), TooManyRequests: () => Effect.succeed(false) })
  )
const countPassed = (requests: ReadonlyArray<ReturnType<typeof makeToken>>) =>
  Effect.map(
    Effect.forEach(requests, (token) => passes(token, unknown)),
    (all) => all.filter((passed) => passed).length
  )
const tokens = (many: number) => Array.from({ length: many }, () => makeToken())

describe("an isolate that has met nobody", () => {
  it.effect("lets in who is known, behind an address whose loop it refuses", () =>
    fresh(
      3,
      1000,
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
      3,
      1000,
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
      10,
      1,
      Effect.gen(function* () {
        const limit = yield* RateLimit
        const all = tokens(60)
        for (const token of all) assert.isTrue(yield* passes(token, Effect.void))
        assert.strictEqual(yield* countPassed(all), 60)
        const room = makeRoom()
        for (const token of all) yield* limit.join({ type: "join", role: "guest", room, token }, address, Effect.void)
        // Nor has it refused the address to those who come.
        assert.isTrue(yield* passes(makeToken(), unknown))
      })
    )
  )
})
