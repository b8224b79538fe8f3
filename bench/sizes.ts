import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { builtConfig, paths } from "../scripts/paths.js"
import type { Row } from "./report.js"

const gzipped = async (file: string) => gzipSync(await readFile(file)).length / 1000

const namesIn = (text: string, pattern: RegExp): ReadonlyArray<string> =>
  [...text.matchAll(pattern)].flatMap(([, name]) => (name === undefined ? [] : [name]))

/** The scripts of a page's first load: those of its HTML, and all their static imports. */
const firstLoad = async (page: string): Promise<ReadonlySet<string>> => {
  const found = new Set<string>()
  const visit = async (script: string): Promise<void> => {
    if (found.has(script)) return
    found.add(script)
    const code = await readFile(join(paths.assets, script), "utf8")
    for (const name of namesIn(code, /(?:from|import)\s*"\.\/([^"]+\.js)"/g)) await visit(join(dirname(script), name))
  }
  const html = await readFile(join(paths.assets, page), "utf8")
  for (const script of namesIn(html, /(?:src|href)="(\/[^"]+\.js)"/g)) await visit(script)
  return found
}

const pages = [
  { page: "client.html", name: "guest page", budget: 95 },
  { page: "host.html", name: "host page", budget: 110 },
  { page: "index.html", name: "landing page", budget: 25 }
] as const

/** The JavaScript of the Worker and of each page's first load, gzipped. Needs a build. */
export const measureSizes = async (): Promise<ReadonlyArray<Row>> => {
  const worker = await gzipped(join(dirname(builtConfig(paths.build)), "index.js"))
  const sizes = await Promise.all(
    pages.map(async ({ budget, name, page }): Promise<Row> => {
      const scripts = await firstLoad(page)
      const sizes = await Promise.all([...scripts].map((script) => gzipped(join(paths.assets, script))))
      return { name: `${name}: JavaScript, gzipped`, value: sizes.reduce((a, b) => a + b, 0), unit: "kB", budget }
    })
  )
  return [{ name: "Worker, gzipped", value: worker, unit: "kB", budget: 150 }, ...sizes]
}
