import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { launch } from "../e2e/support/browser.js"
import { Server } from "../scripts/Server.js"
import { PeerJsPages } from "./join/PeerJsPages.js"
import { type Product, Room } from "./join/Room.js"
import { quantile, type Row } from "./report.js"

/** Guests in the room, the measured one included, and how often an arrival is measured in one room. */
const sizes = [
  { guests: 1, rounds: 6 },
  { guests: 4, rounds: 5 },
  { guests: 8, rounds: 5 }
] as const
/** Rounds in each room that are not counted: caches fill, code is compiled. */
const warmUp = 2
/** How often the two products take turns. */
const turns = 2
/** Of the fake cameras: few, so that eight of them leave this machine enough CPU. */
const framesPerSecond = 10

/** What the arrivals in one room took, in milliseconds. */
const arrivals = async (product: Product, guests: number, rounds: number): Promise<ReadonlyArray<number>> => {
  const room = await Room.open(await launch(framesPerSecond), product, guests - 1)
  try {
    const times: Array<number> = []
    for (let round = 0; round < warmUp + rounds; round++) times.push(await room.measure())
    return times.slice(warmUp)
  } finally {
    await room.close()
  }
}

/**
 * Both in turn, one room at a time: two rooms with eight guests each would leave this machine no CPU for an arrival.
 */
const compare = async (own: (room: string) => Product, peerJs: PeerJsPages, guests: number, rounds: number) => {
  const times = { own: [] as number[], peerJs: [] as number[] }
  for (let turn = 0; turn < turns; turn++) {
    // A room of its own, because a room stays its first host's.
    const room = `bench${guests}-${turn}`
    times.own.push(...(await arrivals(own(room), guests, rounds)))
    times.peerJs.push(...(await arrivals(peerJs.product(room), guests, rounds)))
  }
  return { own: quantile(times.own, 0.5), peerJs: quantile(times.peerJs, 0.5) }
}

const budgets = new Map([
  [1, 1],
  [4, 1.2],
  [8, 1.6]
])

/**
 * From the press of *Join* to the first frame at the host's page, compared with PeerJS, connected when its page opened.
 */
export const measureJoin = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  const peerJs = await PeerJsPages.start()
  const own = (room: string): Product => ({
    host: `${server.url}/host?room=${room}`,
    guest: `${server.url}/client?room=${room}`,
    start: "Start Listening"
  })
  try {
    const rows: Array<Row> = []
    for (const { guests, rounds } of sizes) {
      const median = await compare(own, peerJs, guests, rounds)
      const name = `click to first frame, ${guests} ${guests === 1 ? "guest" : "guests"}`
      rows.push(
        { name, value: median.own, unit: "ms" },
        { name: `${name}: PeerJS`, value: median.peerJs, unit: "ms" },
        { name: `${name}: ratio`, value: median.own / median.peerJs, unit: "times", budget: budgets.get(guests) }
      )
    }
    return rows
  } finally {
    await peerJs.stop()
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
