import { fileURLToPath } from "node:url"

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Where things are in the repository, whatever directory a command is run from. */
export const paths = {
  root: here(""),
  migrations: here("migrations"),
  wranglerConfig: here("wrangler.jsonc"),
  /** What `wrangler dev` and `wrangler d1 … --local` keep their state in. */
  state: here(".wrangler/state/v3"),
  /** What `npm start -- --lan` shows to browsers. */
  certificate: here(".wrangler/certificate"),
  settings: here(".dev.vars"),
  assets: here("dist/client"),
  build: here("dist")
} as const

/** The configuration of the Worker in a build. */
export const builtConfig = (build: string): string => `${build}/worker/wrangler.json`
