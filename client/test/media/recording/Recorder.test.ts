import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, vi } from "vitest"
import { makeTabLocks } from "../../../browser/tabLocks.js"
import { StorageFull } from "../../../media/recording/problems.js"
import { makeRecorder } from "../../../media/recording/Recorder.js"
import { makeFakeLocks } from "../../fakes/FakeLocks.js"

/** A worker whose disk is full. */
class FullDisk extends EventTarget {
  static running = 0
  constructor() {
    super()
    FullDisk.running++
  }
  postMessage({ number }: { readonly number: number }) {
    const data = { number, failure: { name: "QuotaExceededError", message: "" } }
    queueMicrotask(() => this.dispatchEvent(Object.assign(new Event("message"), { data })))
  }
  terminate() {
    FullDisk.running--
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("MediaRecorder", { isTypeSupported: () => true })
  vi.stubGlobal("Worker", FullDisk)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe("a recording that cannot begin", () => {
  it("reports why, and leaves nothing running", async () => {
    const locks = makeTabLocks(makeFakeLocks)
    const tried = Effect.gen(function* () {
      const recorder = yield* makeRecorder({ room: "main", locks })
      yield* recorder.start(null)
      assert.deepStrictEqual(recorder.state.get(), { _tag: "Problem", problem: new StorageFull() })
      assert.deepStrictEqual([FullDisk.running, vi.getTimerCount()], [0, 0])
    })
    await Effect.runPromise(Effect.scoped(tried))
  })
})
