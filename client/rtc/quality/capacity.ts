/**
 * What all connections of a page may send together, as a pure policy: a host's many, or a guest's one. Their estimates
 * cannot be added: each knows only what it sends itself. So nothing bounds them until several get too little at once, of many
 * a quarter. Then what got through of all is what the line carries, and is divided. Where after that every connection still
 * gets less than its part, the bound was too high, and falls again.
 */
import { type Load, leastBound, used } from "./adaptation.js"
import { type Demand, divide, type Pictures, voiceBitrate } from "./budget.js"
import { type Bound, type Pace, regulate, unbounded } from "./regulator.js"
import { sum } from "./statistics.js"

/** What one connection sent since the last look. */
export interface Sent {
  readonly load: Load
  readonly demand: Demand
  /** What it wanted to send did not get through, now or at the look before. */
  readonly short: boolean
  /** An encoder has no time left. */
  readonly overloaded: boolean
}

/** How the page stands. */
export interface Capacity {
  /** What the line carries of all, in bits per second. */
  readonly line: Bound
  /** What the machine can do, as a share of the encoding that is wanted. Infinity: all of it. */
  readonly machine: Bound
}

/** What one connection may take. */
export interface Allowance extends Pictures<number> {
  /** As `Capacity.machine`. */
  readonly machine: number
}

export const unshared: Allowance = {
  camera: Number.POSITIVE_INFINITY,
  screen: Number.POSITIVE_INFINITY,
  machine: Number.POSITIVE_INFINITY
}

const linePace: Pace = { step: 1.5, shortest: 4_000, longest: 32_000 }
/** A machine that has just recovered is soon overloaded again. */
const machinePace: Pace = { step: 2, shortest: 20_000, longest: 160_000 }
/** What has been taken from the machine shows after this, in milliseconds. */
const relief = 4_000
/** The least share: with less there is no conference. */
const leastMachine = 1 / 8
/** Of what got through some was sent twice, headers come on top, and a queue that is full has to empty. */
const useful = 0.8
/** Where fewer than this part of all get too little, their own networks are narrow, and not what all share. */
const shared = 1 / 4

export const fresh: Capacity = { line: unbounded(linePace), machine: unbounded(machinePace) }

/** What a connection sent, and no more than its browser takes the network to carry: losses are reported late. */
const carriedOf = ({ available, through }: Load) => Math.min(through, available ?? Number.POSITIVE_INFINITY)

/** Several share a bounded line, and each gets too little, or uses up an estimate that is less than its part. */
const isFull = (line: Bound, sent: ReadonlyArray<Sent>): boolean => {
  if (line.at === Number.POSITIVE_INFINITY || sent.length < 2) return false
  const parts = divide(
    line.at,
    sent.map(({ demand }) => demand)
  ).map(({ camera, screen }) => voiceBitrate + camera + screen)
  return sent.every(({ load: { available, through }, short }, index) => {
    const usesUp = available !== null && through >= available * used
    return short || (usesUp && available < (parts[index] ?? 0))
  })
}

const lineAfter = (line: Bound, sent: ReadonlyArray<Sent>, now: number): Bound => {
  const short = sent.filter((one) => one.short).length
  const several = Math.max(2, sent.length * shared)
  // After a gap in which all was lost nothing got through: from a bound of nothing no step leads back.
  const through = Math.max(sum(sent.map(({ load }) => carriedOf(load))) * useful, sent.length * leastBound)
  const enough = sum(sent.map(({ demand }) => voiceBitrate + demand.camera + demand.screen))
  const room = short * 2 < several ? line.at * linePace.step : 0
  const carries = isFull(line, sent) || short >= several ? through : null
  return regulate(line, { carries, room, measured: false, enough }, linePace, now)
}

const machineAfter = (machine: Bound, sent: ReadonlyArray<Sent>, now: number): Bound => {
  const overloaded = sent.filter((one) => one.overloaded).length
  const strained = overloaded > 0 && overloaded * 2 >= sent.length
  const less = Math.max(leastMachine, Math.min(machine.at, 1) / 2)
  const carries = strained && now - machine.fell >= relief ? less : null
  return regulate(
    machine,
    { carries, room: strained ? 0 : machine.at * machinePace.step, measured: false, enough: 1 },
    machinePace,
    now
  )
}

/** After a look at all connections. */
export const after = ({ line, machine }: Capacity, sent: ReadonlyArray<Sent>, now: number): Capacity => ({
  line: lineAfter(line, sent, now),
  machine: machineAfter(machine, sent, now)
})

/** What each connection may take. */
export const allowancesOf = ({ line, machine }: Capacity, demands: ReadonlyArray<Demand>): ReadonlyArray<Allowance> =>
  line.at === Number.POSITIVE_INFINITY
    ? demands.map(() => ({ ...unshared, machine: machine.at }))
    : divide(line.at, demands).map((pictures) => ({ ...pictures, machine: machine.at }))
