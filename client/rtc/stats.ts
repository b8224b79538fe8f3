/** Reading `RTCStatsReport`s, of which every browser fills in other parts. */

/** What a browser's `RTCStatsReport` is at least. */
export type StatsReport = Pick<ReadonlyMap<string, unknown>, "get" | "values">

/** A report, and which m-lines of it are which. */
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
