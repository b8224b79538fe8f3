/**
 * `npm start`: builds the product and runs it on this machine, with the settings of `.dev.vars`. With `-- --lan` the
 * whole network can reach it, over HTTPS.
 */
import { rmSync } from "node:fs"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { parseArgs } from "node:util"
import { build } from "./build.js"
import { everyTenMinutes } from "./cron.js"
import { findLan, invitation, quietly } from "./lan.js"
import { main, Problem } from "./Problem.js"
import { paths } from "./paths.js"
import { everyAddress, Server } from "./Server.js"
import { checkVars, choosePort, readVars } from "./settings.js"

const readArguments = () => {
  try {
    return parseArgs({ options: { lan: { type: "boolean", default: false } } }).values
  } catch {
    throw new Problem("npm start takes one option: npm start -- --lan, for everybody on the network of this machine.")
  }
}

const runtimeLost =
  "workerd, which runs the Worker, has ended: it crashed or was killed, perhaps because the system ran out of memory. Start again: the database is kept."

main(async () => {
  const options = readArguments()
  const vars = await readVars()
  checkVars(vars)
  const port = await choosePort(process.env.PORT, options.lan ? everyAddress : undefined)
  const lan = options.lan ? await findLan(paths.certificate) : undefined
  // A folder of its own, so that another start or a test can build without replacing the pages that this one serves.
  const folder = await mkdtemp(join(tmpdir(), "cf-video-conference-"))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  const print = (text: string) => void process.stdout.write(text)
  print("Building the pages…\n")
  await build("warn", folder)
  const printOutput = lan === undefined ? print : quietly(print)
  print("Preparing the database…\n")
  const server = await Server.start({ vars, port, lan, build: folder, state: paths.state, print: printOutput })
  const stopCron = everyTenMinutes(() => server.fireCron())
  print(
    lan === undefined
      ? `Host    ${server.url}/host\nGuests  ${server.url}/client\n`
      : invitation(server.url, lan, process.stdout.isTTY)
  )
  print("Stop with Ctrl-C.\n")
  let stopping = false
  const stop = () => {
    stopping = true
    stopCron()
    void server.stop().then(() => process.exit(0))
  }
  process.once("SIGINT", stop)
  process.once("SIGTERM", stop)
  await server.lost
  // Ctrl-C ends the runtime as well, which may be noticed before the signal.
  await setImmediate()
  if (!stopping) throw new Problem(runtimeLost)
})
