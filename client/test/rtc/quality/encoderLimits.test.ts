import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import {
  type Adaptation,
  adapt,
  begin,
  redo,
  type SendStatistics,
  type Task
} from "../../../rtc/quality/encoderLimits.js"
import { lineSteps } from "../../../rtc/quality/wanted.js"

const free = { camera: Number.POSITIVE_INFINITY, screen: Number.POSITIVE_INFINITY }
const people: Task = {
  wanted: { camera: 720, screen: 1080 },
  sends: { camera: true, screen: false },
  allowance: free,
  frames: 30
}
const screen: Task = { ...people, sends: { camera: false, screen: true } }
const both: Task = { ...people, sends: { camera: true, screen: true } }

const carrying = (available: number | null): SendStatistics => ({
  pair: "p",
  availableBitrate: available,
  loss: 0,
  arrivedBitrate: available ?? 0
})

/** The adaptation after measurements every 2 seconds. */
const after = (task: Task, reports: ReadonlyArray<SendStatistics>, from: Adaptation = begin(task), start = 0) => {
  let adaptation = from
  return reports.map((statistics, index) => {
    adaptation = adapt(adaptation, statistics, task, start + (index + 1) * 2_000)
    return adaptation
  })
}
const often = (statistics: SendStatistics, times: number) => Array.from({ length: times }, () => statistics)
const settled = (task: Task, available: number) => after(task, often(carrying(available), 60)).at(-1) ?? begin(task)
const sizes = (adaptations: ReadonlyArray<Adaptation>) => adaptations.map(({ limits }) => limits.camera.lines)

