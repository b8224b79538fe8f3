import { BaseSequencer, type TestSpecification } from "vitest/node"

/** The files that take longest of their suites, the longest first. */
const longest = [
  "e2e/axe",
  "e2e/repository",
  "api/test/faults",
  "api/test/connection",
  "api/test/rings",
  "api/test/fuzz",
  "e2e/start",
  "e2e/call",
  "e2e/firefox",
  "e2e/recovery",
  "e2e/presence",
  "e2e/guest",
  "e2e/layout"
]

const rankOf = ({ moduleId }: TestSpecification) => {
  const rank = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
  return rank < 0 ? longest.length : rank
}

/**
 * Runs the files that take longest first, so that none of them still runs when all other workers are done. Vitest does
 * so only on a machine where it has run them before. The files of a project stay together: they share processes.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    const ranks = new Map<string, number>()
    for (const file of files) {
      ranks.set(file.project.name, Math.min(ranks.get(file.project.name) ?? longest.length, rankOf(file)))
    }
    const rankOfProject = ({ project }: TestSpecification) => ranks.get(project.name) ?? longest.length
    const sorted = await super.sort(files)
    return sorted.sort(
      (a, b) => groupOf(a) - groupOf(b) || rankOfProject(a) - rankOfProject(b) || rankOf(a) - rankOf(b)
    )
  }
}
