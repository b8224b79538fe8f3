import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { setTimeout as later } from "node:timers/promises"
import { Server } from "../scripts/Server.js"
import { poll, readGuest, readHost, readMessages, say, secret } from "./caller.js"
import { quantile, type Row } from "./report.js"
import { runtimeCost } from "./runtime.js"

/** Peers that wait while messages are exchanged: a host and its guests. */
const peers = 40
const rounds = 300
/** For how long guests send as fast as they are answered, in milliseconds. */
const rush = 10_000

interface Peer {
  readonly id: string
  readonly token: string
  cursor: number
}

/** A room whose host and guests have read everything. */
const open = async (origin: string) => {
  const room = `messages-${secret().slice(0, 8)}`
  const token = secret()
  const hostJoin = { type: "join", role: "host", token, hostKey: secret(), room }
  const joined = await readHost(await fetch(say(origin, undefined, hostJoin)))
  const guests: Array<Peer> = []
  for (let index = 1; index < peers; index++) {
    const own = secret()
    const { cursor, peer } = await readGuest(
      await fetch(say(origin, undefined, { type: "join", role: "guest", token: own, room }))
    )
    guests.push({ id: peer.id, token: own, cursor })
  }
  const host: Peer = { id: joined.peer.id, token, cursor: joined.cursor }
  host.cursor = (await readMessages(await fetch(poll(origin, token, host.cursor)))).cursor
  return { host, guests }
}

interface Sending {
  readonly from: Peer
  readonly to: Peer
  readonly type: "offer" | "answer"
  /** Of the message: its connection and its idempotency key. */
  readonly number: number
}

const send = async (origin: string, sending: Sending, attempts = 40): Promise<void> => {
  const { from, number, to, type } = sending
  const request = () => {
    const made = say(origin, from.token, { type, to: to.id, connection: `c${number}`, sdp: "v=0\r\n" })
    made.headers.set("idempotency-key", `${number}`)
    return made
  }
  const answer = await fetch(request()).catch(() => fetch(request()))
  if (answer.status === 429 && attempts > 1) {
    await answer.arrayBuffer()
    await later(500)
    return send(origin, sending, attempts - 1)
  }
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
}

/** Polls without a pause until it is stopped, and passes the connections of what arrives to `heard`. */
const listen = async (
  origin: string,
  peer: Peer,
  stop: AbortSignal,
  heard: (connections: ReadonlyArray<string>) => void
) => {
  while (!stop.aborted) {
    // Aborted: the measurement is over, or the runtime closed an idle connection at this moment.
    const response = await fetch(poll(origin, peer.token, peer.cursor, 25), { signal: stop }).catch(() => null)
    if (response === null) continue
    // A peer that is answered at once polls again at once, and may be rate limited.
    if (response.status === 429) {
      await response.arrayBuffer()
      await later(500)
      continue
    }
    const { cursor, messages } = await readMessages(response)
    peer.cursor = cursor
    heard(messages.flatMap((message) => ("connection" in message ? [message.connection] : [])))
  }
}

/** From POST to the answer of a held GET, one message after the other, alternating between host and guests. */
const oneByOne = async (origin: string): Promise<ReadonlyArray<Row>> => {
  const { guests, host } = await open(origin)
  const stop = new AbortController()
  const waiting = new Map<string, () => void>()
  let unexpected = 0
  const heard = (connections: ReadonlyArray<string>) => {
    for (const connection of connections) {
      const arrived = waiting.get(connection)
      if (arrived === undefined) unexpected++
      waiting.delete(connection)
      arrived?.()
    }
  }
  const polls = [host, ...guests].map((peer) => listen(origin, peer, stop.signal, heard))
  await later(2000)
  /** Exchanges `rounds` messages. Returns how long each took, and the CPU time of a message, in ms. */
  const exchange = async (first: number) => {
    const times: Array<number> = []
    const before = await runtimeCost()
    for (let round = first; round < first + rounds; round++) times.push(await once(round))
    return { times, cpu: ((await runtimeCost()).cpu - before.cpu) / rounds }
  }
  const once = async (round: number) => {
    const guest = guests[round % guests.length]
    if (guest === undefined) throw new Error("There is no guest.")
    const arrived = new Promise<void>((resolve) => waiting.set(`c${round}`, resolve))
    const start = performance.now()
    const [from, to, type] = round % 2 === 0 ? ([guest, host, "offer"] as const) : ([host, guest, "answer"] as const)
    const [took] = await Promise.all([
      arrived.then(() => performance.now() - start),
      send(origin, { from, to, type, number: round })
    ])
    return took
  }
  // The runtime compiles what runs often: the first messages include that cost, the next ones do not.
  const fresh = await exchange(0)
  const warm = await exchange(rounds)
  stop.abort()
  await Promise.all(polls)
  return [
    ...[
      { when: "", times: fresh.times },
      { when: ", once it is warm", times: warm.times }
    ].flatMap(({ times, when }): ReadonlyArray<Row> => {
      const name = `POST to held GET, ${peers} peers${when}`
      return [
        { name: `${name}: median`, value: quantile(times, 0.5), unit: "ms", budget: 10 },
        { name: `${name}: 99th percentile`, value: quantile(times, 0.99), unit: "ms", budget: 60 }
      ]
    }),
    {
      name: `POST to held GET, ${peers} peers: lost or doubled`,
      value: waiting.size + unexpected,
      unit: "messages",
      budget: 0
    },
    { name: "CPU of the runtime for a message, POST and poll", value: fresh.cpu, unit: "ms", budget: 7 },
    { name: "CPU of the runtime for a message, POST and poll, once it is warm", value: warm.cpu, unit: "ms", budget: 7 }
  ]
}

/** All guests send to the host at once, each as fast as it is answered: the throughput. */
const hub = async (origin: string): Promise<ReadonlyArray<Row>> => {
  const { guests, host } = await open(origin)
  const stop = new AbortController()
  const heardOnce = new Set<string>()
  let doubled = 0
  const listening = listen(origin, host, stop.signal, (connections) => {
    for (const connection of connections) {
      if (heardOnce.has(connection)) doubled++
      heardOnce.add(connection)
    }
  })
  const before = await runtimeCost()
  const start = performance.now()
  let sent = 0
  const sending = guests.map(async (guest) => {
    while (performance.now() - start < rush) {
      await send(origin, { from: guest, to: host, type: "offer", number: sent++ })
    }
  })
  await Promise.all(sending)
  const seconds = (performance.now() - start) / 1000
  const patience = performance.now() + 10_000
  while (heardOnce.size < sent && performance.now() < patience) await later(20)
  const after = await runtimeCost()
  stop.abort()
  await listening
  return [
    { name: "through one host: messages a second", value: sent / seconds, unit: "messages" },
    { name: "through one host: lost or doubled", value: sent - heardOnce.size + doubled, unit: "messages", budget: 0 },
    {
      name: "through one host: CPU of the runtime for a message",
      value: (after.cpu - before.cpu) / sent,
      unit: "ms",
      budget: 7
    }
  ]
}

/** The latency, the throughput and the CPU cost of messages. Needs a build. */
export const measureMessages = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  try {
    const origin = server.url.replace("localhost", "127.0.0.1")
    return [...(await oneByOne(origin)), ...(await hub(origin))]
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
