/** `npm run deploy`: builds for the environment `production`, migrates its database, and puts the Worker in its place. */
import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { unstable_readConfig } from "wrangler"
import { build } from "./build.js"
import { main, Problem } from "./Problem.js"
import { paths } from "./paths.js"

const wrangler = createRequire(import.meta.url).resolve("wrangler/bin/wrangler.js")

const run = (...parameters: ReadonlyArray<string>) => {
  const { status } = spawnSync(process.execPath, [wrangler, ...parameters], { cwd: paths.root, stdio: "inherit" })
  if (status !== 0) throw new Problem(`"wrangler ${parameters.join(" ")}" failed: what it said stands above.`)
}

main(async () => {
  const config = unstable_readConfig({ config: paths.wranglerConfig, env: "production" })
  const databases: ReadonlyArray<{ readonly database_id?: string }> = config.d1_databases
  if (databases.some((database) => database.database_id === undefined)) {
    throw new Problem(
      "wrangler.jsonc names no database_id under env.production.d1_databases. Make the database with " +
        '"npx wrangler d1 create webrtc-signaling", and put the id that it prints there.'
    )
  }
  process.env.CLOUDFLARE_ENV = "production"
  await build("info")
  // What was built is for this environment alone, and knows no others by name.
  delete process.env.CLOUDFLARE_ENV
  run("d1", "migrations", "apply", "DB", "--remote", "--env", "production", "--config", paths.wranglerConfig)
  run("deploy", "--config", paths.builtConfig, ...process.argv.slice(2))
})
