/** How long a page waits for the service, and why. */
import * as Duration from "effect/Duration"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"

/** After a failure: about 250 ms, 500 ms, 1 s … at most 10 s, each shortened at random by up to a half, forever. */
export const backoff = Schedule.exponential("250 millis").pipe(
  Schedule.either(Schedule.spaced("10 seconds")),
  Schedule.jitteredWith({ min: 0.5, max: 1 })
)

/** How long the service is asked to hold a poll that has no messages: its maximum. */
export const pollWait = Duration.seconds(25)

/** A page that polls is answered all the time: if nothing came for this long, it slept or was offline. */
export const serviceSilence = Duration.minutes(2)

/** A poll that takes longer than its hold plus this hangs on a dead socket. */
export const pollGrace = Duration.seconds(10)

/** If the service answers empty polls at once instead of holding them, it is polled no more often than this. */
export const pollFloor = Duration.seconds(1)

/** A connected guest polls this often, to keep its place: the service forgets peers unseen for an hour. */
export const keepPlace = Schedule.spaced("5 minutes")

/** A request other than a poll that takes longer hangs on a dead socket. */
export const requestTimeout = Duration.seconds(10)

/** `Retry-After` may say 0: never repeat faster than this. */
export const retryAfterFloor = Duration.millis(250)

/**
 * How long to wait after a `Retry-After`, both in milliseconds: up to 30 % longer, at random. The service counts joins
 * in windows of that length: if all waited equally long, the same pages would come too late each time.
 */
export const spread = (retryAfter: number) => Random.nextRange(retryAfter, retryAfter * 1.3)

/** A page that leaves waits no longer than this for the service to answer. */
export const leaveTimeout = Duration.seconds(2)
