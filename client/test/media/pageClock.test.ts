import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, vi } from "vitest"
import { runClock } from "../../media/pageClock.js"

/** A worker that beats when the test says so. */
class Beats extends EventTarget {
  static latest: Beats | undefined
  readonly heard: Array<unknown> = []
  terminated = false
  constructor() {
    super()
    Beats.latest = this
  }
  postMessage(message: unknown) {
    this.heard.push(message)
  }
  terminate() {
    this.terminated = true
  }
  beat(missed: number) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: missed }))
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** The ticks of a clock of 10 beats a second, while this happens. */
const ticksWhile = (happens: () => void) => {
  const ticks: Array<number> = []
  const clock = Effect.zipRight(
    runClock(10, (missed) => ticks.push(missed)),
    Effect.sync(happens)
  )
  Effect.runSync(Effect.scoped(clock))
  return ticks
}

describe("a clock for pages", () => {
  it("ticks by a worker's beats, not by the page's own timers, and answers each", () => {
    vi.stubGlobal("Worker", Beats)
    const ticks = ticksWhile(() => {
      vi.advanceTimersByTime(1_000)
      for (const missed of [0, 2]) Beats.latest?.beat(missed)
    })
    assert.deepStrictEqual(ticks, [0, 2])
    assert.deepStrictEqual(Beats.latest?.heard, [10, "heard", "heard"])
    assert.isTrue(Beats.latest?.terminated)
  })

  it("ticks by the page's own timers if there is no worker, until it is stopped", () => {
    const second = () => void vi.advanceTimersByTime(1_000)
    vi.stubGlobal("Worker", Beats)
    const broken = ticksWhile(() => {
      Beats.latest?.dispatchEvent(new Event("error"))
      second()
    })
    vi.stubGlobal("Worker", undefined)
    const without = ticksWhile(second)
    second()
    assert.deepStrictEqual([broken.length, without.length], [10, 10])
  })
})
