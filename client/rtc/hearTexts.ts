import { maxMessageLength } from "./history.js"
import { makeRateLimit, textsTaken } from "./rateLimits.js"

/** A channel is closed when so many of its messages were dropped: no page of ours writes so many. */
export const maxDropped = 300

/**
 * Hears what comes on a control channel, and takes the texts that a page reads: those of at most `maxMessageLength`, at
 * the pace of `textsTaken`. The others are dropped here, before they wait in any queue: a peer that writes too many is
 * slowed and not silenced. One that goes on has its channel closed, and has to call again.
 */
export const hearTexts = (take: (text: string) => void, close: () => void) => {
  const pace = makeRateLimit(textsTaken)
  let dropped = 0
  return (data: unknown): void => {
    // What was on its way when the channel was closed.
    if (dropped === maxDropped) return
    const now = Date.now()
    if (typeof data === "string" && data.length <= maxMessageLength && pace.rest(now) === 0) {
      pace.pass(now)
      take(data)
    } else if (++dropped === maxDropped) close()
  }
}
