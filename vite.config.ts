import { fileURLToPath } from "node:url"
import { cloudflare } from "@cloudflare/vite-plugin"
import { defineConfig, type UserConfig } from "vite"
import solid from "vite-plugin-solid"
import { documentFiles } from "./scripts/documentFiles.js"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** No word on which plugin takes how long: a slow machine is no fault of the build. */
const checks = { pluginTimings: false }

/** The pages and the Worker: `vite` serves both on one port, `vite build` writes both to `dist/`. */
const product = (): UserConfig => ({
  root: here("client"),
  plugins: [
    solid(),
    cloudflare({
      configPath: here("wrangler.jsonc"),
      persistState: { path: here(".wrangler/state") },
      viteEnvironment: { name: "worker" }
    }),
    documentFiles()
  ],
  build: { outDir: here("dist"), emptyOutDir: true, target: ["chrome111", "firefox114", "safari16.4"] },
  environments: {
    worker: { build: { minify: true, rolldownOptions: { checks } } },
    client: {
      build: {
        rolldownOptions: {
          input: ["index", "host", "client", "404"].map((page) => here(`client/${page}.html`)),
          checks
        }
      }
    }
  }
})

export default defineConfig(product())
