/** How often somebody may do what others notice: plain numbers and functions, which pages read before the calls. */
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
 * Says for each thing that somebody does whether it passes. Whoever does it too often is slowed and not silenced, and
 * takes nothing from others. What is known of somebody is forgotten once their whole burst is free again.
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
 * What one page tells another. In 20 seconds it is no more than the burst of `textsTaken`: a channel that stood still for
 * some time delivers all of it at once.
 */
export const stateSent: Rate = { burst: 20, every: 1_000 }
export const talkSent: Rate = { burst: 5, every: 2_000 }

/**
 * The lines that the host's page takes of one guest: more than a guest's page sends, since a channel that stood still
 * delivers what was said in some seconds at once.
 */
export const linesTaken: Rate = { burst: 10, every: 1_000 }

/** The most lines that a guest's page keeps for sending. */
export const maxUnsent = 20

/** What the host's page did not take is said again after this, in milliseconds. */
export const saidAgain = 5_000

/** How often the host is told of the same guest that it comes, goes, waits or raises a hand. */
export const toldOfGuest: Rate = { burst: 3, every: 30_000 }

/** How often the same chime sounds. */
export const chimed: Rate = { burst: 2, every: 4_000 }
