/**
 * How what a network carries is divided: voices first, then screens, then people, who are left some of it, all alike. In
 * bits per second.
 */

import { sum } from "./statistics.js"

/** The two pictures of one connection. */
export interface Pictures<A> {
  readonly camera: A
  readonly screen: A
}

/** What the pictures of one connection would take if nothing were in the way. 0: that picture is not sent. */
export type Demand = Pictures<number>

/** What one voice takes, with the headers of its packets: it never yields. */
export const voiceBitrate = 80_000

/** A screen without the face of whoever speaks of it is half a talk: so much of what screens could take is people's. */
const peopleShare = 1 / 4

/** Gives each what it asks for, or, where that is too much, all the same: who asks for less leaves it to the others. */
const shareEvenly = (total: number, asked: ReadonlyArray<number>): ReadonlyArray<number> => {
  let left = Math.max(0, total)
  let waiting = asked.length
  const given = asked.map(() => 0)
  for (const { index, want } of asked.map((want, index) => ({ index, want })).sort((a, b) => a.want - b.want)) {
    const own = Math.min(want, left / waiting)
    given[index] = own
    left -= own
    waiting--
  }
  return given
}

/** What of the total goes to the pictures of each connection. */
export const divideBitrate = (total: number, demands: ReadonlyArray<Demand>): ReadonlyArray<Pictures<number>> => {
  const afterVoices = total - demands.length * voiceBitrate
  const people = demands.map(({ camera }) => camera)
  const screens = shareEvenly(
    afterVoices - Math.min(sum(people), afterVoices * peopleShare),
    demands.map(({ screen }) => screen)
  )
  const cameras = shareEvenly(afterVoices - sum(screens), people)
  return demands.map((_, index) => ({ camera: cameras[index] ?? 0, screen: screens[index] ?? 0 }))
}
