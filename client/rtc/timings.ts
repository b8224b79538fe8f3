/** How long a call waits, and why. */
import * as Duration from "effect/Duration"

/**
 * A press of *Join* is meant for whoever has the room at that moment. A join that gets through later than this, after an
 * outage, calls no host who has come in the meantime.
 */
export const joinPressLifetime = Duration.seconds(10)

/**
 * A press holds longer by the time that the service puts its join off, since too many come from one address, but by no
 * more than this: the person looks on meanwhile. It puts a join off for 10 to 13 seconds at a time.
 */
export const throttledPressExtension = Duration.seconds(30)

/** A description waits this long for its first candidate. */
export const firstCandidateWait = Duration.millis(10)

/** Once it is there, the description waits this long for the others of this machine. */
export const localCandidatesWait = Duration.millis(5)

/** Candidates that are there this soon after the description travel together, right behind it. */
export const firstBatchWindow = Duration.millis(50)

/** Later candidates travel together, this often. */
export const batchInterval = Duration.millis(200)

/** ICE servers that cannot be had in this time are done without. */
export const iceServersTimeout = Duration.seconds(5)

/** ICE servers are asked for again this long before their credentials expire; the relay drops the connection then. */
export const iceServersMargin = Duration.minutes(2)

/** A host asks earlier: a guest that then restarts ICE, to move to its new relay, finds the host's new one too. */
export const iceServersMarginOfHost = Duration.minutes(4)

/** A guest that moves to a new path hears the host's answer and candidates from the service within this. */
export const pathMoveWindow = Duration.seconds(20)

/** A host with many guests asks for ICE servers at most this often. */
export const iceServersMinInterval = Duration.minutes(1)

/** Most gaps close by themselves in this time: a phone that changes its cell, Safari's blips. */
export const disconnectedGrace = Duration.seconds(3)

/**
 * An ICE restart that has not helped by then will not. Counted from the delivery of its offer, 1.5 seconds into a silence.
 * Most gaps are over in 10 seconds, and it mends them at once: a new connection after 8 would be begun just before that,
 * and makes such a gap longer.
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

/** A call that could not be mended is tried once more after this: networks change, and nobody may be at the page. */
export const retryAfterFailure = Duration.minutes(1)

/** A locked room is asked again this often: its host opens it to everybody, and tells nobody outside. */
export const lockedRetryInterval = Duration.minutes(1)

/** A network in which the pre-call test has connected nothing by then blocks calls. */
export const preCallTestTimeout = Duration.seconds(6)

/** A guest samples this often what has come: `getStats` costs a browser some milliseconds. */
export const packetSampleInterval = Duration.millis(500)

/** An established connection is measured this often: `getStats` costs a browser some milliseconds. */
export const qualityInterval = Duration.seconds(2)

/** A control channel that takes no message now is tried again after this. */
export const outboxRetry = Duration.millis(250)

/** After a join or an answer the page sends first and draws then, at most this much later: networks are slow. */
export const maxDrawDelay = Duration.seconds(1)

/** A guest whose connection is gone for this long is shown small: most gaps are shorter. */
export const shrinkAfter = Duration.seconds(10)

/** A guest whose connection is gone for this long, or who has never called for as long, is away. */
export const awayAfter = Duration.seconds(60)

/** A guest whose page closes is away after this: a page that is reloaded calls again before. */
export const awayAfterClosing = Duration.seconds(5)

/**
 * A message that a page closes may arrive after the call of the page that was loaded next. One that arrives this soon
 * after a call is of the page before, and ignored.
 */
export const closingIgnoredAfterCall = Duration.seconds(3)

/** ICE notices within this that a page is gone. A connection that breaks this soon after its page announced that is no gap. */
export const breakExpectedAfterClosing = Duration.seconds(10)
