/** Rate limits: pure functions of the generic cell rate algorithm. Times are in milliseconds. */

export interface Rate {
  /** This many pass at once. */
  readonly burst: number
  /** After those, one passes in this many milliseconds. */
  readonly every: number
}

/** A time too far ahead was stored before the clock was set back, and is ignored. */
const validFree = ({ burst, every }: Rate, free: number, now: number) =>
  free > now + burst * every ? now : Math.max(free, now)

/** How long until the next may pass. `free`: when the whole burst is free again. */
export const restOf = (rate: Rate, free: number, now: number): number =>
  Math.max(0, validFree(rate, free, now) + rate.every - (now + rate.burst * rate.every))

/** When the whole burst is free again, after one more has passed. */
export const freeAfter = (rate: Rate, free: number, now: number): number => validFree(rate, free, now) + rate.every
