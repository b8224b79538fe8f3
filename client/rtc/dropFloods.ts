import { maxMessageLength } from "./history.js"
import { makeRateLimit, textsTaken } from "./rateLimits.js"

/** A channel is closed once this many of its messages were dropped: a page of this project never sends so many. */
export const maxDropped = 300

/**
 * Returns a function to be called with each message of a control channel. It passes to `take` the texts of at most
 * `maxMessageLength`, at the rate `textsTaken`, and drops all others before they wait in a queue: a peer that sends too
 * many is slowed and not silenced. At the `maxDropped`-th message that it drops it calls `close`, once, and takes no
 * more: that peer has to connect again.
 */
export const dropFloods = (take: (text: string) => void, close: () => void) => {
  const limit = makeRateLimit(textsTaken)
  let dropped = 0
  return (data: unknown): void => {
    // It was on its way when the channel was closed.
    if (dropped === maxDropped) return
    const now = Date.now()
    if (typeof data === "string" && data.length <= maxMessageLength && limit.rest(now) === 0) {
      limit.pass(now)
      take(data)
    } else if (++dropped === maxDropped) close()
  }
}
