import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { paths } from "../api/local/paths.js"

const client = join(paths.root, "dist/client")

/** The scripts that a page loads before anything is asked of it: those of its HTML, and all that they import at once. */
const firstLoad = async (page: string) => {
  const html = await readFile(join(client, `${page}.html`), "utf8")
  const found = new Set<string>()
  const visit = async (file: string): Promise<void> => {
    if (found.has(file)) return
    found.add(file)
    const code = await readFile(join(client, file), "utf8")
    for (const [, name = ""] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) await visit(`assets/${name}`)
  }
  for (const [, file = ""] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)) await visit(file)
  const sizes = await Promise.all([...found].map(async (file) => gzipSync(await readFile(join(client, file))).length))
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

test.for([
  ["index", 40],
  ["client", 95],
  ["host", 110]
] as const)("%s.html loads at most %i kB of compressed script before it is asked for more", async ([page, most]) => {
  const size = await firstLoad(page)
  expect(size).toBeGreaterThan(1)
  expect(size).toBeLessThanOrEqual(most)
})
