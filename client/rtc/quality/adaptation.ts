/**
 * What the encoders of a connection are told, as a pure policy: from what was measured and what is wanted to the size,
 * the frames and the bitrate that are set. The browser's own congestion control does the fine work within these bounds;
 * they see to it that a picture on a thin line is small and moves, rather than large and frozen.
 *
 * When there is less, people keep their frames and give resolution: a face that moves is understood at half its size, and
 * one that stands is not. They stop at 180 lines, and then give frames: in a programme of four, each is half as large.
 * libwebrtc stops there, too (`kDefaultMinPixelsPerFrame`). Screens keep their resolution and give frames: text that is not
 * sharp cannot be read, and it moves seldom. Voices give nothing: what they take is set aside first.
 */
import { type Demand, divideBitrate, type Pictures, voiceBitrate } from "./budget.js"
import { type Bound, type Pace, regulate, type Seen, unbounded } from "./regulator.js"
import type { Lines, Wanted } from "./wanted.js"

/** What one video encoder is told. Where it is not active the others say nothing. */
export interface Limits {
  /** False: nobody sees it, or there is no room for it. The last picture stands at the other side. */
  readonly active: boolean
  /** The pixels of the shorter side at most. */
  readonly lines: number
  readonly maxFramerate: number
  /** In bits per second. */
  readonly maxBitrate: number
}

interface Rung {
  readonly lines: number
  readonly frames: number
  /** In bits per second: with less this is no good picture. */
  readonly least: number
}

interface Purpose {
  /** From the best to the worst. */
  readonly rungs: ReadonlyArray<Rung>
  /** What the largest picture is worth: more makes it no better, in bits per second. */
  readonly most: number
}

/** What a camera's largest picture is worth, in bits per second. */
export const maxCameraBitrate = 1_700_000

const purposes: Pictures<Purpose> = {
  camera: {
    rungs: [
      { lines: 720, frames: 30, least: 600_000 },
      { lines: 540, frames: 30, least: 380_000 },
      { lines: 360, frames: 30, least: 200_000 },
      { lines: 270, frames: 30, least: 120_000 },
      { lines: 180, frames: 30, least: 70_000 },
      { lines: 180, frames: 15, least: 45_000 },
      { lines: 180, frames: 8, least: 25_000 }
    ],
    most: maxCameraBitrate
  },
  screen: {
    rungs: [
      { lines: 1080, frames: 30, least: 1_200_000 },
      { lines: 1080, frames: 15, least: 500_000 },
      { lines: 1080, frames: 5, least: 100_000 },
      { lines: 720, frames: 5, least: 60_000 },
      { lines: 540, frames: 5, least: 30_000 }
    ],
    most: 2_500_000
  }
}

/** Of both pictures. */
const ofBoth = <A>(make: (kind: keyof typeof purposes) => A): Pictures<A> => ({
  camera: make("camera"),
  screen: make("screen")
})

/** How many bits a picture of these lines needs, where one of the others needs 1: half the sides, more than a quarter. */
const scale = (lines: number, others: number) => (lines / others) ** 1.5

/** The same rungs for a picture that is shown no larger than this. */
const rungsFor = ({ rungs }: Purpose, wanted: Lines): ReadonlyArray<Rung> =>
  rungs.map(({ frames, least, lines }) => {
    const shown = Math.min(lines, wanted)
    return { frames, lines: shown, least: least * scale(shown, lines) }
  })

/** What a picture is worth, in bits per second. */
const mostBitrateFor = ({ most, rungs: [best] }: Purpose, lines: number) =>
  best === undefined ? 0 : most * scale(Math.min(lines, best.lines), best.lines)

/** What a connection is to send. */
export interface Task {
  /** How large the other side shows it. */
  readonly wanted: Wanted
  /** Whether there is anything to send. */
  readonly sends: Pictures<boolean>
  /** What each picture may take at most, in bits per second: less than Infinity where others share the line. */
  readonly allowance: Pictures<number>
  /** Frames per second at most: fewer where the machine is the limit. */
  readonly frames: number
}

/** What the pictures would take if nothing were in the way. */
export const demandOf = ({ sends, wanted }: Pick<Task, "sends" | "wanted">): Demand =>
  ofBoth((kind) => (sends[kind] ? mostBitrateFor(purposes[kind], wanted[kind]) : 0))

/** What was measured of what a connection sends. */
export interface SendStatistics {
  /** The candidate pair that carries it, by its id in the report. Null: the browser does not say. */
  readonly pair: string | null
  /** What the browser takes the network to carry, in bits per second. Null: it does not say. */
  readonly availableBitrate: number | null
  /** Of what was sent: 0 to 1. */
  readonly loss: number
  /** What arrived, in bits per second. */
  readonly arrivedBitrate: number
}

