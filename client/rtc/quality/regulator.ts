/**
 * A bound that falls at once and is raised again step by step, as a pure function: what one connection sends, what all
 * of a page send together, and what a page's machine does are bounded like this.
 */

/**
 * Milliseconds of a time in nanoseconds. Bounds use `Clock.currentTimeNanos`, which does not change when the machine's
 * clock is set: if that were set back by an hour, every bound would stay for an hour.
 */
export const millisOf = (nanos: bigint): number => Number(nanos / 1_000_000n)

/** The state of a bound. Times are those of `millisOf`. */
export interface Bound {
  /** In what is bounded: bits per second, or a share of the work. Infinity: no limit is known. */
  readonly limit: number
  /** Since when there has been headroom without a break, or when the bound last changed. */
  readonly headroomSince: number
  /** When it was last raised, and when it last fell. */
  readonly raisedAt: number
  readonly fellAt: number
  /** How long headroom has to last before the next step, unless the last one held. */
  readonly stepDelayMillis: number
}

/** How a bound is raised again. */
export interface Pace {
  /** A step makes it this many times larger at most. */
  readonly stepFactor: number
  /** How long headroom has to last before a step: in the beginning, and at most. */
  readonly shortestDelayMillis: number
  readonly longestDelayMillis: number
  /** A bound that falls this soon after a step was raised too early. */
  readonly tooEarlyMillis: number
}

/** What was found since the last measurement. */
export interface Seen {
  /** What got through, to which the bound falls, if something was held up. Null: nothing was. */
  readonly fallsTo: number | null
  /** The limit up to which room was measured. 0: nothing measures it. */
  readonly measuredRoom: number
  /** The limit up to which there may be room, which only a try can show. 0: there is no reason to try. */
  readonly guessedRoom: number
  /** From this limit on the bound limits nothing, and is removed. */
  readonly enough: number
}

/** Room of less than this many times the bound does not count: measurements vary by themselves. */
const minRaiseFactor = 1.15
/** If room was measured, this share of the delay is enough: a guess is more likely to fail. */
const measuredDelayShare = 1 / 4
/** A bound that has not fallen for this long, and for twice its longest delay, waits as in the beginning. */
const delayResetMillis = 60_000

export const unbounded = ({ shortestDelayMillis }: Pace): Bound => ({
  limit: Number.POSITIVE_INFINITY,
  headroomSince: 0,
  raisedAt: Number.NEGATIVE_INFINITY,
  fellAt: Number.NEGATIVE_INFINITY,
  stepDelayMillis: shortestDelayMillis
})

/** The bound after a measurement. */
export const regulate = (
  bound: Bound,
  { enough, fallsTo, guessedRoom, measuredRoom }: Seen,
  pace: Pace,
  now: number
): Bound => {
  const { limit, stepDelayMillis: previousDelay } = bound
  if (fallsTo !== null && fallsTo < limit) {
    const raisedTooEarly = now - bound.raisedAt <= pace.tooEarlyMillis
    const stepDelayMillis = raisedTooEarly ? Math.min(previousDelay * 2, pace.longestDelayMillis) : previousDelay
    return { ...bound, limit: fallsTo, headroomSince: now, fellAt: now, stepDelayMillis }
  }
  const quiet = now - bound.fellAt > Math.max(delayResetMillis, 2 * pace.longestDelayMillis)
  const stepDelayMillis = quiet ? pace.shortestDelayMillis : previousDelay
  if (limit === Number.POSITIVE_INFINITY) return { ...bound, stepDelayMillis }
  const minRoom = Math.min(limit * minRaiseFactor, enough)
  if (fallsTo !== null || Math.max(guessedRoom, measuredRoom) < minRoom) {
    return { ...bound, stepDelayMillis, headroomSince: now }
  }
  // The delay is for steps that fail: after one that has held, the next is due soon. But if room is measured, a guess
  // still waits: room that was not measured is likely not there.
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
  if (room < minRoom) return { ...bound, stepDelayMillis }
  const raised = Math.min(limit * pace.stepFactor, room)
  const raisedLimit = raised < enough ? raised : Number.POSITIVE_INFINITY
  return { ...bound, limit: raisedLimit, headroomSince: now, raisedAt: now, stepDelayMillis }
}
