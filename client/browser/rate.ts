/** How often something may happen: pure functions over the generic cell rate algorithm. Times are in milliseconds. */

export interface Rate {
  /** This many pass at once. */
  readonly burst: number
  /** After those one passes in so many milliseconds. */
  readonly every: number
}

/** A time that cannot be yet is from before the clock was set back. */
const from = ({ burst, every }: Rate, free: number, now: number) =>
  free > now + burst * every ? now : Math.max(free, now)

/** How long until the next may pass. `free`: when the whole burst is free again. */
export const restOf = (rate: Rate, free: number, now: number): number =>
  Math.max(0, from(rate, free, now) + rate.every - (now + rate.burst * rate.every))

/** When the whole burst is free again, now that one more has passed. */
export const freeAfter = (rate: Rate, free: number, now: number): number => from(rate, free, now) + rate.every
