import type { Path } from "./States.js"
import { type StatsReport, selectedPair, textOf } from "./stats.js"

/** The path of the selected candidate pair. */
export const pathOf = (report: StatsReport): Path => {
  const pair = selectedPair(report)
  const types = ["localCandidateId", "remoteCandidateId"].map((end) =>
    textOf(report.get(textOf(pair, end) ?? ""), "candidateType")
  )
  if (types.includes("relay")) return "relay"
  return types.every((type) => type === null) ? "unknown" : "direct"
}
