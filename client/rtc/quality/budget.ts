/**
 * Divides what a network carries, in bits per second: voices first, then screens, then cameras, for which a share is
 * reserved; all connections alike.
 */

import { sum } from "./statistics.js"

/** The two pictures of one connection. */
export interface Pictures<A> {
  readonly camera: A
  readonly screen: A
}

/** What the pictures of one connection would take if nothing were in the way. 0: that picture is not sent. */
export type Demand = Pictures<number>

/** What one voice takes, with the headers of its packets: it is never reduced. */
export const voiceBitrate = 80_000

/** This share of what screens could take is for cameras: a screen without the face of its speaker is half a talk. */
const cameraShare = 1 / 4

/**
 * Gives each what it asks for, or, if that is too much, all the same: one that asks for less leaves it to the others.
 */
const shareEvenly = (total: number, asked: ReadonlyArray<number>): ReadonlyArray<number> => {
  let remaining = Math.max(0, total)
  let remainingCount = asked.length
  const given = asked.map(() => 0)
  for (const { index, want } of asked.map((want, index) => ({ index, want })).sort((a, b) => a.want - b.want)) {
    const granted = Math.min(want, remaining / remainingCount)
    given[index] = granted
    remaining -= granted
    remainingCount--
  }
  return given
}

/** The part of the total for the pictures of each connection. */
export const divideBitrate = (total: number, demands: ReadonlyArray<Demand>): ReadonlyArray<Pictures<number>> => {
  const afterVoices = total - demands.length * voiceBitrate
  const cameraDemands = demands.map(({ camera }) => camera)
  const screens = shareEvenly(
    afterVoices - Math.min(sum(cameraDemands), afterVoices * cameraShare),
    demands.map(({ screen }) => screen)
  )
  const cameras = shareEvenly(afterVoices - sum(screens), cameraDemands)
  return demands.map((_, index) => ({ camera: cameras[index] ?? 0, screen: screens[index] ?? 0 }))
}
