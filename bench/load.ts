import { setMaxListeners } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { setTimeout as later } from "node:timers/promises"
import { Server } from "../scripts/Server.js"
import { readGuest, readHost, secret } from "./caller.js"
import { type Counters, candidates, counters, enter, participant, sdp } from "./participant.js"
import { quantile, type Row } from "./report.js"
import { runtimeCost } from "./runtime.js"

const rooms = 20
const guestsPerRoom = 9
/** For how long messages are sent, and how long the last ones may take to arrive after that, in milliseconds. */
const duration = 60_000
const drain = 10_000
/** How often a guest sends an offer and candidates, in milliseconds: a busy room, since real guests do so at a join. */
const pace = 30_000

/** Joins a host and its guests, and returns what each of them does. */
const open = async (origin: string, room: string, count: Counters, stop: AbortSignal) => {
  const hostJoin = await enter(origin, { role: "host", hostKey: secret(), room })
  const host = await readHost(hostJoin.response)
  const common = { origin, count, stop }
  const { token } = hostJoin
  const { finish, listen } = participant({ ...common, token, id: host.peer.id, start: host.cursor })
  const acts = [listen]
  const ends = [finish]
  for (let index = 0; index < guestsPerRoom; index++) {
    const guestJoin = await enter(origin, { role: "guest", room, name: `Guest ${index}` })
    const guest = await readGuest(guestJoin.response)
    const { token } = guestJoin
    const { finish, listen, send } = participant({ ...common, token, id: guest.peer.id, start: guest.cursor })
    const speak = async () => {
      const end = performance.now() + duration
      await later(Math.random() * pace)
      while (performance.now() < end && !stop.aborted) {
        await send(host.peer.id, (number) => ({ type: "offer", sdp: sdp(number) }))
        await send(host.peer.id, (number) => ({ type: "candidate", candidates: candidates(number) }))
        await later(Math.min(pace * (0.8 + Math.random() * 0.4), Math.max(0, end - performance.now())))
      }
    }
    acts.push(listen, speak)
    ends.push(finish)
  }
  return { acts, ends }
}

/** Runs the rooms for `duration`, and returns what was counted. */
const run = async (origin: string) => {
  const count = counters()
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const meetings = await Promise.all(
    Array.from({ length: rooms }, (_, index) => open(origin, `load-${index}`, count, stop.signal))
  )
  const start = performance.now()
  const before = await runtimeCost()
  const done = Promise.all(meetings.flatMap(({ acts }) => acts.map((act) => act())))
  try {
    await Promise.race([done, later(duration)])
    const seconds = (performance.now() - start) / 1000
    const after = await runtimeCost()
    const { repeated, requests } = count
    const last = performance.now() + drain
    while (performance.now() < last && (count.ledger.missing() > 0 || performance.now() < last - drain + 2000)) {
      await Promise.race([done, later(200)])
    }
    stop.abort()
    await done
    await Promise.all(meetings.flatMap(({ ends }) => ends.map((end) => end())))
    return { count, seconds, requests, repeated, rss: after.rss, cpu: after.cpu - before.cpu }
  } finally {
    stop.abort()
  }
}

/**
 * 200 peers in 20 rooms for a minute, on the built Worker on this machine. The runtime is a process of its own, and
 * only its cost is counted. Needs a build.
 */
export const measureLoad = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  try {
    const { count, cpu, repeated, requests, rss, seconds } = await run(server.url.replace("localhost", "127.0.0.1"))
    const { times, wrong } = count.ledger
    const peers = rooms * (1 + guestsPerRoom)
    const name = (what: string) => `${peers} peers in ${rooms} rooms: ${what}`
    return [
      { name: name("messages delivered"), value: times.length, unit: "messages" },
      { name: name("messages lost"), value: count.ledger.missing(), unit: "messages", budget: 0 },
      { name: name("messages delivered twice"), value: wrong.doubled, unit: "messages", budget: 0 },
      { name: name("messages out of order"), value: wrong.disordered, unit: "messages", budget: 0 },
      { name: name("requests made again (429, 503, broken off)"), value: repeated, unit: "requests" },
      { name: name("each second"), value: requests / seconds, unit: "requests" },
      { name: name("POST to delivery, median"), value: quantile(times, 0.5), unit: "ms" },
      { name: name("POST to delivery, 99th percentile"), value: quantile(times, 0.99), unit: "ms" },
      { name: name("memory of the runtime"), value: rss, unit: "kB" },
      { name: name("CPU time of the runtime, each second"), value: cpu / seconds, unit: "ms" }
    ]
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
