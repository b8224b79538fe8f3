import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as later } from "node:timers/promises"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Server } from "../scripts/Server.js"
import { poll, readGuest, readHost, readMessages, say, secret } from "./caller.js"
import type { Row } from "./report.js"
import { runtimeCost } from "./runtime.js"

/** Rooms with a meeting of an hour each, of a host and two guests. */
const rooms = 10_000
const meetings = 20
/**
 * The longest hold, in seconds, which hosts chain, and how many of them are measured: the third stores that the host
 * was seen. How often a connected guest polls, in minutes.
 */
const hold = 25
const holds = 3
const keepPlace = 5

/**
 * Cloudflare's prices as of November 2026. `paid`: dollars for one, beyond what the plan of $5 a month includes.
 * `free`: what the free plan includes a day; it also ends each request at 10 ms of CPU. Sources:
 * https://developers.cloudflare.com/workers/platform/pricing/, https://developers.cloudflare.com/d1/platform/pricing/
 * and https://developers.cloudflare.com/durable-objects/platform/pricing/
 */
const prices = {
  requests: { paid: 0.3e-6, free: 100_000 },
  cpu: { paid: 0.02e-6, free: Number.POSITIVE_INFINITY },
  objects: { paid: 0.15e-6, free: 100_000 },
  awake: { paid: 12.5e-6, free: 13_000 },
  read: { paid: 0.001e-6, free: 5_000_000 },
  written: { paid: 1e-6, free: 100_000 }
} as const

/** GB-s of a Durable Object for a request: 128 MB for 10 ms, which is more than a ring or an opening takes. */
const awakeForRequest = 0.128 * 0.01

/**
 * Round trips that one database answers in a second, at 1 ms each. Source:
 * https://developers.cloudflare.com/d1/platform/limits/
 */
const tripsOfDatabase = 1000

/** A cost: requests to the Worker and to Durable Objects, CPU in ms, rows and round trips. */
interface Need {
  readonly requests: number
  readonly objects: number
  readonly cpu: number
  readonly read: number
  readonly written: number
  readonly trips: number
}

const combine = (f: (key: keyof Need) => number): Need => ({
  requests: f("requests"),
  objects: f("objects"),
  cpu: f("cpu"),
  read: f("read"),
  written: f("written"),
  trips: f("trips")
})
const sum = (...needs: ReadonlyArray<Need>) => combine((key) => needs.reduce((all, need) => all + need[key], 0))
const times = (need: Need, factor: number) => combine((key) => need[key] * factor)

const Counted = Schema.optionalWith(Schema.Number, { default: () => 0 })
const Line = Schema.parseJson(
  Schema.Struct({
    message: Schema.Literal("request", "after the answer"),
    annotations: Schema.Struct({ requestId: Schema.String, trips: Counted, rowsRead: Counted, rowsWritten: Counted })
  })
)
const readLine = Schema.decodeUnknownOption(Line)

/** Requests that belong together, by their ids in the log, and their requests to Durable Objects. */
interface Part {
  readonly ids: Set<string>
  objects: number
}
const part = (): Part => ({ ids: new Set(), objects: 0 })

/**
 * Sends a request and counts it for this part. `objects`: 1 for a hold, which opens a bell, and a write, which rings
 * one.
 */
const ask = async (of: Part, request: Request, objects: 0 | 1): Promise<Response> => {
  const response = await fetch(request)
  of.ids.add(response.headers.get("x-request-id") ?? "none")
  of.objects += objects
  return response
}

/** The cost of a part by the Worker's log, once that has a line for each of its requests. */
const needOf = async ({ ids, objects }: Part, cpu: number, log: () => string): Promise<Need> => {
  for (;;) {
    const lines = log()
      .split("\n")
      .flatMap((text) => Option.toArray(readLine(text)))
      .filter(({ annotations }) => ids.has(annotations.requestId))
    if (lines.filter(({ message }) => message === "request").length < ids.size) {
      await later(50)
      continue
    }
    const total = (key: "trips" | "rowsRead" | "rowsWritten") =>
      lines.reduce((all, { annotations }) => all + annotations[key], 0)
    return {
      requests: ids.size,
      objects,
      cpu,
      trips: total("trips"),
      read: total("rowsRead"),
      written: total("rowsWritten")
    }
  }
}

