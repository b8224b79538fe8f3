import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { everyBeat, everyBeatHeard } from "../../media/beats.js"

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }))
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Lets time pass in a tick: the returned function adds this many milliseconds to the clock. */
const makeWork = () => {
  const now = performance.now.bind(performance)
  let worked = 0
  vi.spyOn(performance, "now").mockImplementation(() => now() + worked)
  return (ms: number) => {
    worked += ms
  }
}

describe("a clock that beats", () => {
  it("keeps its beat, however long the ticks take", () => {
    const work = makeWork()
    let ticks = 0
    everyBeat(24, (missed) => {
      ticks++
      assert.strictEqual(missed, 0)
      work(ticks % 30)
    })
    vi.advanceTimersByTime(5_000)
    assert.closeTo(ticks, (24 * performance.now()) / 1000, 1)
  })

  it("leaves out past beats, and reports how many", () => {
    const work = makeWork()
    const missed: Array<number> = []
    everyBeat(10, (beats) => {
      missed.push(beats)
      if (missed.length === 2) work(250)
    })
    vi.advanceTimersByTime(750)
    assert.deepStrictEqual(missed, [0, 0, 2, 0, 0, 0, 0, 0])
  })

  it("stops ticking once it is stopped", () => {
    let ticks = 0
    const stop = everyBeat(10, () => ticks++)
    vi.advanceTimersByTime(350)
    stop()
    vi.advanceTimersByTime(1000)
    assert.strictEqual(ticks, 3)
  })

  it("waits for a slower receiver, and reports how many beats were left out", () => {
    const said: Array<number> = []
    const heard = everyBeatHeard(10, (missed) => said.push(missed))
    vi.advanceTimersByTime(350)
    assert.deepStrictEqual(said, [0])
    heard()
    vi.advanceTimersByTime(100)
    assert.deepStrictEqual(said, [0, 2])
    heard()
    vi.advanceTimersByTime(100)
    assert.deepStrictEqual(said, [0, 2, 0])
  })
})
