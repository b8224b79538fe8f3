/** `npm start`: builds the product and runs it on this machine, with the settings of `.dev.vars`. */
import { build } from "./build.js"
import { everyTenMinutes } from "./cron.js"
import { main } from "./Problem.js"
import { paths } from "./paths.js"
import { Server } from "./Server.js"
import { checkVars, choosePort, readVars } from "./settings.js"

main(async () => {
  const vars = await readVars()
  checkVars(vars)
  const port = await choosePort(process.env.PORT)
  await build()
  const server = await Server.start({ vars, port, state: paths.state, print: (text) => process.stdout.write(text) })
  const stopCron = everyTenMinutes(() => server.fireCron())
  process.stdout.write(`Host    ${server.url}/host\nGuests  ${server.url}/client\nStop with Ctrl-C.\n`)
  const stop = () => {
    stopCron()
    void server.stop().then(() => process.exit(0))
  }
  process.once("SIGINT", stop)
  process.once("SIGTERM", stop)
})
