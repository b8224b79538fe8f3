/** How long a call waits, and why. */
import * as Duration from "effect/Duration"

/**
 * Pressing *Join* consents to the host of that moment. A join that gets through later than this, after an outage, calls
 * no host who has come in the meantime.
 */
export const joinPressLifetime = Duration.seconds(10)

/**
 * If the service puts a join off, because too many come from one network, the press stays valid that much longer, but
 * by this at most: the person is watching meanwhile. A join is put off for 10 to 13 seconds at a time.
 */
export const throttledPressExtension = Duration.seconds(30)

/** A description waits this long for its first candidate. */
export const firstCandidateWait = Duration.millis(10)

/** After its first candidate, a description waits this long for the others of this machine. */
export const localCandidatesWait = Duration.millis(5)

/** The first candidates that follow the description are collected for this long, and sent together. */
export const firstBatchWindow = Duration.millis(50)

/** Later candidates are sent together, this often. */
export const batchInterval = Duration.millis(200)

/** If new ICE servers do not come within this time, the last known ones are used. */
export const iceServersTimeout = Duration.seconds(5)

/** New ICE servers are requested this long before the old credentials expire, when the relay drops the connection. */
export const iceServersMargin = Duration.minutes(2)

/**
 * A host requests them earlier, so that a guest that restarts ICE to move to its new relay finds the host's new one,
 * too.
 */
export const iceServersMarginOfHost = Duration.minutes(4)

/** A guest that moves to a new path polls for the host's answer and candidates for this long. */
export const pathMoveWindow = Duration.seconds(20)

/** A host with many guests requests ICE servers at most this often. */
export const iceServersMinInterval = Duration.minutes(1)

/** Most gaps close by themselves in this time: a phone that changes its cell, Safari's blips. */
export const disconnectedGrace = Duration.seconds(3)

/**
 * An ICE restart that has not helped within this time will not help. Counted from the delivery of its offer, 1.5
 * seconds into a silence. Most gaps end within 10 seconds, and the restart mends them at once then. A new connection
 * after 8 seconds would begin just before that, and make such a gap longer.
 */
export const iceRestartTimeout = Duration.seconds(12)

/**
 * A connection that is not established by then never will be: with a relay that refuses, its state stays `new`. Counted
 * from the delivery of its offer.
 */
export const connectTimeout = Duration.seconds(15)

/**
 * The host's page makes no more than one connection to a guest in this time, since each costs it a thread of media, and
 * answers no more than one offer on each.
 */
export const minConnectionInterval = Duration.seconds(2)

/** A call that could not be mended is tried again after this: networks change, and nobody may be at the page. */
export const retryAfterFailure = Duration.minutes(1)

/** A guest asks again this often to enter a locked room: nobody outside is told when it opens. */
export const lockedRetryInterval = Duration.minutes(1)

/** A network in which the pre-call test has connected nothing by then blocks calls. */
export const preCallTestTimeout = Duration.seconds(6)

/** A guest samples this often how much has come: `getStats` costs a browser some milliseconds. */
export const packetSampleInterval = Duration.millis(500)

/** An established connection is measured this often: `getStats` costs a browser some milliseconds. */
export const qualityInterval = Duration.seconds(2)

/** A control channel that takes no message now is tried again after this. */
export const outboxRetry = Duration.millis(250)

/** On a join or an answer the page sends first and draws afterwards, at most this much later: networks can be slow. */
export const maxDrawDelay = Duration.seconds(1)

/** A guest whose connection is gone for this long is shown small: most gaps are shorter. */
export const shrinkAfter = Duration.seconds(10)

/** A guest whose connection is gone for this long, or who has never called for as long, is away. */
export const awayAfter = Duration.seconds(60)

/** A guest whose page closes is away after this: a page that is reloaded calls again before. */
export const awayAfterClosing = Duration.seconds(5)

/**
 * A message that a page closes may arrive after the call of the page that was loaded next. One that arrives this soon
 * after a call comes from the previous page, and is ignored.
 */
export const closingIgnoredAfterCall = Duration.seconds(3)

/** Within this ICE notices that a page is gone: a connection that breaks this soon after its page closed is no gap. */
export const breakExpectedAfterClosing = Duration.seconds(10)
