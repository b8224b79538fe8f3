import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { setTimeout as later } from "node:timers/promises"
import { Server } from "../api/local/Server.js"
import { poll, readGuest, readHost, readMessages, say, secret } from "./caller.js"
import { quantile, type Row } from "./report.js"

const rounds = 60
const room = "bench"

/** From a guest's POST to the answer of the host's held GET, on the built Worker of this machine. */
const deliver = async (origin: string): Promise<ReadonlyArray<number>> => {
  const [hostToken, guestToken] = [secret(), secret()]
  const hostJoin = { type: "join", role: "host", token: hostToken, hostKey: secret(), room }
  const host = await readHost(await fetch(say(origin, undefined, hostJoin)))
  await readGuest(await fetch(say(origin, undefined, { type: "join", role: "guest", token: guestToken, room })))
  let { cursor } = await readMessages(await fetch(poll(origin, hostToken, host.cursor, 1)))
  const times: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const held = fetch(poll(origin, hostToken, cursor, 10)).then(readMessages)
    // The hold looks less and less often: begin at another moment of it in each round.
    await later(50 + ((round * 37) % 400))
    const start = performance.now()
    const offer = { type: "offer", to: host.peer.id, connection: `c${round}`, sdp: "v=0\r\n" }
    await Promise.all([fetch(say(origin, guestToken, offer)), held.then(() => times.push(performance.now() - start))])
    cursor = (await held).cursor
  }
  return times
}

/** How long a message takes from sender to receiver. Needs a build. */
export const measureLatency = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  try {
    const times = await deliver(server.url)
    return [
      { name: "POST to held GET: median", value: quantile(times, 0.5), unit: "ms" },
      { name: "POST to held GET: 99th percentile", value: quantile(times, 0.99), unit: "ms" }
    ]
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
