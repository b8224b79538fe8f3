/** `npm run dev`: pages and API on one port, with hot reload and the settings of `.dev.vars`. */
import { createServer } from "vite"
import { everyTenMinutes } from "./cron.js"
import { main } from "./Problem.js"
import { paths } from "./paths.js"
import { migrateLocal } from "./plainD1.js"
import { checkVars, choosePort, readVars } from "./settings.js"

process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= "false"
process.env.WRANGLER_SEND_METRICS ??= "false"

main(async () => {
  checkVars(await readVars())
  const port = await choosePort(process.env.PORT)
  await migrateLocal(paths.state)
  const server = await createServer({
    configFile: `${paths.root}/vite.config.ts`,
    server: { host: "localhost", port, strictPort: true }
  })
  await server.listen()
  everyTenMinutes(() => fetch(`http://localhost:${port}/cdn-cgi/handler/scheduled?cron=*/10+*+*+*+*`))
  process.stdout.write(`Host    http://localhost:${port}/host\nGuests  http://localhost:${port}/client\n`)
  server.bindCLIShortcuts({ print: true })
})
