import type { Quality } from "../rtc/States.js"
import { language, t } from "./t.js"

/** Bits per second, in the unit in which people know their line. */
const rateWords = (bits: number): string => {
  const numbers = new Intl.NumberFormat(language(), { maximumSignificantDigits: 2 })
  return bits < 1e6 ? `${numbers.format(bits / 1e3)} kbit/s` : `${numbers.format(bits / 1e6)} Mbit/s`
}

/** A connection's figures. An empty value is unknown. */
export const qualityDetails = (quality: Quality): ReadonlyArray<{ readonly name: string; readonly value: string }> => {
  const { framesPerSecond, height, loss, path, received, roundTrip, sent, width } = quality
  const percent = new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 1 })
  return [
    { name: t.quality.roundTrip(), value: roundTrip === null ? "" : `${Math.round(roundTrip)} ms` },
    { name: t.quality.loss(), value: percent.format(loss) },
    { name: t.quality.received(), value: rateWords(received) },
    { name: t.quality.sent(), value: rateWords(sent) },
    {
      name: t.quality.picture(),
      value: width === 0 ? "" : `${width} × ${height}, ${Math.round(framesPerSecond)}/s`
    },
    { name: t.quality.path(), value: path === "unknown" ? "" : t.quality[path]() }
  ]
}
