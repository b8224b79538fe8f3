/**
 * `npm run screenshots`: builds the product and takes a screenshot of every state of its pages, on a wide and on a
 * narrow screen, light and dark, into `docs/images/out/`, with a contact sheet for each page. `-- --only guest` takes
 * the states with "guest" in their names; `--only door,left` those with either of the two.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Page } from "playwright-core"
import { states } from "../e2e/states.js"
import { launch } from "../e2e/support/browser.js"
import { Company } from "../e2e/support/Company.js"
import { makeContactSheet, type Row } from "../e2e/support/contactSheet.js"
import { installTools } from "../e2e/support/tools.js"
import { build } from "./build.js"
import { main, Problem } from "./Problem.js"
import { paths } from "./paths.js"
import { Server } from "./Server.js"

const out = join(paths.root, "docs/images/out")

const variants = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 }
].flatMap(({ height, width }) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, height, colorScheme, name: `${width}-${colorScheme}` }))
)

/** Takes screenshots of one state in every variant. */
const takeVariants = async (page: Page, name: string): Promise<Row> => {
  const originalSize = page.viewportSize()
  const files = new Map<string, string>()
  for (const { colorScheme, height, name: variant, width } of variants) {
    const file = `${name}-${variant}.png`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: join(out, file), fullPage: true, animations: "disabled" })
    files.set(variant, file)
  }
  // The next state of the scene begins at the same size as this one.
  if (originalSize !== null) await page.setViewportSize(originalSize)
  return { name, files }
}

const pageOf = ({ name }: Row) => name.split("-", 1)[0] ?? name

main(async () => {
  const { only } = parseArgs({ options: { only: { type: "string", default: "" } } }).values
  const parts = only.split(",").flatMap((part) => part.trim() || [])
  const chosen = states.filter(({ name }) => only === "" || parts.some((part) => name.includes(part)))
  if (chosen.length === 0) {
    throw new Problem(`No state has "${only}" in its name. There are: ${states.map(({ name }) => name).join(", ")}.`)
  }
  installTools("chromium")
  await build()
  await mkdir(out, { recursive: true })
  const state = await mkdtemp(join(tmpdir(), "conference-"))
  const vars = { STUN_URLS: "stun:127.0.0.1:9" }
  const server = await Server.start({ vars, state, port: 0, print: () => undefined })
  const browser = await launch()
  const company = new Company(browser, server.url)
  const failed: Array<string> = []
  try {
    const rows: Array<Row> = []
    for (const each of chosen) {
      const row = await company
        .show(each, (page) => takeVariants(page, each.name))
        .catch((cause: unknown) => void failed.push(`${each.name}: ${String(cause)}`))
      if (row !== undefined) rows.push(row)
      process.stdout.write(`${each.name}\n`)
    }
    await company.close()
    for (const page of new Set(rows.map(pageOf))) {
      const rowsOfPage = rows.filter((row) => pageOf(row) === page)
      await makeContactSheet(browser, out, page, rowsOfPage)
    }
  } finally {
    await browser.close()
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
  if (failed.length > 0) throw new Problem(`These states were not reached.\n${failed.join("\n")}`)
  process.stdout.write(`The screenshots are in ${out}\n`)
})
