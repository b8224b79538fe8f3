import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import { StorageFailed } from "../../../media/recording/problems.js"
import { callWorker } from "../../../media/recording/workerClient.js"

/** A worker that answers only when the test decides. */
class FakeWorker extends EventTarget {
  readonly numbers: Array<number> = []
  ended = false
  postMessage({ number }: { readonly number: number }) {
    this.numbers.push(number)
  }
  terminate() {
    this.ended = true
  }
  answer(number: number, result: string) {
    this.dispatchEvent(new MessageEvent("message", { data: { number, result } }))
  }
}

const isWorker = (one: unknown): one is Worker => one instanceof FakeWorker

/** A worker, a function that asks it and does not wait for the answer, and one that closes the scope. */
const open = Effect.gen(function* () {
  const worker = new FakeWorker()
  if (!isWorker(worker)) throw new Error("It is one.")
  const scope = yield* Scope.make()
  const send = yield* Scope.extend(
    callWorker<string, string>(() => worker),
    scope
  )
  const ask = (request: string) => Effect.tap(Effect.fork(Effect.either(send(request))), Effect.yieldNow())
  return { worker: worker as FakeWorker, ask, close: Scope.close(scope, Exit.void) }
})

describe("a request to a worker", () => {
  it.effect("gets the answer with its number", () =>
    Effect.gen(function* () {
      const { ask, worker } = yield* open
      const [one, two] = [yield* ask("one"), yield* ask("two")]
      const [first = 0, second = 0] = worker.numbers
      worker.answer(second, "to two")
      worker.answer(first, "to one")
      assert.deepStrictEqual([yield* Fiber.join(one), yield* Fiber.join(two)].map(Either.getOrNull), [
        "to one",
        "to two"
      ])
    })
  )

  it.effect("fails once the worker is ended, and so does a later one", () =>
    Effect.gen(function* () {
      const { ask, close, worker } = yield* open
      const pending = yield* ask("pending")
      yield* close
      assert.isTrue(worker.ended)
      const ended = Either.left(new StorageFailed({ message: "The worker was ended." }))
      assert.deepStrictEqual(yield* Fiber.join(pending), ended)
      assert.deepStrictEqual(yield* Fiber.join(yield* ask("later")), ended)
      assert.strictEqual(worker.numbers.length, 1)
    })
  )
})
