/**
 * The limits of a connection's encoders, as a pure policy: from what was measured and what is wanted to the size, the
 * frame rate and the bitrate. The browser's own congestion control does the fine work within these limits; they make a
 * picture on a thin line small and moving, rather than large and frozen.
 *
 * When there is less, cameras keep their frame rate and lose resolution: a face that moves is understood at half its
 * size, and a frozen one is not. They stop at 180 lines, and then lose frames: in a programme of four, each is half as
 * large. libwebrtc stops there, too (`kDefaultMinPixelsPerFrame`). Screens keep their resolution and lose frames: text
 * that is not sharp cannot be read, and it moves seldom. Voices lose nothing: their bitrate is set aside first.
 */
import { type Demand, divideBitrate, type Pictures, voiceBitrate } from "./budget.js"
import { type Bound, type Pace, regulate, type Seen, unbounded } from "./regulator.js"
import type { Lines, Wanted } from "./wanted.js"

/** The limits of one video encoder. While it is not active, the other values mean nothing. */
export interface Limits {
  /** False: nobody sees it, or there is no room for it. The other side keeps the last picture. */
  readonly active: boolean
  /** The most pixels of the shorter side. */
  readonly lines: number
  readonly maxFramerate: number
  /** In bits per second. */
  readonly maxBitrate: number
}

interface Rung {
  readonly lines: number
  readonly framerate: number
  /** In bits per second: with less, the picture is not good. */
  readonly minBitrate: number
}

interface Purpose {
  /** From the best to the worst. */
  readonly rungs: ReadonlyArray<Rung>
  /** Of the largest picture, in bits per second: more makes it no better. */
  readonly maxBitrate: number
}

/** Of a camera's largest picture, in bits per second: more makes it no better. */
export const maxCameraBitrate = 1_700_000

const purposes: Pictures<Purpose> = {
  camera: {
    rungs: [
      { lines: 720, framerate: 30, minBitrate: 600_000 },
      { lines: 540, framerate: 30, minBitrate: 380_000 },
      { lines: 360, framerate: 30, minBitrate: 200_000 },
      { lines: 270, framerate: 30, minBitrate: 120_000 },
      { lines: 180, framerate: 30, minBitrate: 70_000 },
      { lines: 180, framerate: 15, minBitrate: 45_000 },
      { lines: 180, framerate: 8, minBitrate: 25_000 }
    ],
    maxBitrate: maxCameraBitrate
  },
  screen: {
    rungs: [
      { lines: 1080, framerate: 30, minBitrate: 1_200_000 },
      { lines: 1080, framerate: 15, minBitrate: 500_000 },
      { lines: 1080, framerate: 5, minBitrate: 100_000 },
      { lines: 720, framerate: 5, minBitrate: 60_000 },
      { lines: 540, framerate: 5, minBitrate: 30_000 }
    ],
    maxBitrate: 2_500_000
  }
}

/** Of both pictures. */
const ofBoth = <A>(make: (kind: keyof typeof purposes) => A): Pictures<A> => ({
  camera: make("camera"),
  screen: make("screen")
})

/**
 * The bitrate of a picture of these lines as a share of one of `largerLines`: at half the lines, more than a quarter.
 */
const bitrateShare = (lines: number, largerLines: number) => (lines / largerLines) ** 1.5

/** The rungs for a picture that is shown no larger than this. */
const rungsFor = ({ rungs }: Purpose, wanted: Lines): ReadonlyArray<Rung> =>
  rungs.map(({ framerate, lines, minBitrate }) => {
    const shown = Math.min(lines, wanted)
    return { framerate, lines: shown, minBitrate: minBitrate * bitrateShare(shown, lines) }
  })

/** The most that a picture of these lines is worth, in bits per second. */
const maxBitrateFor = ({ maxBitrate, rungs: [best] }: Purpose, lines: number) =>
  best === undefined ? 0 : maxBitrate * bitrateShare(Math.min(lines, best.lines), best.lines)

/** What a connection is to send. */
export interface Task {
  /** How large the other side shows it. */
  readonly wanted: Wanted
  /** Whether there is anything to send. */
  readonly sends: Pictures<boolean>
  /** What each picture may take at most, in bits per second: less than Infinity if others share the line. */
  readonly allowance: Pictures<number>
  /** Frames per second at most: fewer if the machine is the limit. */
  readonly frames: number
}

/** What the pictures would take if nothing limited them. */
export const demandOf = ({ sends, wanted }: Pick<Task, "sends" | "wanted">): Demand =>
  ofBoth((kind) => (sends[kind] ? maxBitrateFor(purposes[kind], wanted[kind]) : 0))

/** Measurements of what a connection sends. */
export interface SendStatistics {
  /** The candidate pair that carries it, by its id in the report. Null: unknown. */
  readonly pair: string | null
  /** The browser's estimate of what the network carries, in bits per second. Null: it has none. */
  readonly availableBitrate: number | null
  /** The share of what was sent: 0 to 1. */
  readonly loss: number
  /** What arrived, in bits per second. */
  readonly arrivedBitrate: number
}

/** The state of a connection's adaptation. */
export interface Adaptation {
  /** What the network carries, in bits per second. */
  readonly bound: Bound
  readonly limits: Pictures<Limits>
  /** What the limits need, in bits per second: with less, pictures and voice suffer. */
  readonly neededBitrate: number
  /** The bitrates are set a little lower: see `probingShare`. */
  readonly isProbing: boolean
  /** The pair on which all this was found out. Null: none is known yet. */
  readonly pair: string | null
  /** Nothing was found out on it yet. */
  readonly isNewPair: boolean
}

