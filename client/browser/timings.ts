/** How long a page waits for its browser, and why. */
import * as Duration from "effect/Duration"
import * as Schedule from "effect/Schedule"

/** A page reads the clock this often, to notice that the machine slept. */
export const sleepInterval = Duration.seconds(5)

/**
 * If a reading comes this much too late, the machine slept. After a while Chrome slows the timers of a hidden page
 * without a connection to one a minute: a false wake costs one request.
 */
export const sleepLeap = Duration.seconds(10)

/** A reloaded page waits this long for its former self to let go of what one page holds at a time. */
export const lockTimeout = Duration.seconds(3)

/** While there is no audio output, a page checks for one this often. */
export const outputInterval = Schedule.spaced("2 seconds")
