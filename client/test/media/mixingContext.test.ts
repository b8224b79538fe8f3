import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { afterEach, beforeEach, vi } from "vitest"
import { openMixingContext } from "../../media/mixingContext.js"

/**
 * Web Audio of Chromium: the context follows an output that a test stops, and a sink of the type `none` always runs.
 */
class Context extends EventTarget {
  static latest: Context
  state: AudioContextState = "running"
  sinkId: unknown = ""
  hasOutput = true
  isStuck = false
  resumed = 0
  readonly #since = Date.now()
  constructor() {
    super()
    Context.latest = this
  }
  get currentTime() {
    return this.sinkId === "" && this.isStuck ? 0 : (Date.now() - this.#since) / 1000
  }
  becomes(state: AudioContextState) {
    this.state = state
    this.dispatchEvent(new Event("statechange"))
  }
  async setSinkId(sink: unknown) {
    this.sinkId = sink
  }
  async resume() {
    this.resumed++
    if (this.sinkId !== "" || this.hasOutput) this.becomes("running")
  }
  async close() {
    this.becomes("closed")
  }
}

const none = { type: "none" }

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("AudioContext", Context)
  vi.stubGlobal("navigator", {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe("a mixing context", () => {
  it.scoped("follows the default output for as long as that takes sound", () =>
    Effect.gen(function* () {
      const { outputLost } = yield* openMixingContext
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(10_000))
      assert.strictEqual(Context.latest.sinkId, "")
      assert.isFalse(outputLost())
    })
  )

  it.scoped("goes on without the output that is gone", () =>
    Effect.gen(function* () {
      const { outputLost } = yield* openMixingContext
      const context = Context.latest
      context.hasOutput = false
      context.becomes("suspended")
      context.dispatchEvent(new Event("error"))
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(0))
      assert.deepStrictEqual(context.sinkId, none)
      assert.strictEqual(context.state, "running")
      assert.isTrue(outputLost())
    })
  )

  it.scoped("goes on without an output that no longer takes sound", () =>
    Effect.gen(function* () {
      yield* openMixingContext
      const context = Context.latest
      context.isStuck = true
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(4_000))
      assert.deepStrictEqual(context.sinkId, none)
    })
  )

  it.scoped("goes on without an output that never begins, once the page may play sound", () =>
    Effect.gen(function* () {
      yield* openMixingContext
      const context = Context.latest
      Object.assign(context, { state: "suspended", isStuck: true, hasOutput: false })
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(10_000))
      assert.strictEqual(context.sinkId, "")
      Object.assign(navigator, { userActivation: { hasBeenActive: true } })
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(4_000))
      assert.deepStrictEqual(context.sinkId, none)
      assert.strictEqual(context.state, "running")
    })
  )

  it.scoped("waits for an output that is just starting", () =>
    Effect.gen(function* () {
      yield* openMixingContext
      const context = Context.latest
      Object.assign(context, { state: "suspended", isStuck: true })
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(3_900))
      context.state = "running"
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(200))
      assert.strictEqual(context.sinkId, "")
    })
  )

  it.scoped("resumes by itself after the system took the sound", () =>
    Effect.gen(function* () {
      yield* openMixingContext
      const context = Context.latest
      context.becomes("interrupted")
      assert.strictEqual(context.state, "running")
      assert.strictEqual(context.sinkId, "")
    })
  )

  it("is closed with its scope, and does nothing afterwards", async () => {
    const scope = Effect.runSync(Scope.make())
    Effect.runSync(Scope.extend(openMixingContext, scope))
    await Effect.runPromise(Scope.close(scope, Exit.void))
    const context = Context.latest
    assert.strictEqual(context.state, "closed")
    context.dispatchEvent(new Event("error"))
    await vi.advanceTimersByTimeAsync(10_000)
    assert.strictEqual(context.sinkId, "")
    assert.strictEqual(context.resumed, 0)
  })

  it.scoped("follows the only output of a browser without sinks", () =>
    Effect.gen(function* () {
      class Plain extends EventTarget {
        readonly state = "running"
        readonly currentTime = 0
        close = async () => undefined
      }
      vi.stubGlobal("AudioContext", Plain)
      const { context, outputLost } = yield* openMixingContext
      context.dispatchEvent(new Event("error"))
      yield* Effect.promise(() => vi.advanceTimersByTimeAsync(10_000))
      assert.isFalse(outputLost())
    })
  )
})
