/**
 * `npm test`: builds the product and runs every suite against it. What Vitest takes can follow: `npm test -- --project
 * client`, which needs no build. The last line says `N passed, N failed`; the exit code is 0 only where something passed
 * and nothing failed.
 */
import { parseCLI, startVitest } from "vitest/node"
import { installAllTools } from "../e2e/support/tools.js"
import { build } from "./build.js"
import { Problem } from "./Problem.js"
import { paths } from "./paths.js"

/** The suites that need no browser. */
const inNode = ["client", "repository", "service"]

const run = async () => {
  const { filter, options } = parseCLI(["vitest", "run", ...process.argv.slice(2)])
  const chosen = [options.project ?? []].flat()
  const onlyOf = (suites: ReadonlyArray<string>) => chosen.length > 0 && chosen.every((name) => suites.includes(name))
  if (!onlyOf(inNode)) installAllTools()
  if (!onlyOf(["client"])) await build()
  const vitest = await startVitest("test", filter, { ...options, root: paths.root, watch: false })
  const modules = vitest.state.getTestModules()
  const results = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
  // A file that cannot be loaded and an error outside of any test count as one failed test each.
  const broken = modules.filter((module) => module.errors().length > 0).length
  const stray = vitest.state.getUnhandledErrors().length
  await vitest.close()
  return {
    passed: results.filter((state) => state === "passed").length,
    failed: results.filter((state) => state === "failed").length + broken + stray
  }
}

const { failed, passed } = await run().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Problem ? cause.message : String(Object(cause).stack ?? cause)}\n`)
  return { passed: 0, failed: 1 }
})
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(passed > 0 && failed === 0 ? 0 : 1)
