import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as TestClock from "effect/TestClock"
import { makeQualityControl } from "../../../rtc/quality/qualityControl.js"
import { type Bound, regulate, type Seen, unbounded } from "../../../rtc/quality/regulator.js"

const pace = { stepFactor: 2, shortestDelayMillis: 2_000, longestDelayMillis: 32_000, tooEarlyMillis: 10_000 }
const enough = 1_000_000

/** The bound after measurements every 2 seconds, from 2 seconds on. */
const after = (looks: ReadonlyArray<Seen>, from: Bound = unbounded(pace), start = 0): ReadonlyArray<Bound> => {
  let bound = from
  return looks.map((seen, index) => {
    bound = regulate(bound, seen, pace, start + (index + 1) * 2_000)
    return bound
  })
}
const nothing: Seen = { fallsTo: null, measuredRoom: 0, guessedRoom: 0, enough }
const short = (fallsTo: number): Seen => ({ ...nothing, fallsTo })
const guessed = (guessedRoom: number): Seen => ({ ...nothing, guessedRoom })
const measured = (measuredRoom: number): Seen => ({ ...nothing, measuredRoom })
const often = (seen: Seen, times: number) => Array.from({ length: times }, () => seen)
const limitsOf = (bounds: ReadonlyArray<Bound>) => bounds.map((bound) => bound.limit)
const none = Number.POSITIVE_INFINITY

