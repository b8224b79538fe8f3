import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { OutgoingTracks } from "../OutgoingTracks.js"
import type { Quality } from "../States.js"
import { qualityInterval } from "../timings.js"
import type { Pictures } from "./budget.js"
import { type Allowance, type Sent, unshared } from "./capacity.js"
import { qualityBetween } from "./connectionQuality.js"
import { type Adaptation, adapt, begin, demandOf, type Limits, redo } from "./encoderLimits.js"
import { millisOf } from "./regulator.js"
import { dropsFrames, isOverloaded, sendStatisticsBetween } from "./sendStatistics.js"
import type { Statistics } from "./statistics.js"
import { lessened, unsaid, type Wanted } from "./wanted.js"

/** Frames per second at most, on a machine that has time and on one that has not. */
const maxFramerates = { normal: 30, overloaded: 15 }

/** What a connection was like over the last 2 seconds. */
export interface Measured {
  readonly quality: Quality
  readonly sent: Sent
}

/** How the encoders of one connection follow its network, what is wanted of it, and what it may take. */
export interface QualityControl {
  /** Whether there is something to send on this m-line. */
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  readonly setWanted: (wanted: Wanted) => Effect.Effect<void>
  readonly setAllowance: (allowance: Allowance) => Effect.Effect<void>
  /** Measures every 2 seconds. A missing report is skipped. */
  readonly watch: (
    readStatistics: Effect.Effect<Statistics | null>,
    tell: (measured: Measured) => Effect.Effect<unknown>
  ) => Effect.Effect<never>
}

export const makeQualityControl = (set: (limits: Pictures<Limits>) => Effect.Effect<void>): QualityControl => {
  let wanted = unsaid
  let sends: Pictures<boolean> = { camera: false, screen: false }
  let allowance = unshared
  const task = () => ({
    wanted: lessened(wanted, allowance.machineShare),
    sends,
    allowance,
    frames: allowance.machineShare < 1 ? maxFramerates.overloaded : maxFramerates.normal
  })
  let adaptation: Adaptation = begin(task())
  /** Whether frames were dropped in the previous measurement, for no other reason than a lack of time. */
  let dropped = false
  const isBounded = () =>
    Math.min(adaptation.bound.limit, allowance.camera, allowance.screen) < Number.POSITIVE_INFINITY
  const apply = Effect.suspend(() => set(adaptation.limits))
  const change = (make: () => void) =>
    Effect.suspend(() => {
      make()
      adaptation = redo(adaptation, task())
      return apply
    })

  const take = (before: Statistics, report: Statistics) =>
    Effect.gen(function* () {
      const now = millisOf(yield* Clock.currentTimeNanos)
      const statistics = sendStatisticsBetween(before, report)
      const wasBounded = isBounded()
      adaptation = adapt(adaptation, statistics, task(), now)
      yield* apply
      // Neither a screen nor a bounded bitrate counts: a screen that changes all at once drops frames at its maximum
      // bitrate, and a gap of the network drops some, too.
      const drops = !wasBounded && !isBounded() && !sends.screen && dropsFrames(before, report)
      const overloaded = isOverloaded(before, report) || (drops && dropped)
      dropped = drops
      const sent = {
        statistics,
        demand: demandOf(task()),
        shortAt: adaptation.bound.fellAt,
        isOverloaded: overloaded
      }
      return { quality: qualityBetween(before, report), sent }
    })

  return {
    setTrack: (kind, track) =>
      kind === "audio"
        ? Effect.void
        : change(() => {
            sends = { ...sends, [kind === "video" ? "camera" : "screen"]: track !== null }
          }),
    setWanted: (next) =>
      change(() => {
        wanted = next
      }),
    setAllowance: (next) =>
      change(() => {
        allowance = next
      }),
    watch: (readStatistics, tell) =>
      Effect.gen(function* () {
        let before = yield* readStatistics
        while (true) {
          yield* Effect.sleep(qualityInterval)
          const now = yield* readStatistics
          if (before !== null && now !== null) yield* tell(yield* take(before, now))
          before = now ?? before
        }
      })
  }
}
