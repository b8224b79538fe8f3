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

/** A sound server of one's own: it plays to loudspeakers that nobody hears but the tests. */
export interface PulseAudio {
  /** What a program's environment needs to play here, at whatever loudspeaker there is. */
  readonly environment: NodeJS.ProcessEnv
  /** The same to play at this loudspeaker, where the program does not pick another. */
  readonly environmentOf: (loudspeaker: string) => NodeJS.ProcessEnv
  readonly loudspeaker: (name: string) => Loudspeaker
  /** Adds a loudspeaker to those that are there. */
  readonly plugIn: (name: string) => Promise<void>
  /** Takes a loudspeaker away that was plugged in. */
  readonly unplug: (name: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** What makes a loudspeaker that nobody hears: a module of PulseAudio, and what it is told. */
const silent = (name: string) => [
  "module-null-sink",
  `sink_name=${name} rate=48000 sink_properties=device.description=${name}`
]

/** Milliseconds in which the server has to be there. */
const patience = 20_000

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
      // It goes by itself where a test run was killed: without clients, in seconds.
      "--exit-idle-time=10",
      "--use-pid-file=no",
      // Else it asks the system for a higher priority, and says that it was refused.
      "--high-priority=no",
      "--realtime=no",
      "-n",
      ...load(`module-native-protocol-unix socket=${socket} auth-cookie-enabled=0`),
      ...names.flatMap((name) => load(silent(name).join(" ")))
    ],
    { env: { ...shared, HOME: directory }, stdio: ["ignore", "pipe", "pipe"] }
  )
  let said = ""
  const hear = (text: Buffer) => {
    said += String(text)
  }
  server.stdout.on("data", hear)
  server.stderr.on("data", hear)
  const until = performance.now() + patience
  while (!existsSync(socket)) {
    if (server.exitCode !== null || performance.now() > until) {
      server.kill("SIGKILL")
      throw new Error(`PulseAudio did not start.\n${said}`)
    }
    await later(20)
  }
  const client = { ...shared, PULSE_SERVER: `unix:${socket}` }
  const loudspeakers = new Map(names.map((name) => [name, new Loudspeaker(name, client)]))
  /** The modules of those that were plugged in, by PulseAudio's numbers. */
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
      // What records it ends with it.
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
