/** How long a page waits for its browser, and why. */
import * as Duration from "effect/Duration"
import * as Schedule from "effect/Schedule"

/** A page looks at the clock this often, to see that the machine slept. */
export const sleepLook = Duration.seconds(5)

/**
 * A look that comes later than this was slept through. Hidden pages are slowed to a timer a minute after a while
 * (Chrome, where nothing is connected): a wake too many costs one request.
 */
export const sleepLeap = Duration.seconds(10)

/** A reloaded page waits this long for its former self to let go of what one page holds at a time. */
export const lockTimeout = Duration.seconds(3)

/** While there is nothing to play sound on, a page looks for it this often. */
export const outputLook = Schedule.spaced("2 seconds")
