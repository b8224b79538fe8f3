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
  /** In what is bounded: bits per second, or a share of the work. Infinity: nothing is known to be in the way. */
  readonly limit: number
  /** Since when there has been headroom without a break, or when the bound last changed. */
  readonly headroomSince: number
  /** When it was last raised, and when it last fell. */
  readonly raisedAt: number
  readonly fellAt: number
  /** How long headroom has to last before the next step, unless the last one held. */
  readonly stepDelayMillis: number
}

/** How a bound comes back. */
export interface Pace {
  /** A step makes it this many times larger at most. */
  readonly stepFactor: number
  /** How long headroom has to last before a step: in the beginning, and at most. */
  readonly shortestDelayMillis: number
  readonly longestDelayMillis: number
  /** A bound that falls this soon after a step was raised too early. */
  readonly tooEarlyMillis: number
}

/** What was seen since the last look. */
export interface Seen {
  /** What the bound falls to, where something was in the way: what got through. Null: nothing was. */
  readonly fallsTo: number | null
  /** Up to where room was measured. 0: nothing measures. */
  readonly measuredRoom: number
  /** Up to where there may be room, which only a try can show. 0: nothing speaks for it. */
  readonly guessedRoom: number
  /** From here on the bound is in nobody's way, and goes. */
  readonly enough: number
}

/** Room that is less than so many times the bound is none: what is measured varies by itself. */
const leastRaiseFactor = 1.15
/** Where room was measured, waiting for this part of the delay is enough: a guess is more likely to fail. */
const measuredDelayShare = 1 / 4
/** A bound that has not fallen for so long, and longer than it ever waits, waits as in the beginning. */
const delayResetMillis = 60_000

export const unbounded = ({ shortestDelayMillis }: Pace): Bound => ({
  limit: Number.POSITIVE_INFINITY,
  headroomSince: 0,
  raisedAt: Number.NEGATIVE_INFINITY,
  fellAt: Number.NEGATIVE_INFINITY,
  stepDelayMillis: shortestDelayMillis
})

/** The bound after a look. */
export const regulate = (
  bound: Bound,
  { enough, fallsTo, guessedRoom, measuredRoom }: Seen,
  pace: Pace,
  now: number
): Bound => {
  const { limit, stepDelayMillis: delayBefore } = bound
  if (fallsTo !== null && fallsTo < limit) {
    const raisedTooEarly = now - bound.raisedAt <= pace.tooEarlyMillis
    const stepDelayMillis = raisedTooEarly ? Math.min(delayBefore * 2, pace.longestDelayMillis) : delayBefore
    return { ...bound, limit: fallsTo, headroomSince: now, fellAt: now, stepDelayMillis }
  }
  const quiet = now - bound.fellAt > Math.max(delayResetMillis, 2 * pace.longestDelayMillis)
  const stepDelayMillis = quiet ? pace.shortestDelayMillis : delayBefore
  if (limit === Number.POSITIVE_INFINITY) return { ...bound, stepDelayMillis }
  const leastRoom = Math.min(limit * leastRaiseFactor, enough)
  if (fallsTo !== null || Math.max(guessedRoom, measuredRoom) < leastRoom) {
    return { ...bound, stepDelayMillis, headroomSince: now }
  }
  // The delay is for steps that fail: after one that has held since, the next is due soon. Where something measures, guesses
  // are not: what it has not seen is likely not there.
  const hasHeld = bound.raisedAt > bound.fellAt
  const guessDelay = hasHeld && measuredRoom === 0 ? pace.shortestDelayMillis : stepDelayMillis
  const measuredDelay = hasHeld
    ? pace.shortestDelayMillis
    : Math.max(pace.shortestDelayMillis, stepDelayMillis * measuredDelayShare)
  const headroomMillis = now - bound.headroomSince
  const room = Math.max(
    headroomMillis >= measuredDelay ? measuredRoom : 0,
    headroomMillis >= guessDelay ? guessedRoom : 0
  )
  if (room < leastRoom) return { ...bound, stepDelayMillis }
  const raised = Math.min(limit * pace.stepFactor, room)
  const raisedLimit = raised < enough ? raised : Number.POSITIVE_INFINITY
  return { ...bound, limit: raisedLimit, headroomSince: now, raisedAt: now, stepDelayMillis }
}
