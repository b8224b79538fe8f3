import { defineConfig } from "vitest/config"
import { LongestFirst } from "./scripts/LongestFirst.js"

/** How many files run at once, of those that measure no time: they wait for windows, holds and timers more than they compute. */
const maxWorkers = 4

/** Tests of the commands, and of the rules that this repository keeps. */
const repository = ["e2e/repository.test.ts", "e2e/start.test.ts", "e2e/unused.test.ts"]

/** How the pages look to axe: browsers, but nothing that a busy machine distorts. */
const axe = ["e2e/axe.test.ts"]

/** Calls whose sound, recording or speed is measured, which a busy machine distorts. */
const measured = ["arrival", "firefoxRecording", "loudspeaker", "quality", "recording", "sound"].map(
  (name) => `e2e/${name}.test.ts`
)

/** What all calls in browsers have. A test that fails says what it waited for: no wait is as long as a test may take. */
const calls = {
  isolate: false,
  testTimeout: 240_000,
  expect: { poll: { timeout: 40_000 } },
  hookTimeout: 240_000
} as const

/**
 * The suites. Calls in browsers come last: first those that wait for what happens, two files at a time, and then those
 * that measure, one file after the other and nothing beside them. Time limits are for what hangs: a busy machine takes
 * several times as long as an idle one. Files follow one another in the same process (`isolate: false`), which has read
 * what they import: reading it takes longer than most tests do.
 */
export default defineConfig({
  test: {
    reporters: ["default"],
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: "axe", include: axe, maxWorkers, testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: "repository", include: repository, maxWorkers, testTimeout: 240_000 } },
      {
        test: {
          name: "service",
          include: ["api/test/**/*.test.ts"],
          setupFiles: "api/test/setup.ts",
          isolate: false,
          maxWorkers,
          testTimeout: 90_000,
          hookTimeout: 90_000
        }
      },
      {
        // Solid's signals as browsers have them: for a server they would follow nothing.
        ssr: { resolve: { conditions: ["browser"] } },
        test: {
          name: "client",
          include: ["client/test/**/*.test.{ts,tsx}"],
          isolate: false,
          maxWorkers,
          testTimeout: 90_000,
          server: { deps: { inline: [/solid/] } }
        }
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          exclude: [...repository, ...axe, ...measured],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...calls
        }
      },
      { test: { name: "e2e-alone", include: measured, maxWorkers: 1, sequence: { groupOrder: 2 }, ...calls } }
    ]
  }
})
