import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as later } from "node:timers/promises"
import type { Vars } from "../../scripts/settings.js"
import type { Breakable } from "./network.js"
import { findTool } from "./tools.js"

/** A real TURN server, and the settings that make a deployment use it. `cut` suspends it. */
export interface Coturn extends Breakable {
  readonly vars: Vars
  readonly stop: () => Promise<void>
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  await once(probe, "close")
  if (address === null || typeof address === "string") throw new Error("No free port.")
  return address.port
}

/** Whether something listens on the port. If not, it answers 50 ms later. */
const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, "127.0.0.1")
  const open = await once(socket, "connect").then(
    () => true,
    () => false
  )
  socket.destroy()
  if (!open) await later(50)
  return open
}

/** The number of relay ports. Each of the processes that run tests at once has a range of its own. */
const relayPorts = 200

/** Starts coturn on a free port of this machine, with a secret of its own. */
export const startCoturn = async (): Promise<Coturn> => {
  const port = await freePort()
  const first = 50_000 + relayPorts * Number(process.env.VITEST_POOL_ID ?? 0)
  const secret = randomBytes(16).toString("hex")
  const directory = await mkdtemp(join(tmpdir(), "coturn-"))
  const child = spawn(
    findTool("coturn"),
    [
      "-n",
      "--no-cli",
      "--log-file=stdout",
      `--pidfile=${join(directory, "pid")}`,
      `--userdb=${join(directory, "users")}`,
      "--listening-ip=127.0.0.1",
      "--relay-ip=127.0.0.1",
      `--listening-port=${port}`,
      `--min-port=${first}`,
      `--max-port=${first + relayPorts - 1}`,
      "--realm=example.test",
      "--fingerprint",
      "--use-auth-secret",
      `--static-auth-secret=${secret}`,
      "--no-tls",
      "--no-dtls",
      // What it relays is on this machine too.
      "--allow-loopback-peers"
    ],
    { stdio: ["ignore", "pipe", "pipe"] }
  )
  let output = ""
  const collect = (text: Buffer) => {
    output += String(text)
  }
  child.stdout.on("data", collect)
  child.stderr.on("data", collect)
  while (!(await answers(port))) {
    if (child.exitCode !== null)
      throw new Error(`turnserver ended with ${child.exitCode}.
${output}`)
  }
  return {
    vars: {
      TURN_URLS: `turn:127.0.0.1:${port}?transport=udp turn:127.0.0.1:${port}?transport=tcp`,
      TURN_SECRET: secret
    },
    cut: async () => child.kill("SIGSTOP"),
    mend: async () => child.kill("SIGCONT"),
    stop: async () => {
      const gone = once(child, "exit")
      child.kill("SIGKILL")
      await gone
      await rm(directory, { recursive: true })
    }
  }
}
