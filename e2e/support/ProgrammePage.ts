import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build, preview } from "vite"

/** Builds the page of `e2e/support/programme/` and serves it while `use` runs. */
export const withProgrammePage = async (use: (url: string) => Promise<void>): Promise<void> => {
  const root = fileURLToPath(new URL("programme", import.meta.url))
  const outDir = await mkdtemp(join(tmpdir(), "programme-"))
  const options = { configFile: false, root, logLevel: "warn", build: { outDir, emptyOutDir: true } } as const
  await build(options)
  const server = await preview({ ...options, preview: { host: "127.0.0.1", port: 0 } })
  try {
    const [url] = server.resolvedUrls?.local ?? []
    if (url === undefined) throw new Error("Vite's preview server has no local address.")
    await use(url)
  } finally {
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
}