describe("what a connection sends", () => {
  it.each([
    [5_000_000, 720, 30],
    [600_000, 540, 30],
    [300_000, 360, 30],
    [250_000, 270, 30],
    [160_000, 180, 30],
    [130_000, 180, 15],
    [110_000, 180, 8],
    [90_000, 0, 0]
  ])("of a camera keeps its frame rate on a network of %i bit/s", (available, lines, maxFramerate) => {
    assert.deepInclude(settled(people, available).limits.camera, { active: lines > 0, lines, maxFramerate })
  })

  it.each([
    [5_000_000, 1080, 30],
    [800_000, 1080, 15],
    [200_000, 1080, 5],
    [150_000, 720, 5],
    [115_000, 540, 5],
    [90_000, 0, 0]
  ])("of a screen keeps its lines, where the network carries %i bit/s", (available, lines, maxFramerate) => {
    assert.deepInclude(settled(screen, available).limits.screen, { active: lines > 0, lines, maxFramerate })
  })

  it.each([
    [5_000_000, [1080, 30], 720],
    [1_000_000, [1080, 15], 360],
    [250_000, [1080, 5], 180],
    [120_000, [540, 5], 0]
  ])("is a screen first, then cameras, on a network of %i bit/s", (available, sharp, lines) => {
    const { camera, screen } = settled(both, available).limits
    assert.deepStrictEqual([[screen.lines, screen.maxFramerate], camera.lines], [sharp, lines])
  })

  it("is small at once on a network that gets narrow, and at full size 8 seconds after it is wide again", () => {
    const thin = after(people, [carrying(3_000_000), carrying(200_000)])
    assert.deepStrictEqual(sizes(thin), [720, 270])
    const wide = after(people, often(carrying(3_000_000), 4), thin.at(-1), 60_000)
    assert.deepStrictEqual(sizes(wide), [360, 720, 720, 720])
  })

  it("is smaller if only loss shows that it is too much", () => {
    const lossy: SendStatistics = { ...carrying(null), loss: 0.3, arrivedBitrate: 300_000 }
    const fallen = after(people, [lossy])
    assert.deepStrictEqual(sizes(fallen), [360])
    const healed = after(people, often(carrying(null), 3), fallen.at(-1), 2_000)
    assert.deepStrictEqual(sizes(healed), [540, 720, 720])
    const radio: SendStatistics = { ...carrying(3_000_000), loss: 0.1, arrivedBitrate: 1_500_000 }
    assert.deepStrictEqual(sizes(after(people, often(radio, 5))), [720, 720, 720, 720, 720])
  })

  it("is enlarged on a trial if a simple picture uses less than there is, and not so soon again if that fails", () => {
    const easy: SendStatistics = { ...carrying(200_000), arrivedBitrate: 100_000 }
    assert.deepStrictEqual(sizes(after(people, often(easy, 9))), [270, 360, 270, 270, 360, 270, 270, 270, 270])
  })

  it("comes back soon if the browser has measured room for it, however many trials have failed", () => {
    const easy: SendStatistics = { ...carrying(200_000), arrivedBitrate: 100_000 }
    const failed = after(people, often(easy, 11))
    assert.deepStrictEqual(sizes(failed.slice(-2)), [360, 270])
    const then = (statistics: SendStatistics) => sizes(after(people, often(statistics, 4), failed.at(-1), 22_000))
    assert.deepStrictEqual(then(easy), [270, 270, 270, 270])
    assert.deepStrictEqual(then({ ...easy, availableBitrate: 3_000_000 }), [270, 360, 720, 720])
  })

  it("comes back within 15 seconds after 40 on a narrow network, however little a simple picture uses", () => {
    /** A still face with the voice, in bits per second. */
    const takes = (lines: number) => 50_000 + 75_000 * (lines / 270) ** 1.5
    let available = 3_000_000
    let adaptation = begin(people)
    const look = (line: number, now: number) => {
      const arrivedBitrate = Math.min(takes(adaptation.limits.camera.lines), line)
      // The estimate rises no further beyond what arrives: draft-ietf-rmcat-gcc-02, 5.5.
      available = Math.min(line, Math.max(available, 1.5 * arrivedBitrate + 10_000))
      const statistics = { pair: "p", availableBitrate: available, loss: 0, arrivedBitrate }
      const told = adaptation.limits.camera.maxBitrate
      adaptation = adapt(adaptation, statistics, people, now)
      const { lines, maxBitrate } = adaptation.limits.camera
      if (maxBitrate !== told && maxBitrate > available) available = Math.min(line, available * 2)
      return lines
    }
    const narrow = Array.from({ length: 20 }, (_, index) => look(250_000, (index + 1) * 2_000))
    assert.isAtMost(narrow.filter((lines) => lines > 360).length, 4)
    const wide = Array.from({ length: 7 }, (_, index) => look(3_000_000, 40_000 + (index + 1) * 2_000))
    assert.strictEqual(wide.at(-1), 720)
  })

  it("has the browser probe, by a changed bitrate, only if it is bounded and uses less than it has", () => {
    const bitrates = (reports: ReadonlyArray<SendStatistics>) =>
      new Set(after(people, reports).map(({ limits }) => limits.camera.maxBitrate)).size
    const easy: SendStatistics = { ...carrying(3_000_000), arrivedBitrate: 100_000 }
    assert.strictEqual(bitrates(often(easy, 6)), 1)
    assert.strictEqual(bitrates(often(carrying(300_000), 6)), 1)
    const [fallen = begin(people)] = after(people, [carrying(300_000)])
    const patient: Adaptation = { ...fallen, bound: { ...fallen.bound, stepDelayMillis: 32_000 } }
    const bounded = after(people, often({ ...carrying(300_000), arrivedBitrate: 150_000 }, 4), patient, 2_000)
    assert.deepStrictEqual(sizes(bounded), [360, 360, 360, 360])
    const told = [patient, ...bounded].map(({ limits }) => limits.camera.maxBitrate)
    assert.isTrue(bounded.every(({ limits }, index) => limits.camera.maxBitrate !== told[index]))
  })

  it("comes back after a gap with a muted microphone, in which the browser saw little", () => {
    const gone = after(people, [carrying(30_000)]).at(-1)
    assert.isFalse(gone?.limits.camera.active)
    const muted: SendStatistics = { ...carrying(34_000), arrivedBitrate: 12_000 }
    assert.isTrue(after(people, often(muted, 3), gone, 10_000).at(-1)?.limits.camera.active)
    // What uses only a part of a small bound has enough.
    const easy: SendStatistics = { ...carrying(85_000), arrivedBitrate: 40_000 }
    assert.isTrue(after(people, often(easy, 10)).every(({ limits }) => limits.camera.active))
  })

  it.each<readonly [string, SendStatistics, ReadonlyArray<number>]>([
    ["the same path", carrying(300_000), [360, 360, 360]],
    ["another path", { ...carrying(3_000_000), pair: "q" }, [720, 720, 720]],
    ["another path, of which the browser says nothing yet", { ...carrying(null), pair: "q" }, [720, 720, 720]],
    ["another path that is narrow, too", { ...carrying(300_000), pair: "q" }, [720, 360, 360]],
    [
      "another path, and the losses of the change",
      { pair: "q", availableBitrate: 3_000_000, loss: 0.5, arrivedBitrate: 400_000 },
      [720, 720, 360]
    ],
    ["a path that the browser does not name", { ...carrying(300_000), pair: null }, [360, 360, 360]]
  ])("begins anew where the call takes another path: %s", (_, statistics, lines) => {
    const [narrow] = after(people, [carrying(300_000)])
    assert.deepStrictEqual(sizes(after(people, often(statistics, 3), narrow, 10_000)), lines)
  })

  it("is as large as wanted as soon as the other side asks, and nothing if nobody sees it", () => {
    const unseen = redo(begin(people), { ...people, wanted: { camera: 0, screen: 0 } })
    assert.isFalse(unseen.limits.camera.active)
    assert.strictEqual(redo(unseen, { ...people, wanted: { camera: 180, screen: 0 } }).limits.camera.lines, 180)
    assert.strictEqual(redo(unseen, people).limits.camera.lines, 720)
  })

  it("is not reduced for an estimate that is low because little is sent", () => {
    const small: Task = { ...people, wanted: { camera: 180, screen: 0 } }
    const calm = after(small, often(carrying(160_000), 10)).at(-1) ?? begin(small)
    assert.strictEqual(redo(calm, people).limits.camera.lines, 720)
  })

  it("has fewer frames on a machine that has no time", () => {
    assert.deepInclude(begin({ ...people, frames: 15 }).limits.camera, { lines: 720, maxFramerate: 15 })
  })

  const task: FastCheck.Arbitrary<Task> = FastCheck.record({
    wanted: FastCheck.record({
      camera: FastCheck.constantFrom(...lineSteps),
      screen: FastCheck.constantFrom(...lineSteps)
    }),
    sends: FastCheck.record({ camera: FastCheck.boolean(), screen: FastCheck.boolean() }),
    allowance: FastCheck.record({ camera: FastCheck.nat(3_000_000), screen: FastCheck.nat(3_000_000) }),
    frames: FastCheck.constantFrom(15, 30)
  })
  const available = FastCheck.integer({ min: 0, max: 6_000_000 })
  const statistics: FastCheck.Arbitrary<SendStatistics> = FastCheck.record({
    pair: FastCheck.constantFrom("p", "q", null),
    availableBitrate: FastCheck.option(available),
    loss: FastCheck.double({ min: 0, max: 1, noNaN: true }),
    arrivedBitrate: available
  })

  it("is never more than is wanted or allowed", () => {
    FastCheck.assert(
      FastCheck.property(task, FastCheck.array(statistics), (task, reports) => {
        for (const { limits } of [begin(task), ...after(task, reports)]) {
          for (const kind of ["camera", "screen"] as const) {
            assert.isAtMost(limits[kind].lines, task.wanted[kind])
            assert.isAtMost(limits[kind].maxFramerate, task.frames)
            assert.isAtMost(limits[kind].maxBitrate, task.allowance[kind])
            if (!task.sends[kind]) assert.isFalse(limits[kind].active)
          }
        }
      })
    )
  })

  it("is never less on a network that carries more", () => {
    FastCheck.assert(
      FastCheck.property(task, FastCheck.array(statistics), available, available, (task, past, one, other) => {
        const from = after(task, past).at(-1) ?? begin(task)
        const [less, more] = [Math.min(one, other), Math.max(one, other)].map(
          (carries) => adapt(from, carrying(carries), task, 1e6).limits
        )
        for (const kind of ["camera", "screen"] as const) {
          assert.isAtLeast(more?.[kind].lines ?? 0, less?.[kind].lines ?? 0)
          assert.isAtLeast(more?.[kind].maxFramerate ?? 0, less?.[kind].maxFramerate ?? 0)
        }
      })
    )
  })

  it("settles if nothing changes", () => {
    FastCheck.assert(
      FastCheck.property(task, FastCheck.array(statistics), available, (task, past, carries) => {
        const from = after(task, past).at(-1) ?? begin(task)
        const then = after(task, often(carrying(carries), 100), from, 1e6).map(({ limits }) => JSON.stringify(limits))
        assert.strictEqual(new Set(then.slice(-40)).size, 1)
      })
    )
  })
})