/** A meeting from its first join to its end: each guest calls, and all messages are read. */
const meet = async (origin: string, of: Part, room: string) => {
  const write = async (token: string | undefined, body: Readonly<Record<string, unknown>>) => {
    const response = await ask(of, say(origin, token, body), 1)
    if (!response.ok) throw new Error(`A request of a meeting was refused: ${response.status} ${await response.text()}`)
    return response
  }
  const drop = async (response: Promise<Response>) => void (await (await response).arrayBuffer())
  const hostToken = secret()
  const host = await readHost(
    await write(undefined, { type: "join", role: "host", token: hostToken, hostKey: secret(), room })
  )
  let { cursor } = host
  const candidates = [{ candidate: "candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host", sdpMid: "0" }]
  for (let count = 0; count < 2; count++) {
    const token = secret()
    const guest = await readGuest(await write(undefined, { type: "join", role: "guest", token, room }))
    const [up, down] = [
      { to: host.peer.id, connection: `c${count}` },
      { to: guest.peer.id, connection: `c${count}` }
    ]
    await drop(write(token, { type: "offer", ...up, sdp: "v=0\r\n".repeat(600) }))
    await drop(write(token, { type: "candidate", ...up, candidates, complete: true }))
    cursor = (await readMessages(await ask(of, poll(origin, hostToken, cursor, hold), 1))).cursor
    await drop(write(hostToken, { type: "answer", ...down, sdp: "v=0\r\n".repeat(600) }))
    await drop(write(hostToken, { type: "candidate", ...down, candidates, complete: true }))
    await drop(ask(of, poll(origin, token, guest.cursor, hold), 1))
  }
  return { hostToken, cursor, end: () => drop(write(hostToken, { type: "leave", end: true })) }
}

/** What a room with a meeting of an hour needs, measured on the built Worker on this machine. */
const measureRoomHour = async (server: Server, log: () => string): Promise<Need> => {
  const origin = server.url.replace("localhost", "127.0.0.1")
  const [meetingPart, heldPart, keptPart] = [part(), part(), part()]
  const before = (await runtimeCost()).cpu
  for (let count = 1; count < meetings; count++) await (await meet(origin, meetingPart, `scale-${count}`)).end()
  const last = await meet(origin, meetingPart, "scale")
  const cpu = ((await runtimeCost()).cpu - before) / meetingPart.ids.size
  const idle = async (of: Part, wait: number) => {
    await readMessages(await ask(of, poll(origin, last.hostToken, last.cursor, wait), wait > 0 ? 1 : 0))
  }
  for (let count = 0; count < holds; count++) await idle(heldPart, hold)
  // As if the peer was last seen more than a minute ago.
  await (await server.database).prepare("UPDATE peers SET seen_at = seen_at - 61000").run()
  await idle(keptPart, 0)
  await last.end()
  const meeting = times(await needOf(meetingPart, cpu * meetingPart.ids.size, log), 1 / meetings)
  const held = await needOf(heldPart, cpu * holds, log)
  const kept = await needOf(keptPart, cpu, log)
  return sum(meeting, times(held, 3600 / (hold * holds)), times(kept, (2 * 60) / keepPlace))
}

/** What 10,000 rooms need and cost in an hour, and how many hours of a room the free plan carries in a day. */
export const measureScale = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const printed: Array<string> = []
  const server = await Server.start({ vars: {}, state, port: 0, print: (text) => printed.push(text) })
  try {
    const one = await measureRoomHour(server, () => printed.join(""))
    const all = times(one, rooms)
    const used = { ...all, awake: all.objects * awakeForRequest }
    const dollars = (...keys: ReadonlyArray<keyof typeof prices>) =>
      keys.reduce((total, key) => total + used[key] * prices[key].paid, 0)
    const carried = (key: keyof typeof prices) => (prices[key].free * rooms) / used[key]
    const name = (what: string) => `${rooms.toLocaleString("en")} rooms of 3, an hour: ${what}`
    return [
      { name: name("requests"), value: all.requests, unit: "requests" },
      { name: name("requests to Durable Objects"), value: all.objects, unit: "requests" },
      { name: name("rows read"), value: all.read, unit: "rows" },
      { name: name("rows written"), value: all.written, unit: "rows" },
      { name: name("round trips a second"), value: all.trips / 3600, unit: "trips" },
      { name: "rooms of 3 that one database carries", value: (tripsOfDatabase * 3600) / one.trips, unit: "rooms" },
      { name: name("requests and CPU cost"), value: dollars("requests", "cpu"), unit: "$" },
      { name: name("Durable Objects cost"), value: dollars("objects", "awake"), unit: "$" },
      { name: name("D1 costs"), value: dollars("read", "written"), unit: "$" },
      {
        name: "the free plan, a day: hours of a room of 3",
        value: Math.floor(
          Math.min(carried("requests"), carried("objects"), carried("awake"), carried("read"), carried("written"))
        ),
        unit: "hours"
      }
    ]
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
