/**
 * What `getStats` reports of a connection: its path, its quality and its grade. Plain functions, which pages read
 * before the calls are loaded.
 */
import type { Grade, Path, Quality } from "../States.js"
import {
  entriesOf,
  growth,
  lossOfSent,
  numberOf,
  pairs,
  rate,
  type Statistics,
  type StatsReport,
  selectedPair,
  share,
  sum,
  textOf
} from "./statistics.js"

/** The types of the selected pair's candidates, local and remote; null if unknown. */
export const candidateTypesOf = (report: StatsReport): ReadonlyArray<string | null> => {
  const pair = selectedPair(report)
  return ["localCandidateId", "remoteCandidateId"].map((end) =>
    textOf(report.get(textOf(pair, end) ?? ""), "candidateType")
  )
}

/** The path of the selected candidate pair. */
export const pathOf = (report: StatsReport): Path => {
  const types = candidateTypesOf(report)
  if (types.includes("relay")) return "relay"
  return types.every((type) => type === null) ? "unknown" : "direct"
}

/**
 * All that a connection has received, in no unit: it grows with each packet of media or RTCP and with each answered
 * check of ICE, on whatever pair. It falls when the browser forgets a pair. Null if the browser counts nothing.
 */
export const receivedOf = (report: StatsReport): number | null => {
  const counts = entriesOf(report, "candidate-pair").flatMap((pair) => {
    const bytes = numberOf(pair, "bytesReceived")
    return bytes === null ? [] : [bytes + (numberOf(pair, "responsesReceived") ?? 0)]
  })
  return counts.length === 0 ? null : sum(counts)
}

/** The share of incoming packets that were lost. Duplicates can lower the count of lost ones: that is no loss. */
const lossOfReceived = (before: StatsReport, now: StatsReport): number => {
  const streams = pairs(before, now, "inbound-rtp")
  const total = (name: string) => sum(streams.map(({ entry, former }) => growth(former, entry, name) ?? 0))
  return share(total("packetsLost"), total("packetsReceived"))
}

/** In milliseconds. The pair's own value is the freshest; Firefox has only that of the other side's reports. */
const roundTripOf = (report: StatsReport): number | null => {
  const ofPair = numberOf(selectedPair(report), "currentRoundTripTime")
  if (ofPair !== null) return ofPair * 1000
  const ofReports = entriesOf(report, "remote-inbound-rtp").flatMap((entry) => {
    const seconds = numberOf(entry, "roundTripTime")
    return seconds === null ? [] : [seconds]
  })
  return ofReports.length === 0 ? null : Math.max(...ofReports) * 1000
}

/** The stream of the other side's camera: the first video, if the browser names no m-lines. */
const cameraOf = ({ camera, report }: Statistics): unknown => {
  const videos = entriesOf(report, "inbound-rtp").filter(
    (entry) => (textOf(entry, "kind") ?? textOf(entry, "mediaType")) === "video"
  )
  const named = videos.some((entry) => textOf(entry, "mid") !== null)
  return named ? videos.find((entry) => textOf(entry, "mid") === camera) : videos[0]
}

const framesPerSecond = (former: unknown, camera: unknown): number => {
  const time = growth(former, camera, "timestamp") ?? 0
  const frames = growth(former, camera, "framesDecoded") ?? growth(former, camera, "framesReceived")
  if (time > 0 && frames !== null) return (frames * 1000) / time
  return numberOf(camera, "framesPerSecond") ?? 0
}

/** The quality between two successive reports. Whatever a browser leaves out is 0 or null. */
export const qualityBetween = (before: Statistics, now: Statistics): Quality => {
  const camera = cameraOf(now)
  return {
    roundTrip: roundTripOf(now.report),
    loss: Math.max(lossOfReceived(before.report, now.report), lossOfSent(before.report, now.report)),
    received: rate(before.report, now.report, "inbound-rtp", "bytesReceived") * 8,
    sent: rate(before.report, now.report, "outbound-rtp", "bytesSent") * 8,
    width: numberOf(camera, "frameWidth") ?? 0,
    height: numberOf(camera, "frameHeight") ?? 0,
    framesPerSecond: framesPerSecond(before.report.get(textOf(camera, "id") ?? ""), camera),
    path: pathOf(now.report)
  }
}

/** From here on talking is hard: voices overlap (ITU-T G.114), and concealment of lost sound is heard. */
const fair = { roundTrip: 300, loss: 0.03 }
/** From here on people give up and turn the camera off. */
const poor = { roundTrip: 600, loss: 0.1 }

/** The connection at a glance. A still picture tells nothing: the camera may be off. */
export const gradeOf = ({ loss, roundTrip }: Pick<Quality, "loss" | "roundTrip">): Grade => {
  const worse = (than: typeof fair) => loss >= than.loss || (roundTrip ?? 0) >= than.roundTrip
  if (worse(poor)) return "poor"
  return worse(fair) ? "fair" : "good"
}
