/**
 * `npm run deploy`: builds for the environment `production`, migrates its database, and deploys the Worker. With
 * `-- --dry-run` it builds and shows what would be deployed, and changes nothing.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { unstable_readConfig } from "wrangler"
import { build } from "./build.js"
import { main, Problem } from "./Problem.js"
import { builtConfig, paths } from "./paths.js"
import { relayAdvice } from "./relayAdvice.js"

const wrangler = createRequire(import.meta.url).resolve("wrangler/bin/wrangler.js")

const run = (...parameters: ReadonlyArray<string>) => {
  const { status } = spawnSync(process.execPath, [wrangler, ...parameters], { cwd: paths.root, stdio: "inherit" })
  if (status !== 0) throw new Problem(`"wrangler ${parameters.join(" ")}" failed. Its message is above.`)
}

const readNames = Schema.decodeUnknownOption(Schema.parseJson(Schema.Array(Schema.Struct({ name: Schema.String }))))

/** The names of the deployed Worker's secrets; undefined if they cannot be listed. */
const secretNames = () => {
  const parameters = ["secret", "list", "--env", "production", "--config", paths.wranglerConfig, "--format", "json"]
  const { stdout } = spawnSync(process.execPath, [wrangler, ...parameters], { cwd: paths.root, encoding: "utf8" })
  return Option.getOrUndefined(Option.map(readNames(stdout), (secrets) => secrets.map(({ name }) => name)))
}

const databaseMissing =
  "wrangler.jsonc has no database_id under env.production.d1_databases. Create the database with " +
  '"npx wrangler d1 create webrtc-signaling", and put the id that it prints there.'

main(async () => {
  const parameters = process.argv.slice(2)
  const isDryRun = parameters.includes("--dry-run")
  const config = unstable_readConfig({ config: paths.wranglerConfig, env: "production" })
  const databases: ReadonlyArray<{ readonly database_id?: string }> = config.d1_databases
  const hasNoDatabase = databases.some((database) => database.database_id === undefined)
  if (hasNoDatabase && !isDryRun) throw new Problem(databaseMissing)
  const folder = mkdtempSync(join(tmpdir(), "cf-video-conference-"))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  process.env.CLOUDFLARE_ENV = "production"
  await build("info", folder)
  // The build is for this environment only, and names no others.
  delete process.env.CLOUDFLARE_ENV
  if (!isDryRun)
    run("d1", "migrations", "apply", "DB", "--remote", "--env", "production", "--config", paths.wranglerConfig)
  run("deploy", "--config", builtConfig(folder), ...parameters)
  const secrets = isDryRun ? undefined : secretNames()
  const advice = relayAdvice(secrets === undefined ? undefined : new Set([...Object.keys(config.vars), ...secrets]))
  if (advice !== undefined) process.stdout.write(`\n${advice}\n`)
  if (!isDryRun) return
  process.stdout.write("\nNothing was deployed, and no database was migrated: this was a dry run.\n")
  if (hasNoDatabase) process.stdout.write(`Before a deployment: ${databaseMissing}\n`)
})
