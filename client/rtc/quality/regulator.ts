/**
 * A bound that falls at once and is raised again step by step, as a pure function: what one connection sends, what all of a
 * page send together, and what a page's machine does are bounded like this.
 */

/**
 * Milliseconds of a time in nanoseconds. Bounds count in `Clock.currentTimeNanos`, which goes on where somebody sets the
 * machine's clock: with that, one set back by an hour would keep every bound for an hour.
 */
export const millisOf = (nanos: bigint): number => Number(nanos / 1_000_000n)

/** Where a bound stands. Times are those of `millisOf`. */
export interface Bound {
  /** Infinity: nothing is known to be in the way. */
  readonly at: number
  /** Since when there has been headroom without a break, or when the bound last changed. */
  readonly since: number
  /** When it was raised last, and when it fell last. */
  readonly raised: number
  readonly fell: number
  /** How long headroom has to last before the next step, in milliseconds. */
  readonly patience: number
}

/** How a bound comes back. */
export interface Pace {
  /** A step makes it this many times larger at most. */
  readonly step: number
  /** The patience that it begins with, and the longest, in milliseconds. */
  readonly shortest: number
  readonly longest: number
}

/** What was seen since the last look. */
export interface Seen {
  /** What the bound falls to, where something was in the way: what got through. Null: nothing was. */
  readonly carries: number | null
  /** Up to where there seems to be room. */
  readonly room: number
  /** Whether that was measured. It is a guess otherwise. */
  readonly measured: boolean
  /** From here on the bound is in nobody's way, and goes. */
  readonly enough: number
}

/** Room that is less than so many times the bound is none: what is measured varies by itself. */
const worthwhile = 1.15
/** Where room for a whole step was measured, waiting for this part of the patience is enough: a guess is more likely to fail. */
const ofPatience = 1 / 4
/** A bound that falls this soon after a step was raised too early, in milliseconds. */
const unlucky = 10_000
/** A bound that has not fallen for so long, and longer than it ever waits, is as patient as in the beginning, in milliseconds. */
const forgiven = 60_000

export const unbounded = ({ shortest }: Pace): Bound => ({
  at: Number.POSITIVE_INFINITY,
  since: 0,
  raised: Number.NEGATIVE_INFINITY,
  fell: Number.NEGATIVE_INFINITY,
  patience: shortest
})

/** The bound after a look. */
export const regulate = (bound: Bound, { carries, enough, measured, room }: Seen, pace: Pace, now: number): Bound => {
  if (carries !== null && carries < bound.at) {
    const patience = now - bound.raised <= unlucky ? Math.min(bound.patience * 2, pace.longest) : bound.patience
    return { ...bound, at: carries, since: now, fell: now, patience }
  }
  const quiet = now - bound.fell > Math.max(forgiven, 2 * pace.longest)
  const patience = quiet ? pace.shortest : bound.patience
  if (bound.at === Number.POSITIVE_INFINITY) return { ...bound, patience }
  if (carries !== null || room < Math.min(bound.at * worthwhile, enough)) return { ...bound, patience, since: now }
  const surely = measured && room >= bound.at * pace.step
  const wait = surely ? Math.max(pace.shortest, patience * ofPatience) : patience
  if (now - bound.since < wait) return { ...bound, patience }
  const raised = Math.min(bound.at * pace.step, room)
  return { ...bound, at: raised < enough ? raised : Number.POSITIVE_INFINITY, since: now, raised: now, patience }
}
