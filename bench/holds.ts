import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as later } from "node:timers/promises"
import { Server } from "../scripts/Server.js"
import { poll, readHost, readMessages, say, secret } from "./caller.js"
import type { Row } from "./report.js"
import { runtimeCost } from "./runtime.js"

/** Peers that wait at once, each alone in its room, and the seconds of a hold: the longest that is allowed. */
const peers = 40
const hold = 25
/** Seconds without any request, to measure what the runtime costs by itself. */
const quiet = 5

/**
 * CPU of the whole runtime for a hold without a message: HTTP, Worker, doorbell and database together, less what the
 * idle runtime uses in the same time. The free plan allows 10 ms for each request, of the Worker only.
 */
export const measureHolds = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  try {
    const origin = server.url.replace("localhost", "127.0.0.1")
    const waiting: Array<{ readonly token: string; readonly cursor: number }> = []
    for (let index = 0; index < peers; index++) {
      const token = secret()
      const join = { type: "join", role: "host", token, hostKey: secret(), room: `hold-${index}` }
      waiting.push({ token, cursor: (await readHost(await fetch(say(origin, undefined, join)))).cursor })
    }
    const wait = (seconds: number) =>
      Promise.all(
        waiting.map(async ({ cursor, token }) => readMessages(await fetch(poll(origin, token, cursor, seconds))))
      )
    await wait(1)
    const start = await runtimeCost()
    await later(quiet * 1000)
    const before = await runtimeCost()
    await wait(hold)
    const after = await runtimeCost()
    const each = (after.cpu - before.cpu - ((before.cpu - start.cpu) * hold) / quiet) / peers
    return [
      { name: `a hold of ${hold} s: CPU of the runtime`, value: each, unit: "ms", budget: 10 },
      { name: "waiting host, a minute: CPU of the runtime", value: (each * 60) / hold, unit: "ms", budget: 25 }
    ]
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
