import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openAudits } from "../e2e/support/audits.js"
import { Server } from "../scripts/Server.js"
import { quantile, type Row } from "./report.js"

const rounds = 3

const pages = [
  { path: "/", name: "landing page" },
  { path: "/client?room=bench", name: "guest page" },
  { path: "/host?room=bench", name: "host page" }
] as const

/** Budgets in milliseconds: "good" by web.dev/articles/vitals. */
const measurements = [
  { audit: "largest-contentful-paint", name: "largest contentful paint", budget: 2_500 },
  { audit: "total-blocking-time", name: "blocked", budget: 200 }
] as const

/** How fast each page loads on Lighthouse's simulated phone: a slow one, on slow 4G. */
export const measurePageLoads = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  const audits = await openAudits()
  try {
    const rows: Array<Row> = []
    for (const page of pages) {
      const found = []
      for (let round = 0; round < rounds; round++)
        found.push(await audits.of(`${server.url}${page.path}`, ["performance"]))
      for (const { audit, budget, name } of measurements) {
        const value = quantile(
          found.map(({ measured }) => measured(audit)),
          0.5
        )
        rows.push({ name: `${page.name}: ${name}`, value, unit: "ms", budget })
      }
    }
    return rows
  } finally {
    await audits.close()
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
