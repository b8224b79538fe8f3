import { fileURLToPath } from "node:url"

const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Absolute paths of the repository, whatever directory a command is run from. */
export const paths = {
  root: inRepository(""),
  migrations: inRepository("migrations"),
  wranglerConfig: inRepository("wrangler.jsonc"),
  /** Where `wrangler dev` and `wrangler d1 … --local` keep their state. */
  state: inRepository(".wrangler/state/v3"),
  /** Where the certificate of `npm start -- --lan` is kept. */
  certificate: inRepository(".wrangler/certificate"),
  settings: inRepository(".dev.vars"),
  assets: inRepository("dist/client"),
  build: inRepository("dist")
} as const

/** The path of the Worker's configuration in the directory of a build. */
export const builtConfig = (build: string): string => `${build}/worker/wrangler.json`
