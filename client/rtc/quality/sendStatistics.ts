/** What `getStats` reports of what a connection sends. */
import type { SendStatistics } from "./encoderLimits.js"
import {
  denies,
  growth,
  lossOfSent,
  numberOf,
  pairs,
  rate,
  type Statistics,
  selectedPair,
  textOf
} from "./statistics.js"

/** What was sent between two successive reports. */
export const sendStatisticsBetween = (before: Statistics, now: Statistics): SendStatistics => {
  const loss = lossOfSent(before.report, now.report)
  const pair = selectedPair(now.report)
  return {
    pair: textOf(pair, "id"),
    availableBitrate: numberOf(pair, "availableOutgoingBitrate"),
    loss,
    arrivedBitrate: rate(before.report, now.report, "outbound-rtp", "bytesSent") * 8 * (1 - loss)
  }
}

/** An encoder that has time encodes more than this share of the frames of its source, even in a bad moment. */
const minEncodedShare = 0.5

/**
 * What was sent between two reports. A paused encoder is left out: it keeps its last reason, and its source counts on.
 */
const encoded = (before: Statistics, now: Statistics) =>
  pairs(before.report, now.report, "outbound-rtp").filter(
    ({ entry, former }) => growth(former, entry, "framesEncoded") !== 0
  )

/**
 * Whether the browser reports that an encoder had no time. The time that encoding takes shows nothing: a hardware
 * encoder works on several frames at once, and of several software encoders none is busy by itself.
 */
export const isOverloaded = (before: Statistics, now: Statistics): boolean =>
  encoded(before, now).some(({ entry }) => textOf(entry, "qualityLimitationReason") === "cpu")

/** Whether an encoder dropped most frames of its source: it had no time, or may send less than it would. */
export const dropsFrames = (before: Statistics, now: Statistics): boolean =>
  encoded(before, now).some(({ entry, former }) => {
    if (denies(former, "active") || denies(entry, "active")) return false
    const encodedFrames = growth(former, entry, "framesEncoded")
    const source = textOf(entry, "mediaSourceId") ?? ""
    const sourceFrames = growth(before.report.get(source), now.report.get(source), "frames")
    return encodedFrames !== null && sourceFrames !== null && encodedFrames < sourceFrames * minEncodedShare
  })
