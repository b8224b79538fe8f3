/** What `getStats` says of what a connection sends. */
import type { Load } from "./adaptation.js"
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

/** What two reports, one after the other, say of the time between them. */
export const loadBetween = (before: Statistics, now: Statistics): Load => {
  const loss = lossOfSent(before.report, now.report)
  return {
    available: numberOf(selectedPair(now.report), "availableOutgoingBitrate"),
    loss,
    through: rate(before.report, now.report, "outbound-rtp", "bytesSent") * 8 * (1 - loss)
  }
}

/** An encoder with time enough makes more than this share of the frames that come to it, even in a bad moment. */
const keptUp = 0.5

/**
 * Whether an encoder had no time: the browser says so, or frames that came to it were left out. `bounded`: it may send less
 * than it would, and leaves frames out for that. The time that encoding takes says nothing: an encoder in hardware works at
 * several frames at once, and of several in software none is busy alone.
 */
export const isOverloaded = (before: Statistics, now: Statistics, bounded: boolean): boolean =>
  pairs(before.report, now.report, "outbound-rtp").some(({ entry, former }) => {
    const encoded = growth(former, entry, "framesEncoded")
    // An encoder that rests keeps its last reason, and what comes to it all the same.
    if (encoded === 0) return false
    if (textOf(entry, "qualityLimitationReason") === "cpu") return true
    if (bounded || denies(former, "active") || denies(entry, "active")) return false
    const source = textOf(entry, "mediaSourceId") ?? ""
    const came = growth(before.report.get(source), now.report.get(source), "frames")
    return encoded !== null && came !== null && encoded < came * keptUp
  })
