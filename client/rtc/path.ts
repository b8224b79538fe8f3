import type { Path } from "./States.js"

const text = (stats: unknown, name: string): string | null => {
  if (typeof stats !== "object" || stats === null) return null
  const value: unknown = Reflect.get(stats, name)
  return typeof value === "string" ? value : null
}

/**
 * The path of the selected candidate pair. Chrome and Safari name it in the transport's stats; older Firefox marks
 * the pair itself.
 */
export const pathOf = (report: Pick<ReadonlyMap<string, unknown>, "get" | "values">): Path => {
  const stats = [...report.values()]
  const transport = stats.find((entry) => text(entry, "selectedCandidatePairId") !== null)
  const pair =
    report.get(text(transport, "selectedCandidatePairId") ?? "") ??
    stats.find(
      (entry) =>
        text(entry, "type") === "candidate-pair" &&
        typeof entry === "object" &&
        entry !== null &&
        Reflect.get(entry, "selected") === true
    )
  const types = ["localCandidateId", "remoteCandidateId"].map((end) =>
    text(report.get(text(pair, end) ?? ""), "candidateType")
  )
  if (types.includes("relay")) return "relay"
  return types.every((type) => type === null) ? "unknown" : "direct"
}
