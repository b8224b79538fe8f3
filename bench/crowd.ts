import { setMaxListeners } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { setTimeout as later } from "node:timers/promises"
import { Server } from "../scripts/Server.js"
import { readGuest, readHost, secret } from "./caller.js"
import { candidates, counters, enter, participant, sdp } from "./participant.js"
import { quantile, type Row } from "./report.js"
import { runtimeCost } from "./runtime.js"

/** Rooms of a host, who polls all the time, and guests, who poll until they are connected. */
const rooms = 1000
const guestsPerRoom = 2
/**
 * One room is opened per interval, in milliseconds; then, in one room after the other, a guest leaves and another
 * joins.
 */
const pace = 150
/** How many guests are exchanged so, and how long the last messages may take to arrive, in milliseconds. */
const exchanges = 400
const drain = 20_000

type Participant = ReturnType<typeof participant>

/** Rooms on a service, and what happens in them. */
const conference = (origin: string) => {
  const count = counters()
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const joins: Array<number> = []

  const timedJoin = async <A>(fields: Readonly<Record<string, unknown>>, read: (answer: Response) => Promise<A>) => {
    const start = performance.now()
    count.requests++
    const { response, token } = await enter(origin, fields)
    const joined = await read(response)
    joins.push(performance.now() - start)
    return { joined, token }
  }

  /** A guest joins and calls the host, and polls until both have received all messages of the other. */
  const call = async (room: string, host: Participant): Promise<Participant> => {
    const { joined, token } = await timedJoin({ role: "guest", room }, readGuest)
    const connected = new AbortController()
    const guest = participant({
      origin,
      token,
      id: joined.peer.id,
      start: joined.cursor,
      count,
      stop: AbortSignal.any([stop.signal, connected.signal])
    })
    const listening = guest.listen()
    await guest.send(host.id, (number) => ({ type: "offer", sdp: sdp(number) }))
    await guest.send(host.id, (number) => ({ type: "candidate", candidates: candidates(number) }))
    await Promise.all([
      count.ledger.arrival(`${guest.id} ${host.id}`, 2),
      count.ledger.arrival(`${host.id} ${guest.id}`, 2)
    ])
    connected.abort()
    await listening
    return guest
  }

  /** A host joins and polls, and its guests call. */
  const open = async (room: string) => {
    const { joined, token } = await timedJoin({ role: "host", hostKey: secret(), room }, readHost)
    const { cursor, peer } = joined
    const host = participant({ origin, token, id: peer.id, start: cursor, count, stop: stop.signal })
    const listening = host.listen()
    const guests = await Promise.all(Array.from({ length: guestsPerRoom }, () => call(room, host)))
    return { room, host, guests, listening }
  }

  /** A guest leaves, and another joins. */
  const exchange = async (meeting: Awaited<ReturnType<typeof open>>) => {
    await meeting.guests.shift()?.leave()
    meeting.guests.push(await call(meeting.room, meeting.host))
  }

  return { count, stop, joins, open, exchange }
}

/** Starts one task after the other, an interval of `pace` apart. Returns the results of all. */
const atPace = async <A>(works: ReadonlyArray<() => Promise<A>>): Promise<ReadonlyArray<A>> => {
  const started: Array<Promise<A>> = []
  for (const work of works) {
    started.push(work())
    await later(pace)
  }
  const late = later(drain).then(() => Promise.reject(new Error("Calls were not established in time.")))
  return Promise.race([Promise.all(started), late])
}

/**
 * 1,000 rooms of 3 on the built Worker on this machine, with joins all the time: each call is an offer, an answer and
 * candidates of both sides. The runtime is a process of its own. Needs a build.
 */
export const measureCrowd = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  const { count, exchange, joins, open, stop } = conference(server.url.replace("localhost", "127.0.0.1"))
  try {
    const start = performance.now()
    const before = await runtimeCost()
    const meetings = await atPace(Array.from({ length: rooms }, (_, index) => () => open(`crowd-${index}`)))
    await atPace(meetings.slice(0, exchanges).map((meeting) => () => exchange(meeting)))
    const seconds = (performance.now() - start) / 1000
    const after = await runtimeCost()
    stop.abort()
    await Promise.all(meetings.map(({ listening }) => listening))
    await Promise.all(meetings.map(({ host }) => host.finish()))
    const { times, wrong } = count.ledger
    const name = (what: string) => `${rooms.toLocaleString("en")} rooms of ${1 + guestsPerRoom}: ${what}`
    return [
      { name: name("joins"), value: joins.length, unit: "requests" },
      { name: name("join to its answer, median"), value: quantile(joins, 0.5), unit: "ms" },
      { name: name("join to its answer, 99th percentile"), value: quantile(joins, 0.99), unit: "ms" },
      { name: name("messages delivered"), value: times.length, unit: "messages" },
      {
        name: name("messages lost, doubled or out of order"),
        value: count.ledger.missing() + wrong.doubled + wrong.disordered,
        unit: "messages",
        budget: 0
      },
      { name: name("POST to delivery, median"), value: quantile(times, 0.5), unit: "ms" },
      { name: name("POST to delivery, 99th percentile"), value: quantile(times, 0.99), unit: "ms" },
      { name: name("requests made again (429, 503, broken off)"), value: count.repeated, unit: "requests" },
      { name: name("each second"), value: count.requests / seconds, unit: "requests" },
      { name: name("CPU time of the runtime, each second"), value: (after.cpu - before.cpu) / seconds, unit: "ms" },
      { name: name("memory of the runtime"), value: after.rss, unit: "kB" }
    ]
  } finally {
    stop.abort()
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
