import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as later } from "node:timers/promises"
import { promisify } from "node:util"
import { Loudspeaker } from "./Loudspeaker.js"
import { findTool } from "./tools.js"

/** A sound server for tests: it plays to loudspeakers that only the tests hear. */
export interface PulseAudio {
  /** The environment in which a program plays here, on the default loudspeaker. */
  readonly environment: NodeJS.ProcessEnv
  /** The same for this loudspeaker, unless the program picks another. */
  readonly environmentOf: (loudspeaker: string) => NodeJS.ProcessEnv
  readonly loudspeaker: (name: string) => Loudspeaker
  /** Adds a loudspeaker. */
  readonly plugIn: (name: string) => Promise<void>
  /** Removes a loudspeaker that was plugged in. */
  readonly unplug: (name: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** A loudspeaker that nobody hears: a module of PulseAudio, and its arguments. */
const silent = (name: string) => [
  "module-null-sink",
  `sink_name=${name} rate=48000 sink_properties=device.description=${name}`
]

/** The time limit for the server's start, in milliseconds. */
const startTimeout = 20_000

/**
 * Starts PulseAudio with these loudspeakers, as root or as anybody. All that it and its clients write goes to a folder
 * of its own, which is gone after `stop`.
 */
export const startPulseAudio = async (names: ReadonlyArray<string>): Promise<PulseAudio> => {
  // Made with mode 700, without which PulseAudio refuses it.
  const directory = await mkdtemp(join(tmpdir(), "pulse-"))
  const socket = join(directory, "native")
  const shared: NodeJS.ProcessEnv = {
    ...process.env,
    XDG_RUNTIME_DIR: directory,
    PULSE_RUNTIME_PATH: directory,
    PULSE_STATE_PATH: directory,
    PULSE_COOKIE: join(directory, "cookie")
  }
  const load = (module: string) => ["-L", module]
  const server = spawn(
    findTool("pulseaudio"),
    [
      "--daemonize=no",
      // If a test run was killed, the server ends by itself, this many seconds after its last client.
      "--exit-idle-time=10",
      "--use-pid-file=no",
      // Else it asks the system for a higher priority, and prints that it was refused.
      "--high-priority=no",
      "--realtime=no",
      "-n",
      ...load(`module-native-protocol-unix socket=${socket} auth-cookie-enabled=0`),
      ...names.flatMap((name) => load(silent(name).join(" ")))
    ],
    { env: { ...shared, HOME: directory }, stdio: ["ignore", "pipe", "pipe"] }
  )
  let output = ""
  const collect = (text: Buffer) => {
    output += String(text)
  }
  server.stdout.on("data", collect)
  server.stderr.on("data", collect)
  const until = performance.now() + startTimeout
  while (!existsSync(socket)) {
    if (server.exitCode !== null || performance.now() > until) {
      server.kill("SIGKILL")
      throw new Error(`PulseAudio did not start.\n${output}`)
    }
    await later(20)
  }
  const client = { ...shared, PULSE_SERVER: `unix:${socket}` }
  const loudspeakers = new Map(names.map((name) => [name, new Loudspeaker(name, client)]))
  /** PulseAudio's module numbers of the loudspeakers that were plugged in. */
  const modules = new Map<string, string>()
  const control = (...words: ReadonlyArray<string>) => promisify(execFile)(findTool("pactl"), words, { env: client })
  return {
    environment: client,
    environmentOf: (name) => ({ ...client, PULSE_SINK: name }),
    loudspeaker: (name) => {
      const found = loudspeakers.get(name)
      if (found === undefined) throw new Error(`There is no loudspeaker ${name}.`)
      return found
    },
    plugIn: async (name) => {
      modules.set(name, (await control("load-module", ...silent(name))).stdout.trim())
      loudspeakers.set(name, new Loudspeaker(name, client))
    },
    unplug: async (name) => {
      // The recorder of a loudspeaker ends with it.
      await loudspeakers.get(name)?.close()
      loudspeakers.delete(name)
      await control("unload-module", modules.get(name) ?? "")
    },
    stop: async () => {
      await Promise.all([...loudspeakers.values()].map((loudspeaker) => loudspeaker.close()))
      const gone = once(server, "exit")
      server.kill("SIGTERM")
      await gone
      await rm(directory, { recursive: true, force: true })
    }
  }
}
