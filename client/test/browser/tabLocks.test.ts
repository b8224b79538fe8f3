import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"
import { memoryStore } from "../../browser/TextStore.js"
import { makeTabLocks } from "../../browser/tabLocks.js"
import { makeSecrets } from "../../signaling/Secrets.js"
import { makeFakeLocks } from "../fakes/FakeLocks.js"

/** The locks of two pages of one browser. */
const pages = () => {
  const locks = makeFakeLocks()
  return [makeTabLocks(() => locks), makeTabLocks(() => locks)] as const
}
/** Lets `lockTimeout` pass. */
const afterTimeout = <A, R>(claiming: Effect.Effect<A, never, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.fork(claiming)
    yield* TestClock.adjust("3 seconds")
    return yield* Fiber.join(fiber)
  })

describe("a tab lock", () => {
  it.scoped("is held by one page at a time, until its scope closes", () =>
    Effect.gen(function* () {
      const [one, two] = pages()
      const page = yield* Scope.make()
      assert.isTrue(yield* Scope.extend(one.take("a"), page))
      assert.isTrue(yield* two.isTaken("a"))
      assert.isFalse(yield* afterTimeout(two.take("a")))
      yield* Scope.close(page, Exit.void)
      assert.isTrue(yield* afterTimeout(two.take("a")))
    })
  )

  it.scoped("waits a moment for a page that is closing", () =>
    Effect.gen(function* () {
      const [one, two] = pages()
      const page = yield* Scope.make()
      yield* Scope.extend(one.take("a"), page)
      const taking = yield* Effect.fork(two.take("a"))
      yield* TestClock.adjust("2900 millis")
      yield* Scope.close(page, Exit.void)
      assert.isTrue(yield* Fiber.join(taking))
    })
  )

  it.scoped("can be taken over", () =>
    Effect.gen(function* () {
      const [one, two] = pages()
      const [first, second] = [yield* Scope.make(), yield* Scope.make()]
      yield* Scope.extend(one.takeOver("a"), first)
      yield* Scope.extend(two.takeOver("a"), second)
      yield* Scope.close(first, Exit.void)
      assert.isTrue(yield* one.isTaken("a"))
      yield* Scope.close(second, Exit.void)
      yield* Effect.yieldNow()
      assert.isFalse(yield* one.isTaken("a"))
    })
  )

  it.scoped("is granted if the browser has no locks", () =>
    Effect.gen(function* () {
      const locks = makeTabLocks(() => undefined)
      assert.isTrue(yield* locks.take("a"))
      assert.isFalse(yield* locks.isTaken("a"))
    })
  )
})

describe("a guest's token", () => {
  it.scoped("is one per browser and room, in every tab, until it is forgotten", () =>
    Effect.gen(function* () {
      const [one, two] = pages()
      const store = memoryStore()
      const [tab, other] = [makeSecrets(store, one), makeSecrets(store, two)]
      const { isNew, token } = yield* tab.guestToken("r")
      assert.isTrue(isNew)
      assert.deepStrictEqual(yield* other.guestToken("r"), { token, isNew: false })
      assert.notStrictEqual((yield* tab.guestToken("s")).token, token)
      yield* other.forgetGuestToken("r", token)
      const after = yield* tab.guestToken("r")
      assert.notStrictEqual(after.token, token)
      // A tab that forgets the former token late leaves the new one alone.
      yield* tab.forgetGuestToken("r", token)
      assert.strictEqual((yield* other.guestToken("r")).token, after.token)
    })
  )

  it.scoped("is held by one tab, which is told when another takes it over", () =>
    Effect.gen(function* () {
      const [one, two] = pages()
      const store = memoryStore()
      const [tab, copy] = [makeSecrets(store, one), makeSecrets(store, two)]
      const { token } = yield* tab.guestToken("r")
      const held = yield* tab.holdGuestToken(token, false)
      assert.isNull(yield* afterTimeout(copy.holdGuestToken(token, false)))
      const losing = yield* Effect.fork(held?.lost ?? Effect.never)
      assert.isNotNull(yield* copy.holdGuestToken(token, true))
      yield* Fiber.join(losing)
    })
  )
})

describe("a browser that gives a page no locks", () => {
  it.scoped("grants every lock, and takes none away", () =>
    Effect.gen(function* () {
      const refused = () => Promise.reject(new DOMException("Blocked.", "SecurityError"))
      const locks = makeTabLocks(() => ({ request: refused, query: refused }))
      for (const steal of [false, true]) {
        const held = yield* locks.hold("a", steal)
        const losing = yield* Effect.fork(held?.lost ?? Effect.void)
        yield* Effect.yieldNow()
        assert.isNull(losing.unsafePoll())
      }
      assert.isFalse(yield* locks.isTaken("a"))
    })
  )
})
