/** What `getStats` says of what a connection sends. */
import type { Load } from "./adaptation.js"
import { growth, lossOfSent, numberOf, pairs, rate, type Statistics, selectedPair, textOf } from "./statistics.js"

/** An encoder that works for this share of the time has none left for a frame that takes longer. */
const busy = 0.8

/** Some browsers know no encode times, some no reasons: either will do. An encoder that rests keeps its last reason. */
const isOverloaded = (before: Statistics, now: Statistics): boolean =>
  pairs(before.report, now.report, "outbound-rtp").some(({ entry, former }) => {
    if (growth(former, entry, "framesEncoded") === 0) return false
    const seconds = (growth(former, entry, "timestamp") ?? 0) / 1000
    const works = seconds > 0 ? (growth(former, entry, "totalEncodeTime") ?? 0) / seconds : 0
    return textOf(entry, "qualityLimitationReason") === "cpu" || works > busy
  })

/** What two reports, one after the other, say of the time between them. */
export const loadBetween = (before: Statistics, now: Statistics): Load => {
  const loss = lossOfSent(before.report, now.report)
  return {
    available: numberOf(selectedPair(now.report), "availableOutgoingBitrate"),
    loss,
    through: rate(before.report, now.report, "outbound-rtp", "bytesSent") * 8 * (1 - loss),
    overloaded: isOverloaded(before, now)
  }
}
