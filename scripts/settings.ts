import { readFile } from "node:fs/promises"
import { createServer } from "node:net"
import { parseEnv } from "node:util"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { unstable_readConfig } from "wrangler"
import { Settings } from "../api/Settings.js"
import { isAbsent, Problem } from "./Problem.js"
import { paths } from "./paths.js"

/** The settings of a Worker, by name. */
export type Vars = Readonly<Record<string, string>>

/** Reads the settings of `wrangler.jsonc` and `.dev.vars`, of which the latter takes precedence. */
export const readVars = async (): Promise<Vars> => {
  const text = await readFile(paths.settings, "utf8").catch((cause: unknown) => {
    if (isAbsent(cause)) return ""
    throw new Problem(`${paths.settings} cannot be read: ${String(cause)}`)
  })
  const configVars = unstable_readConfig({ config: paths.wranglerConfig }).vars
  const entries = Object.entries(parseEnv(text)).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]]
  )
  return Object.fromEntries([...Object.entries(configVars).map(([name, value]) => [name, String(value)]), ...entries])
}

/** Reads the settings as the Worker will, so that a wrong one is reported before anything starts. */
export const checkVars = (vars: Vars): void => {
  const read = Settings.pipe(
    Effect.provide(Settings.Default),
    Effect.withConfigProvider(ConfigProvider.fromJson(vars)),
    Effect.either,
    Effect.runSync
  )
  if (Either.isLeft(read)) throw new Problem(`A setting in .dev.vars or wrangler.jsonc is wrong. ${String(read.left)}`)
}

/**
 * The port that `PORT` names, by default 8787. Fails if it is not a port, or if another program uses it at `host`, an
 * address of this machine.
 */
export const choosePort = async (given: string | undefined, host = "127.0.0.1"): Promise<number> => {
  const port = Number(given ?? "8787")
  if (!/^\d+$/.test(given ?? "8787") || port < 1 || port > 65_535) {
    throw new Problem(`PORT is "${given}", which is not a port. Give a whole number from 1 to 65535.`)
  }
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        new Problem(
          cause.code === "EADDRINUSE"
            ? `Port ${port} is in use by another program. Stop that one, or choose another: PORT=8788`
            : `Port ${port} cannot be opened: ${cause.message}`
        )
      )
    )
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
  return port
}
