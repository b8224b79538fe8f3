import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import type { Readable } from "node:stream"
import { test as base, expect } from "vitest"
import { paths } from "../scripts/paths.js"
import { environment } from "./support/environment.js"
import { findTool } from "./support/tools.js"

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  await once(probe, "close")
  return typeof address === "object" ? (address?.port ?? 0) : 0
}

/** `npm start`, as a child process. */
class Command {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  readonly ended: Promise<ReadonlyArray<unknown>>
  printed = ""
  complained = ""

  constructor(port: number) {
    this.#child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
      cwd: paths.root,
      env: { ...environment(), PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"]
    })
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.printed += text
    })
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.complained += text
    })
    this.ended = once(this.#child, "close")
  }

  kill(signal: NodeJS.Signals) {
    this.#child.kill(signal)
  }

  killRuntime() {
    execFileSync(findTool("pkill"), ["-KILL", "-P", String(this.#child.pid), "workerd"])
  }
}

interface Fixtures {
  readonly port: number
  /** Runs, and has printed so. */
  readonly command: Command
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  port: async ({}, use) => use(await freePort()),
  command: async ({ port }, use) => {
    const command = new Command(port)
    await expect.poll(() => command.printed, { timeout: 120_000 }).toContain("Stop with Ctrl-C.")
    await use(command)
    command.kill("SIGKILL")
    await command.ended
  }
})

test("npm start prints what it does, answers, and stops on SIGINT", async ({ command, port }) => {
  expect(command.printed).toBe(
    `Building the pages…
Preparing the database…
Host    http://localhost:${port}/host
Guests  http://localhost:${port}/client
Stop with Ctrl-C.
`
  )
  expect(await (await fetch(`http://localhost:${port}/health`)).json()).toEqual({ status: "ok" })
  command.kill("SIGINT")
  expect(await command.ended).toEqual([0, null])
  expect(command.complained).toBe("")
})

test("npm start ends with a message if its runtime was killed", async ({ command }) => {
  command.killRuntime()
  expect(await command.ended).toEqual([1, null])
  expect(command.complained).toMatch(/^workerd, which runs the Worker, has ended.* Start again.*\n$/)
})