/** A step is at most a doubling: a call that had 200 kbit/s is back at its full size in four. */
const bitratePace: Pace = {
  stepFactor: 2,
  shortestDelayMillis: 2_000,
  longestDelayMillis: 32_000,
  tooEarlyMillis: 10_000
}

/** Loss this heavy does not come from a bad radio link: too much is sent. The browser's estimate lags behind it. */
const heavyLoss = 0.2
/** Without an estimate of the browser there is only loss to go by: from this on, too much is sent. */
const muchLoss = 0.1
/** Loss up to this counts as none. */
const littleLoss = 0.02
/** A share of the browser's estimate, which does not grow while a sender uses less than this. */
export const usedUpShare = 0.75
/**
 * While a bounded sender uses less than it has, every other measurement lowers its bitrates to this share: libwebrtc
 * probes up to twice its estimate, with 15 ms of padding, whenever their sum changes to more than that
 * (`probe_controller.cc`, `OnMaxTotalAllocatedBitrate`). So a network that is wide again is noticed without trying a
 * larger picture.
 */
const probingShare = 0.99
/** This many times the needed bitrate is enough for all that is wanted. */
const headroom = 1.15
/** No network that carries a call carries less, in bits per second: loss that remains is not due to pictures. */
export const minNetworkBitrate = 120_000

const off: Limits = { active: false, lines: 0, maxFramerate: 0, maxBitrate: 0 }

/**
 * The limits for a network that carries this much. It decides the size; the bitrate may exceed it, or the browser would
 * never find out that there is more.
 */
const limitsFor = (bound: Bound, task: Task, isProbing = false): Omit<Adaptation, "pair" | "isNewPair"> => {
  const { allowance, frames, sends, wanted } = task
  const [shares] = divideBitrate(bound.limit, [demandOf(task)])
  const rungs = ofBoth((kind) => {
    const share = Math.min(shares?.[kind] ?? 0, allowance[kind])
    if (!sends[kind] || wanted[kind] === 0) return undefined
    return rungsFor(purposes[kind], wanted[kind]).find(({ minBitrate }) => minBitrate <= share)
  })
  const limits = ofBoth((kind): Limits => {
    const rung = rungs[kind]
    if (rung === undefined) return off
    const fullBitrate = Math.min(maxBitrateFor(purposes[kind], rung.lines), allowance[kind])
    const maxBitrate = Math.floor(fullBitrate * (isProbing ? probingShare : 1))
    return { active: true, lines: rung.lines, maxFramerate: Math.min(rung.framerate, frames), maxBitrate }
  })
  const neededBitrate = voiceBitrate + (rungs.camera?.minBitrate ?? 0) + (rungs.screen?.minBitrate ?? 0)
  return { bound, limits, neededBitrate, isProbing }
}

export const begin = (task: Task): Adaptation => ({
  ...limitsFor(unbounded(bitratePace), task),
  pair: null,
  isNewPair: false
})

/** The adaptation after what is wanted or allowed has changed. */
export const redo = (before: Adaptation, task: Task): Adaptation => ({
  ...before,
  ...limitsFor(before.bound, task, before.isProbing)
})

/** As far as is known, less is sent than the network carries. */
const isUntried = ({ arrivedBitrate, availableBitrate, loss }: SendStatistics) =>
  loss <= littleLoss && (availableBitrate === null || arrivedBitrate < availableBitrate * usedUpShare)

const seenOf = (before: Adaptation, statistics: SendStatistics, enough: number): Seen => {
  const { arrivedBitrate, availableBitrate, loss } = statistics
  const tooMuch = loss >= (availableBitrate === null ? muchLoss : heavyLoss)
  const arrived = tooMuch ? Math.max(arrivedBitrate, minNetworkBitrate) : Number.POSITIVE_INFINITY
  // The browser's estimate grows with what is sent, to 1.5 times that plus 10 kbit/s (draft-ietf-rmcat-gcc-02, 5.5): a
  // low one means something only if it is too low, or used up. A simple picture never uses up what it has, and may
  // never show room for a whole step: whether there is more is found out by trying, too.
  const untried = isUntried(statistics)
  // A muted voice alone would never try: with this the smallest picture does. Below the voices a bound is void.
  const lowestBound = untried ? minNetworkBitrate : voiceBitrate
  const carried = Math.max(lowestBound, Math.min(availableBitrate ?? Number.POSITIVE_INFINITY, arrived))
  return {
    fallsTo: tooMuch || carried < before.neededBitrate ? carried : null,
    measuredRoom: availableBitrate ?? 0,
    guessedRoom: untried ? before.bound.limit * bitratePace.stepFactor : 0,
    enough
  }
}

/**
 * The adaptation after a measurement. If another pair carries the call, as after a change of network, all begins anew,
 * and the loss in this measurement and the next happened on the way there: reports come late.
 */
export const adapt = (before: Adaptation, statistics: SendStatistics, task: Task, now: number): Adaptation => {
  const pair = statistics.pair ?? before.pair
  if (before.pair !== null && pair !== before.pair) return { ...begin(task), pair, isNewPair: true }
  const enough = begin(task).neededBitrate * headroom
  const counted = before.isNewPair ? { ...statistics, loss: 0 } : statistics
  const bound = regulate(before.bound, seenOf(before, counted, enough), bitratePace, now)
  const couldProbe =
    statistics.availableBitrate !== null && bound.limit < Number.POSITIVE_INFINITY && isUntried(counted)
  return { ...limitsFor(bound, task, couldProbe && !before.isProbing), pair, isNewPair: false }
}
