/** How long a page waits for its browser, and why. */
import * as Duration from "effect/Duration"
import * as Schedule from "effect/Schedule"

/** A page reads the clock this often, to see that the machine slept. */
export const sleepInterval = Duration.seconds(5)

/**
 * More time than this between two readings: the machine slept. Hidden pages are slowed to a timer a minute after a while
 * (Chrome, where nothing is connected): a wake too many costs one request.
 */
export const sleepLeap = Duration.seconds(10)

/** A reloaded page waits this long for its former self to let go of what one page holds at a time. */
export const lockTimeout = Duration.seconds(3)

/** While there is nothing to play sound on, a page checks for it this often. */
export const outputInterval = Schedule.spaced("2 seconds")
