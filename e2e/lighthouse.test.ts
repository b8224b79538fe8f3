import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as chromeLauncher from "chrome-launcher"
import lighthouse from "lighthouse"
import { afterAll, beforeAll } from "vitest"
import { expect, test } from "./fixtures.js"
import { findTool } from "./tools.js"

/** Of 100. */
const least = 95

const categories = ["performance", "accessibility", "best-practices"]

let chrome: chromeLauncher.LaunchedChrome
let profile: string

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "lighthouse-"))
  chrome = await chromeLauncher.launch({
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
})

afterAll(async () => {
  chrome.kill()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

for (const path of ["/", "/client?room=looked-at", "/host?room=looked-at"]) {
  test(`${path} is fast, accessible and well made: Lighthouse gives at least ${least}`, async ({ server }) => {
    const look = async () => {
      const result = await lighthouse(`${server.url}${path}`, {
        port: chrome.port,
        output: "json",
        logLevel: "error",
        onlyCategories: categories
      })
      return Object.fromEntries(
        categories.map((name) => [name, Math.round((result?.lhr.categories[name]?.score ?? 0) * 100)])
      )
    }
    const scores = await look()
    for (const name of categories) expect(scores[name], `${name} of ${path}`).toBeGreaterThanOrEqual(least)
  })
}
