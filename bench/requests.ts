import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { launch } from "../e2e/support/browser.js"
import { openGuest, openHost } from "../e2e/support/people.js"
import { installTools } from "../e2e/support/tools.js"
import { Server } from "../scripts/Server.js"
import type { Row } from "./report.js"

const operations = /\/(signaling|messages|turn-credentials)(\?|$)/

/** How many requests the pages make from a guest's join to its moving picture at the host. Needs a build. */
export const measureRequests = async (): Promise<ReadonlyArray<Row>> => {
  installTools("chromium")
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: { STUN_URLS: "stun:127.0.0.1:9" }, state, port: 0, print: () => undefined })
  const browser = await launch()
  const counts = new Map<Page, number>()
  try {
    const open = async (url: string) => {
      const page = await (await browser.newContext()).newPage()
      counts.set(page, 0)
      page.on("request", (request) => {
        if (operations.test(request.url())) counts.set(page, (counts.get(page) ?? 0) + 1)
      })
      await page.goto(url)
      return page
    }
    const host = await openHost(open, server.url, "bench")
    const before = counts.get(host.page) ?? 0
    const guest = await openGuest(open, server.url, "bench", "Ada")
    await host.sees("Ada")
    return [
      { name: "a guest's join: requests of the guest", value: counts.get(guest.page) ?? 0, unit: "requests" },
      { name: "a guest's join: requests of the host", value: (counts.get(host.page) ?? 0) - before, unit: "requests" }
    ]
  } finally {
    await browser.close()
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
