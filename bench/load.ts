import { randomUUID } from "node:crypto"
import { setMaxListeners } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { setTimeout as later } from "node:timers/promises"
import { Server } from "../api/local/Server.js"
import { poll, readGuest, readHost, readMessages, say, secret } from "./caller.js"
import { quantile, type Row } from "./report.js"
import { runtimeCost } from "./runtime.js"

const rooms = 20
const guestsPerRoom = 9
/** How long messages are sent, and how long the last ones may take to arrive after it. */
const duration = 60_000
const drain = 10_000
/** A guest makes its offer and its candidates anew this often: a busy room, since real ones do so at a join. */
const pace = 30_000
/** Sendings of one message before the measurement fails. */
const tries = 20

/** What a browser's offer weighs, its number first. */
const sdp = (number: number) => `v=0\r\no=- ${number} 2 IN IP4 127.0.0.1\r\n${"a=rtpmap:96 VP8/90000\r\n".repeat(130)}`
const candidates = (number: number) => [
  { candidate: `candidate:${number} 1 udp 2122260223 192.0.2.7 54321 typ host`, sdpMid: "0", sdpMLineIndex: 0 }
]
const numberOf = (text: string) => Number(/(?:o=- |candidate:)(\d+) /.exec(text)?.[1])

/** A connection that the other end closed as a request set out on it: to be repeated, as browsers do by themselves. */
const brokenOff = () => new Response(null, { status: 503 })

/** On a connection of its own: the runtime closes idle ones, and on a busy machine requests set out on closed ones. */
const fresh = (request: Request): Request => {
  request.headers.set("connection", "close")
  return request
}

/** What was sent and what arrived, by sender and recipient. */
const ledger = () => {
  const accepted = new Set<string>()
  const started = new Map<string, number>()
  const arrived = new Set<string>()
  const last = new Map<string, number>()
  const times: Array<number> = []
  const wrong = { doubled: 0, disordered: 0 }
  return {
    times,
    wrong,
    start: (route: string, number: number) => started.set(`${route} ${number}`, performance.now()),
    accept: (route: string, number: number) => accepted.add(`${route} ${number}`),
    arrive: (route: string, number: number) => {
      const key = `${route} ${number}`
      if (arrived.has(key)) wrong.doubled++
      else if (number <= (last.get(route) ?? 0)) wrong.disordered++
      arrived.add(key)
      last.set(route, number)
      times.push(performance.now() - (started.get(key) ?? Number.NaN))
    },
    /** Accepted, and not delivered. */
    missing: () => [...accepted].filter((key) => !arrived.has(key)).length
  }
}

/** All that the measurement counts. */
const counters = () => ({ requests: 0, repeated: 0, ledger: ledger() })
type Counters = ReturnType<typeof counters>

type Fields = Readonly<Record<string, unknown>>

