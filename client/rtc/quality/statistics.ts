/**
 * Reading `getStats`: entries of an `RTCStatsReport`, of which every browser fills in other parts, and the differences
 * between two reports.
 */

/** The part of an `RTCStatsReport` that is read here. */
export type StatsReport = Pick<ReadonlyMap<string, unknown>, "get" | "values">

/** A report, and which m-line of it is the camera's. */
export interface Statistics {
  readonly report: StatsReport
  /** The `mid` of the camera's m-line; null before there is one. */
  readonly camera: string | null
}

const read = (entry: unknown, name: string): unknown =>
  typeof entry === "object" && entry !== null ? Reflect.get(entry, name) : undefined

/** A text of an entry, or null. */
export const textOf = (entry: unknown, name: string): string | null => {
  const value = read(entry, name)
  return typeof value === "string" ? value : null
}

/** A finite number of an entry, or null. */
export const numberOf = (entry: unknown, name: string): number | null => {
  const value = read(entry, name)
  return typeof value === "number" && Number.isFinite(value) ? value : null
}

/** Whether a value of an entry is false. A missing one is not. */
export const denies = (entry: unknown, name: string): boolean => read(entry, name) === false

/** The entries of one type. */
export const entriesOf = (report: StatsReport, type: string): ReadonlyArray<unknown> =>
  [...report.values()].filter((entry) => textOf(entry, "type") === type)

/**
 * The candidate pair that carries the media, or undefined. Chrome and Safari name it in the transport's entry; Firefox
 * marks the pair itself.
 */
export const selectedPair = (report: StatsReport): unknown => {
  const transport = [...report.values()].find((entry) => textOf(entry, "selectedCandidatePairId") !== null)
  return (
    report.get(textOf(transport, "selectedCandidatePairId") ?? "") ??
    entriesOf(report, "candidate-pair").find((entry) => read(entry, "selected") === true)
  )
}

/** How much a counter grew between two states of an entry. Null: it is not counted, or was reset. */
export const growth = (before: unknown, now: unknown, name: string): number | null => {
  const from = numberOf(before, name)
  const to = numberOf(now, name)
  return from === null || to === null || to < from ? null : to - from
}

/** The entries of a type in the later report, each with its former state. New entries are left out. */
export const pairs = (before: StatsReport, now: StatsReport, type: string) =>
  entriesOf(now, type).flatMap((entry) => {
    const former = before.get(textOf(entry, "id") ?? "")
    return former === undefined ? [] : [{ former, entry }]
  })

export const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, next) => total + next, 0)

/** The growth of a counter over all streams of a type, per second. */
export const rate = (before: StatsReport, now: StatsReport, type: string, name: string): number =>
  sum(
    pairs(before, now, type).map(({ entry, former }) => {
      const time = growth(former, entry, "timestamp") ?? 0
      return time === 0 ? 0 : ((growth(former, entry, name) ?? 0) * 1000) / time
    })
  )

export const share = (lost: number, arrived: number) => (lost + arrived === 0 ? 0 : lost / (lost + arrived))

/**
 * The share of outgoing packets that were lost, as the other side reports them (RFC 3550, 6.4.1). Reports of a voice
 * come every 5 seconds, so its losses are compared with what was sent between two of them.
 */
export const lossOfSent = (before: StatsReport, now: StatsReport): number => {
  const streams = pairs(before, now, "remote-inbound-rtp")
  const counted = streams.flatMap(({ entry, former }) => {
    const lost = growth(former, entry, "packetsLost")
    const outbound = textOf(entry, "localId") ?? ""
    const grown = (name: string) => growth(before.get(outbound), now.get(outbound), name)
    const packets = grown("packetsSent")
    const reportedMillis = growth(former, entry, "timestamp")
    if (lost === null || packets === null || reportedMillis === 0) return []
    const measuredMillis = grown("timestamp") ?? 0
    const sent = reportedMillis === null || measuredMillis === 0 ? packets : (packets * reportedMillis) / measuredMillis
    return [{ lost: Math.min(lost, sent), arrived: sent - Math.min(lost, sent) }]
  })
  if (counted.length > 0) return share(sum(counted.map(({ lost }) => lost)), sum(counted.map(({ arrived }) => arrived)))
  const fractions = entriesOf(now, "remote-inbound-rtp").map((entry) => numberOf(entry, "fractionLost") ?? 0)
  return Math.min(1, Math.max(0, ...fractions))
}