/** How a connection stands. */
export interface Adaptation {
  /** What the network carries, in bits per second. */
  readonly bound: Bound
  readonly limits: Pictures<Limits>
  /** With less than this, in bits per second, what is set starves. */
  readonly neededBitrate: number
  /** The bitrates are set a little lower: see `probingShare`. */
  readonly isProbing: boolean
  /** The pair that all this was found out on. Null: none is known yet. */
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

/** Loss this heavy is no bad radio: there is too much. What the browser takes the network to carry lags behind it. */
const heavyLoss = 0.2
/** Where the browser says nothing of the network, loss is all there is: this much is too much, and so much is none. */
const muchLoss = 0.1
const littleLoss = 0.02
/** Of what the browser takes the network to carry: it says no more for a sender that takes less than this. */
export const usedUpShare = 0.75
/**
 * Where a bounded sender takes less than it has, its bitrates change this much from look to look: libwebrtc measures up to
 * twice its estimate, with 15 ms of padding, whenever their sum changes to more than that (`probe_controller.cc`,
 * `OnMaxTotalAllocatedBitrate`). So a network that is wide again is seen without a larger picture on a trial.
 */
const probingShare = 0.99
/** So many times the need is enough for all that is wanted. */
const headroom = 1.15
/** No network that carries a call carries less, in bits per second: loss that stays is not the picture's. */
export const leastNetworkBitrate = 120_000

const off: Limits = { active: false, lines: 0, maxFramerate: 0, maxBitrate: 0 }

/**
 * What is set where the network carries this much. That chooses the size; the bitrate may go beyond it, or the browser
 * would never find out that there is more.
 */
const setFor = (bound: Bound, task: Task, isProbing = false): Omit<Adaptation, "pair" | "isNewPair"> => {
  const { allowance, frames, sends, wanted } = task
  const [shares] = divideBitrate(bound.limit, [demandOf(task)])
  const rungs = ofBoth((kind) => {
    const share = Math.min(shares?.[kind] ?? 0, allowance[kind])
    if (!sends[kind] || wanted[kind] === 0) return undefined
    return rungsFor(purposes[kind], wanted[kind]).find(({ least }) => least <= share)
  })
  const limits = ofBoth((kind): Limits => {
    const rung = rungs[kind]
    if (rung === undefined) return off
    const most = Math.min(mostBitrateFor(purposes[kind], rung.lines), allowance[kind])
    const maxBitrate = Math.floor(most * (isProbing ? probingShare : 1))
    return { active: true, lines: rung.lines, maxFramerate: Math.min(rung.frames, frames), maxBitrate }
  })
  const neededBitrate = voiceBitrate + (rungs.camera?.least ?? 0) + (rungs.screen?.least ?? 0)
  return { bound, limits, neededBitrate, isProbing }
}

export const begin = (task: Task): Adaptation => ({
  ...setFor(unbounded(bitratePace), task),
  pair: null,
  isNewPair: false
})

/** Something else is wanted, or may be taken. */
export const redo = (before: Adaptation, task: Task): Adaptation => ({
  ...before,
  ...setFor(before.bound, task, before.isProbing)
})

/** Less is sent than the network carries, as far as anybody knows. */
const isUntried = ({ arrivedBitrate, availableBitrate, loss }: SendStatistics) =>
  loss <= littleLoss && (availableBitrate === null || arrivedBitrate < availableBitrate * usedUpShare)

const seenOf = (before: Adaptation, statistics: SendStatistics, enough: number): Seen => {
  const { arrivedBitrate, availableBitrate, loss } = statistics
  const tooMuch = loss >= (availableBitrate === null ? muchLoss : heavyLoss)
  const arrived = tooMuch ? Math.max(arrivedBitrate, leastNetworkBitrate) : Number.POSITIVE_INFINITY
  // What the browser says grows with what is sent, to 1.5 times of it and 10 kbit/s (draft-ietf-rmcat-gcc-02, 5.5): that it
  // is little says something only where it is too little, or used up. An easy picture never uses up what it has, and may
  // never see room for a whole step: whether there is more is found out by trying, too.
  const untried = isUntried(statistics)
  // A muted voice alone would never try: there the smallest picture does. Below what voices take a bound bounds nothing.
  const least = untried ? leastNetworkBitrate : voiceBitrate
  const carried = Math.max(least, Math.min(availableBitrate ?? Number.POSITIVE_INFINITY, arrived))
  return {
    fallsTo: tooMuch || carried < before.neededBitrate ? carried : null,
    measuredRoom: availableBitrate ?? 0,
    guessedRoom: untried ? before.bound.limit * bitratePace.stepFactor : 0,
    enough
  }
}

/**
 * After a look. Where another pair carries the call, as after a change of network, all begins anew, and what is reported lost
 * in this look and the next was lost on the way there: reports come late.
 */
export const adapt = (before: Adaptation, statistics: SendStatistics, task: Task, now: number): Adaptation => {
  const pair = statistics.pair ?? before.pair
  if (before.pair !== null && pair !== before.pair) return { ...begin(task), pair, isNewPair: true }
  const enough = begin(task).neededBitrate * headroom
  const counted = before.isNewPair ? { ...statistics, loss: 0 } : statistics
  const bound = regulate(before.bound, seenOf(before, counted, enough), bitratePace, now)
  const couldProbe =
    statistics.availableBitrate !== null && bound.limit < Number.POSITIVE_INFINITY && isUntried(counted)
  return { ...setFor(bound, task, couldProbe && !before.isProbing), pair, isNewPair: false }
}