/** A participant that polls without a pause, and sends one message after the other to each recipient. */
const participant = (
  origin: string,
  token: string,
  { id, start }: { readonly id: string; readonly start: number },
  count: Counters,
  stop: AbortSignal
) => {
  let cursor = start
  const queues = new Map<string, Promise<void>>()
  const numbers = new Map<string, number>()

  const deliver = async (to: string, number: number, fields: Fields): Promise<void> => {
    const route = `${id} ${to}`
    count.ledger.start(route, number)
    const key = randomUUID()
    for (let attempt = 0; attempt < tries; attempt++) {
      const request = fresh(say(origin, token, { ...fields, to, connection: "c1" }))
      request.headers.set("idempotency-key", key)
      count.requests++
      const response = await fetch(request).catch(brokenOff)
      await response.arrayBuffer()
      if (response.ok) {
        count.ledger.accept(route, number)
        return
      }
      if (response.status !== 429 && response.status !== 503)
        throw new Error(`A message was refused: ${response.status}`)
      count.repeated++
      await later(1000)
    }
    throw new Error(`A message was refused ${tries} times`)
  }

  /** Each recipient gets its messages in the order of the calls. */
  const tell = (to: string, fields: (number: number) => Fields): Promise<void> => {
    const number = (numbers.get(to) ?? 0) + 1
    numbers.set(to, number)
    const sent = (queues.get(to) ?? Promise.resolve()).then(() => deliver(to, number, fields(number)))
    queues.set(to, sent)
    return sent
  }

  /** Reads what a poll gave. A connected pair says offer and answer, and candidates both. */
  const read = async (response: Response) => {
    const inbox = await readMessages(response)
    cursor = inbox.cursor
    const offers: Array<string> = []
    for (const message of inbox.messages) {
      if (message.type !== "offer" && message.type !== "answer" && message.type !== "candidate") continue
      const text = message.type === "candidate" ? (message.candidates[0]?.candidate ?? "") : message.sdp
      count.ledger.arrive(`${message.from} ${id}`, numberOf(text))
      if (message.type === "offer") offers.push(message.from)
    }
    return { offers, isEmpty: inbox.messages.length === 0 }
  }

  /** Long polls back to back until the measurement stops. */
  const listen = async (): Promise<void> => {
    const replies: Array<Promise<void>> = []
    try {
      while (!stop.aborted) {
        count.requests++
        const response = await fetch(fresh(poll(origin, token, cursor, 25)), { signal: stop }).catch(brokenOff)
        if (response.status === 503) {
          if (!stop.aborted) count.repeated++
          await later(1000)
          continue
        }
        for (const from of (await read(response)).offers) {
          replies.push(tell(from, (number) => ({ type: "answer", sdp: sdp(number) })))
          replies.push(tell(from, (number) => ({ type: "candidate", candidates: candidates(number) })))
        }
      }
    } catch (cause) {
      if (!stop.aborted) throw cause
    }
    await Promise.all(replies)
  }

  /** Reads what is left once nobody sends any more: what is not there either is lost. */
  const finish = async (): Promise<void> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const response = await fetch(fresh(poll(origin, token, cursor))).catch(brokenOff)
      if (response.status === 503) await later(1000)
      else if ((await read(response)).isEmpty) return
    }
  }

  return { tell, listen, finish }
}

const enter = async (
  origin: string,
  fields: Fields
): Promise<{ readonly response: Response; readonly token: string }> => {
  const token = secret()
  return { token, response: await fetch(fresh(say(origin, undefined, { type: "join", ...fields, token }))) }
}

/** Joins a host and its guests, and gives what each of them does. */
const open = async (origin: string, room: string, count: Counters, stop: AbortSignal) => {
  const hostJoin = await enter(origin, { role: "host", hostKey: secret(), room })
  const host = await readHost(hostJoin.response)
  const hosting = { id: host.peer.id, start: host.cursor }
  const { finish, listen } = participant(origin, hostJoin.token, hosting, count, stop)
  const acts = [listen]
  const ends = [finish]
  for (let index = 0; index < guestsPerRoom; index++) {
    const guestJoin = await enter(origin, { role: "guest", room, name: `Guest ${index}` })
    const guest = await readGuest(guestJoin.response)
    const visiting = { id: guest.peer.id, start: guest.cursor }
    const { finish, listen, tell } = participant(origin, guestJoin.token, visiting, count, stop)
    const speak = async () => {
      const end = performance.now() + duration
      await later(Math.random() * pace)
      while (performance.now() < end && !stop.aborted) {
        await tell(host.peer.id, (number) => ({ type: "offer", sdp: sdp(number) }))
        await tell(host.peer.id, (number) => ({ type: "candidate", candidates: candidates(number) }))
        await later(Math.min(pace * (0.8 + Math.random() * 0.4), Math.max(0, end - performance.now())))
      }
    }
    acts.push(listen, speak)
    ends.push(finish)
  }
  return { acts, ends }
}

/** Runs the rooms for a while, and gives what was counted. */
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
 * 200 peers in 20 rooms for a minute, on the built Worker of this machine. The runtime is a process of its own, which
 * answers without this one, so what it costs is its own. Needs a build.
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
