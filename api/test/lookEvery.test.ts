import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import { lookEvery } from "../lookEvery.js"

/** Looks that last until the test supplies their result. */
const makeSharedLook = () => {
  const looks: Array<Deferred.Deferred<string, string>> = []
  const ask = lookEvery(
    "1 second",
    Effect.flatMap(Deferred.make<string, string>(), (look) => {
      looks.push(look)
      return Deferred.await(look)
    })
  )
  /** Asks, and ends the look with this result. */
  const askAndFind = (what: Effect.Effect<string, string>) =>
    Effect.gen(function* () {
      const answer = yield* Effect.fork(Effect.merge(ask))
      yield* Effect.yieldNow()
      const look = looks.at(-1)
      if (look !== undefined) yield* Deferred.complete(look, what)
      return yield* Fiber.join(answer)
    })
  return { looks, ask: Effect.merge(ask), askAndFind }
}

describe("a shared look", () => {
  it.effect("runs once a second, and all callers get its result, even a failure", () =>
    Effect.gen(function* () {
      const { ask, askAndFind, looks } = makeSharedLook()
      for (const [count, what] of [Effect.succeed("well"), Effect.fail("broken"), Effect.succeed("mended")].entries()) {
        const found = yield* askAndFind(what)
        assert.strictEqual(found, yield* Effect.merge(what))
        yield* TestClock.adjust("999 millis")
        for (let caller = 0; caller < 20; caller++) assert.strictEqual(yield* ask, found)
        assert.strictEqual(looks.length, count + 1)
        yield* TestClock.adjust("1 millis")
      }
    })
  )

  it.effect("gives all other callers the previous result while it is slow", () =>
    Effect.gen(function* () {
      const { ask, askAndFind, looks } = makeSharedLook()
      yield* askAndFind(Effect.succeed("well"))
      yield* TestClock.adjust("1 second")
      const slow = yield* Effect.fork(ask)
      yield* Effect.yieldNow()
      for (let caller = 0; caller < 20; caller++) assert.strictEqual(yield* ask, "well")
      assert.strictEqual(looks.length, 2)
      if (looks[1] !== undefined) yield* Deferred.fail(looks[1], "broken")
      assert.strictEqual(yield* Fiber.join(slow), "broken")
      assert.strictEqual(yield* ask, "broken")
    })
  )

  it.effect("has no result if its caller hangs up", () =>
    Effect.gen(function* () {
      const { ask, askAndFind } = makeSharedLook()
      const gone = yield* Effect.fork(ask)
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(gone)
      assert.strictEqual(yield* askAndFind(Effect.succeed("well")), "well")
      assert.strictEqual(yield* ask, "well")
    })
  )
})
