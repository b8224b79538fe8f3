import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { paths } from "../api/local/paths.js"
import type { Row } from "./report.js"

const gzipped = async (file: string) => gzipSync(await readFile(file)).length / 1000

/** The scripts that a page loads before it works: those that its HTML names, modules preloaded for them included. */
const scriptsOf = async (page: string): Promise<ReadonlyArray<string>> => {
  const html = await readFile(join(paths.assets, page), "utf8")
  return [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].flatMap(([, file]) => (file === undefined ? [] : [file]))
}

/** How much JavaScript the Worker and each page are, gzipped. Needs a build. */
export const measureSizes = async (): Promise<ReadonlyArray<Row>> => {
  const pages = [
    { page: "client.html", name: "guest page", budget: 80 },
    { page: "host.html", name: "host page", budget: 90 },
    { page: "index.html", name: "landing page", budget: 15 }
  ] as const
  const worker = await gzipped(join(dirname(paths.builtConfig), "index.js"))
  const sizes = await Promise.all(
    pages.map(async ({ budget, name, page }): Promise<Row> => {
      const scripts = await scriptsOf(page)
      const sizes = await Promise.all(scripts.map((script) => gzipped(join(paths.assets, script))))
      return { name: `${name}: JavaScript, gzipped`, value: sizes.reduce((a, b) => a + b, 0), unit: "kB", budget }
    })
  )
  return [{ name: "Worker, gzipped", value: worker, unit: "kB", budget: 150 }, ...sizes]
}