describe("a bound", () => {
  const cases: ReadonlyArray<readonly [string, ReadonlyArray<Seen>, ReadonlyArray<number>]> = [
    ["is none while nothing is in the way", [guessed(10), guessed(2e6)], [none, none]],
    ["falls at once", [guessed(2e6), short(200_000)], [none, 200_000]],
    [
      "falls further, and is not raised by what carries more",
      [short(200_000), short(90_000), short(150_000)],
      [200_000, 90_000, 90_000]
    ],
    [
      "is raised in steps, and then removed",
      [short(200_000), guessed(3e6), guessed(3e6), guessed(3e6)],
      [200_000, 400_000, 800_000, none]
    ],
    [
      "is raised no further than there is room",
      [short(200_000), guessed(300_000), guessed(360_000)],
      [200_000, 300_000, 360_000]
    ],
    [
      "stays if there is hardly more room",
      [short(200_000), guessed(210_000), guessed(220_000)],
      [200_000, 200_000, 200_000]
    ],
    ["goes where less is wanted", [short(200_000), { ...guessed(150_000), enough: 150_000 }], [200_000, none]]
  ]
  it.each(cases)("%s", (_, looks, expected) => {
    assert.deepStrictEqual(limitsOf(after(looks)), expected)
  })

  it("waits longer after each step that was too much, and forgets that after a quiet minute", () => {
    const [fallen] = after([short(200_000)])
    const [, unlucky] = after([guessed(3e6), short(200_000)], fallen, 2_000)
    assert.strictEqual(unlucky?.stepDelayMillis, 4_000)
    assert.deepStrictEqual(limitsOf(after([guessed(3e6), guessed(3e6)], unlucky, 6_000)), [200_000, 400_000])
    const quiet = after(
      Array.from({ length: 33 }, () => guessed(210_000)),
      unlucky,
      6_000
    )
    assert.strictEqual(quiet.at(-1)?.stepDelayMillis, 2_000)
  })

  it("waits as long as its pace allows if each step was too much, however long that is", () => {
    const slow = { ...pace, shortestDelayMillis: 20_000, longestDelayMillis: 160_000 }
    const seen: Seen = { ...nothing, enough: 1 }
    let bound = regulate(unbounded(slow), { ...seen, fallsTo: 0.25 }, slow, 0)
    const raises: Array<number> = []
    for (let now = 2_000; now < 1_000_000; now += 2_000) {
      const fallsTo = bound.limit > 0.25 && bound.raisedAt === now - 2_000 ? 0.25 : null
      bound = regulate(bound, { ...seen, fallsTo, guessedRoom: fallsTo === null ? 0.5 : 0 }, slow, now)
      if (bound.raisedAt === now) raises.push(now)
    }
    const waits = raises.slice(1).map((at, index) => at - (raises[index] ?? 0))
    assert.isAtLeast(waits.at(-1) ?? 0, 160_000)
  })

  const patient = (stepDelayMillis: number): Bound => {
    const [fallen] = after([short(100_000)])
    return { ...unbounded(pace), ...fallen, stepDelayMillis }
  }

  it.each([
    ["a whole step was measured", measured(3e6), 2, 200_000],
    ["a part of a step was measured", measured(140_000), 2, 140_000],
    ["a part of a step is measured, and a whole one guessed", { ...measured(140_000), guessedRoom: 3e6 }, 2, 140_000],
    ["hardly any was measured, and a whole step is guessed", { ...measured(110_000), guessedRoom: 3e6 }, 8, 200_000],
    ["a whole step is guessed", guessed(3e6), 8, 200_000]
  ])("whose steps failed waits a quarter of its delay for room that was measured: %s", (_, seen, looks, limit) => {
    const limits = limitsOf(after(often(seen, 8), patient(16_000), 2_000))
    assert.strictEqual(limits.findIndex((at) => at > 100_000) + 1, looks)
    assert.strictEqual(limits[looks - 1], limit)
  })

  it.each([
    ["measured", measured(3e6), 4],
    ["guessed", guessed(3e6), 16]
  ])("is raised again soon after a step that held, however long the first one waited: room is %s", (_, seen, looks) => {
    const limits = limitsOf(after(often(seen, looks + 3), patient(32_000), 2_000)).slice(looks - 1)
    assert.deepStrictEqual(limits, [200_000, 400_000, 800_000, none])
  })

  it("waits its whole delay for a guess if room is measured and there is none, though the last step held", () => {
    const [raised] = after([{ ...measured(200_000), guessedRoom: 3e6 }], patient(2_000), 2_000)
    assert.strictEqual(raised?.limit, 200_000)
    const doubtful = often({ ...measured(210_000), guessedRoom: 3e6 }, 8)
    const limits = limitsOf(after(doubtful, { ...patient(16_000), ...raised, stepDelayMillis: 16_000 }, 4_000))
    assert.deepStrictEqual(limits, [...Array.from({ length: 7 }, () => 200_000), 400_000])
  })

  it("waits longer again if the step after one that held fails", () => {
    const held = after(often(guessed(3e6), 3), patient(4_000), 2_000).at(-1)
    assert.strictEqual(held?.limit, 400_000)
    const [failed] = after([short(100_000)], held, 8_000)
    assert.strictEqual(failed?.stepDelayMillis, 8_000)
    assert.deepStrictEqual(
      limitsOf(after(often(guessed(3e6), 4), failed, 10_000)),
      [100_000, 100_000, 100_000, 200_000]
    )
  })

  it("is never above what got through, and settles if nothing changes", () => {
    const amount = FastCheck.integer({ min: 1, max: 2_000_000 })
    FastCheck.assert(
      FastCheck.property(FastCheck.array(amount), amount, (past, carries) => {
        const bounds = after([...past.map(short), short(carries)])
        assert.isAtMost(bounds.at(-1)?.limit ?? none, carries)
        const calm = limitsOf(
          after(
            Array.from({ length: 60 }, () => guessed(carries)),
            bounds.at(-1),
            1e6
          )
        )
        assert.strictEqual(new Set(calm.slice(-10)).size, 1)
        assert.deepStrictEqual(
          calm,
          [...calm].sort((one, other) => one - other)
        )
      })
    )
  })

  it.effect("is raised again even if the machine's clock was set back", () =>
    Effect.gen(function* () {
      const clock = yield* Clock.clockWith(Effect.succeed)
      const told: Array<number> = []
      let available = 200_000
      let ahead = 3_600_000
      let sent = 0
      const wall = Effect.map(clock.currentTimeMillis, (now) => now + ahead)
      const set: Clock.Clock = Object.assign(Object.create(clock), { currentTimeMillis: wall })
      const qualityControl = makeQualityControl(({ camera }) => Effect.sync(() => told.push(camera.lines)))
      const look = Effect.map(clock.currentTimeMillis, (timestamp) => {
        sent += available / 4
        const entries = [
          { id: "t", type: "transport", selectedCandidatePairId: "p" },
          { id: "p", type: "candidate-pair", availableOutgoingBitrate: available },
          { id: "o", type: "outbound-rtp", timestamp, bytesSent: sent }
        ]
        return { report: new Map<string, unknown>(entries.map((entry) => [entry.id, entry])), camera: null }
      })
      yield* qualityControl.setTrack("video", Object.create(null))
      yield* Effect.fork(
        Effect.withClock(
          qualityControl.watch(look, () => Effect.void),
          set
        )
      )
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(told.at(-1), 270)
      available = 3_000_000
      ahead = 0
      yield* TestClock.adjust("20 seconds")
      assert.strictEqual(told.at(-1), 720)
    })
  )
})
