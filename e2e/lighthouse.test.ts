import { afterAll, beforeAll } from "vitest"
import { type Audits, openAudits } from "./support/audits.js"
import { expect, test } from "./support/fixtures.js"

let audits: Audits

beforeAll(async () => {
  audits = await openAudits()
})

afterAll(() => audits.close())

for (const path of ["/", "/client?room=looked-at", "/host?room=looked-at"]) {
  test(`${path} passes Lighthouse's audits of accessibility and best practices`, async ({ server }) => {
    const { scores } = await audits.of(`${server.url}${path}`, ["accessibility", "best-practices"])
    expect(scores.get("accessibility"), "accessibility").toBeGreaterThanOrEqual(95)
    expect(scores.get("best-practices"), "best practices").toBeGreaterThanOrEqual(95)
  }, 120_000)
}
