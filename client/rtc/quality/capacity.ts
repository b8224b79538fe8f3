/**
 * What all connections of a page may send together, as a pure policy: a host's many, or a guest's one. Their bandwidth
 * estimates cannot be added, since each covers only what it sends itself. So nothing bounds them until several get too
 * little at once, or of many a quarter. Then what got through of all is what the line carries, and is divided. If every
 * connection still gets less than its share after that, the bound was too high, and falls again.
 */
import * as Duration from "effect/Duration"
import { qualityInterval } from "../timings.js"
import { type Demand, divideBitrate, type Pictures, voiceBitrate } from "./budget.js"
import { minNetworkBitrate, type SendStatistics, usedUpShare } from "./encoderLimits.js"
import { type Bound, type Pace, regulate, unbounded } from "./regulator.js"
import { sum } from "./statistics.js"

/** Connections are not measured at the same moment: one that was short in the previous measurement counts, too. */
const shortForMillis = 2 * Duration.toMillis(qualityInterval)

/** What one connection sent since its last measurement. */
export interface Sent {
  readonly statistics: SendStatistics
  readonly demand: Demand
  /** When it last could not send what it wanted: a time of `millisOf`. -Infinity: never. */
  readonly shortAt: number
  /** An encoder has no time left. */
  readonly isOverloaded: boolean
}

/** What a page can send. */
export interface Capacity {
  /** What the network carries of all connections, in bits per second. */
  readonly bitrate: Bound
  /**
   * The share of the wanted encoding that the machine can do; less than 1: the machine is overloaded. Infinity: all.
   */
  readonly machineShare: Bound
}

/** What one connection may take. */
export interface Allowance extends Pictures<number> {
  /** As `Capacity.machineShare`. */
  readonly machineShare: number
}

export const unshared: Allowance = {
  camera: Number.POSITIVE_INFINITY,
  screen: Number.POSITIVE_INFINITY,
  machineShare: Number.POSITIVE_INFINITY
}

const bitratePace: Pace = {
  stepFactor: 1.5,
  shortestDelayMillis: 4_000,
  longestDelayMillis: 32_000,
  tooEarlyMillis: 10_000
}
/** A machine raised too early is soon overloaded again, which shows at Chromium's fifth check: see `reliefMillis`. */
const machinePace: Pace = {
  stepFactor: 2,
  shortestDelayMillis: 30_000,
  longestDelayMillis: 160_000,
  tooEarlyMillis: 30_000
}
/**
 * Relief of the machine shows after this. Chromium checks its encoders every 5 seconds. If one has no time, it makes
 * the picture smaller and reports "cpu", and takes that back at its fourth check after the change of size, if there is
 * time by then (libwebrtc, `overuse_frame_detector.cc`, `min_process_count`).
 */
const reliefMillis = 22_000
/** The smallest share: with less there is no conference. */
const minMachineShare = 1 / 8
/** Of what got through some was sent twice, headers come on top, and a queue that is full has to empty. */
const usefulShare = 0.8
/** If less than this share of all get too little, their own networks are narrow, and not what all share. */
const minShortShare = 1 / 4

export const unboundedCapacity: Capacity = { bitrate: unbounded(bitratePace), machineShare: unbounded(machinePace) }

/** What a connection sent, but no more than its browser's estimate: losses are reported late. */
const carriedBitrateOf = ({ availableBitrate, arrivedBitrate }: SendStatistics) =>
  Math.min(arrivedBitrate, availableBitrate ?? Number.POSITIVE_INFINITY)

/** Several share a bounded line, and each got too little since then, or uses up an estimate below its share. */
const isFull = (bitrate: Bound, sent: ReadonlyArray<Sent>, since: number): boolean => {
  if (bitrate.limit === Number.POSITIVE_INFINITY || sent.length < 2) return false
  const bitrateShares = divideBitrate(
    bitrate.limit,
    sent.map(({ demand }) => demand)
  ).map(({ camera, screen }) => voiceBitrate + camera + screen)
  return sent.every(({ statistics: { availableBitrate, arrivedBitrate }, shortAt }, index) => {
    const usesUp = availableBitrate !== null && arrivedBitrate >= availableBitrate * usedUpShare
    return shortAt > since || (usesUp && availableBitrate < (bitrateShares[index] ?? 0))
  })
}

const bitrateAfter = (bitrate: Bound, sent: ReadonlyArray<Sent>, now: number): Bound => {
  const minShortCount = Math.max(2, sent.length * minShortShare)
  const isTooMuch = (since: number) =>
    sent.filter(({ shortAt }) => shortAt > since).length >= minShortCount || isFull(bitrate, sent, since)
  // After a gap in which all was lost, nothing got through: no step leads back from a bound of 0.
  const arrived = Math.max(
    sum(sent.map(({ statistics }) => carriedBitrateOf(statistics))) * usefulShare,
    sent.length * minNetworkBitrate
  )
  const enough = sum(sent.map(({ demand }) => voiceBitrate + demand.camera + demand.screen))
  const recently = now - shortForMillis
  // A connection that is short soon after a fall is short for the reason of that fall: first queues have to empty, and
  // estimates to recover.
  const afterwards = bitrate.fellAt + shortForMillis
  const fallsTo = now > afterwards && isTooMuch(Math.max(recently, afterwards)) ? arrived : null
  const guessedRoom = isTooMuch(recently) ? 0 : bitrate.limit * bitratePace.stepFactor
  return regulate(bitrate, { fallsTo, measuredRoom: 0, guessedRoom, enough }, bitratePace, now)
}

const machineShareAfter = (machineShare: Bound, sent: ReadonlyArray<Sent>, now: number): Bound => {
  const overloadedCount = sent.filter((connection) => connection.isOverloaded).length
  const strained = overloadedCount > 0 && overloadedCount * 2 >= sent.length
  const halved = Math.max(minMachineShare, Math.min(machineShare.limit, 1) / 2)
  const fallsTo = strained && now - machineShare.fellAt >= reliefMillis ? halved : null
  return regulate(
    machineShare,
    { fallsTo, measuredRoom: 0, guessedRoom: strained ? 0 : machineShare.limit * machinePace.stepFactor, enough: 1 },
    machinePace,
    now
  )
}

/** The capacity after a measurement of all connections. */
export const capacityAfter = (
  { bitrate, machineShare }: Capacity,
  sent: ReadonlyArray<Sent>,
  now: number
): Capacity => ({
  bitrate: bitrateAfter(bitrate, sent, now),
  machineShare: machineShareAfter(machineShare, sent, now)
})

/** What each connection may take. */
export const allowancesOf = (
  { bitrate, machineShare }: Capacity,
  demands: ReadonlyArray<Demand>
): ReadonlyArray<Allowance> =>
  bitrate.limit === Number.POSITIVE_INFINITY
    ? demands.map(() => ({ ...unshared, machineShare: machineShare.limit }))
    : divideBitrate(bitrate.limit, demands).map((pictures) => ({ ...pictures, machineShare: machineShare.limit }))
