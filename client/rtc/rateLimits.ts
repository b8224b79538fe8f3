/** Rate limits of what others notice: plain numbers and functions, which pages read before the calls are loaded. */
import { freeAfter, type Rate, restOf } from "../browser/rate.js"

/** Counts what passes at this rate. Times are in milliseconds since 1970. */
export const makeRateLimit = (rate: Rate) => {
  /** When the whole burst is free again. */
  let free = 0
  return {
    /** How long until the next may pass. */
    rest: (now: number): number => restOf(rate, free, now),
    pass: (now: number): void => {
      free = freeAfter(rate, free, now)
    },
    /** Nothing that passed counts any more. */
    isFree: (now: number): boolean => free <= now
  } as const
}

/**
 * Returns a function that tells whether an action of this key passes. Each key has its own limit: one that acts too
 * often is slowed and not silenced, and takes nothing from others. A key is forgotten once its whole burst is free
 * again.
 */
export const makeRateLimitByKey = (rate: Rate) => {
  const limits = new Map<string, ReturnType<typeof makeRateLimit>>()
  return (key: string, now: number): boolean => {
    for (const [other, limit] of limits) if (limit.isFree(now)) limits.delete(other)
    const limit = limits.get(key) ?? makeRateLimit(rate)
    if (limit.rest(now) > 0) return false
    limit.pass(now)
    limits.set(key, limit)
    return true
  }
}

/** The texts that a page takes of one control channel, and the host's page of one guest over all its channels. */
export const textsTaken: Rate = { burst: 60, every: 150 }

/**
 * What one page sends another. In 20 seconds it is no more than the burst of `textsTaken`: a channel that was blocked
 * for some time delivers all of it at once.
 */
export const stateSent: Rate = { burst: 20, every: 1_000 }
export const talkSent: Rate = { burst: 5, every: 2_000 }

/**
 * The lines that the host's page takes of one guest: more than a guest's page sends, since a channel that was blocked
 * delivers the lines of some seconds at once.
 */
export const linesTaken: Rate = { burst: 10, every: 1_000 }

/** The most lines that a guest's page keeps for sending. */
export const maxUnsent = 20

/** Lines that the host's page did not take are sent again after this, in milliseconds. */
export const saidAgain = 5_000

/** How often the host is told that the same guest comes, goes, waits or raises a hand. */
export const toldOfGuest: Rate = { burst: 3, every: 30_000 }

/** How often the same chime sounds. */
export const chimed: Rate = { burst: 2, every: 4_000 }
