import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as chromeLauncher from "chrome-launcher"
import lighthouse, { type OutputMode } from "lighthouse"
import { findTool } from "./tools.js"

type Category = "performance" | "accessibility" | "best-practices"

/** Lighthouse's report on one page. */
export interface Audit {
  /** By category, 0 to 100. */
  readonly scores: ReadonlyMap<Category, number>
  /** One of its measurements, such as `largest-contentful-paint` in milliseconds. */
  readonly measured: (name: string) => number
}

/** Lighthouse in a browser of its own. */
export interface Audits {
  readonly of: (url: string, categories: ReadonlyArray<Category>) => Promise<Audit>
  readonly close: () => Promise<void>
}

export const openAudits = async (): Promise<Audits> => {
  const profile = await mkdtemp(join(tmpdir(), "lighthouse-"))
  const chrome = await chromeLauncher.launch({
    chromePath: findTool("chromium"),
    userDataDir: profile,
    chromeFlags: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream"
    ]
  })
  const output: OutputMode = "json"
  return {
    of: async (url, categories) => {
      const result = await lighthouse(url, {
        port: chrome.port,
        output,
        logLevel: "error",
        onlyCategories: [...categories]
      })
      return {
        scores: new Map(
          categories.map((name) => [name, Math.round((result?.lhr.categories[name]?.score ?? 0) * 100)] as const)
        ),
        measured: (name) => result?.lhr.audits[name]?.numericValue ?? Number.NaN
      }
    },
    close: async () => {
      chrome.kill()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}
