import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { launch } from "../e2e/browser.js"
import { Server } from "../scripts/Server.js"
import { PeerJsPages } from "./join/PeerJsPages.js"
import { type Product, Room } from "./join/Room.js"
import { quantile, type Row } from "./report.js"

/** Guests in the room with the one who is measured among them, and how often each is measured. */
const sizes = [
  { guests: 1, rounds: 12 },
  { guests: 4, rounds: 9 },
  { guests: 8, rounds: 7 }
] as const
/** Rounds of each that nobody counts: caches fill, code is compiled. */
const warmUp = 2
/** As fast as the fake cameras are, so that eight of them leave this machine something to do. */
const framesPerSecond = 10

/** Both in turn, in one browser each: what slows the machine meets both. */
const compare = async (products: Readonly<Record<"own" | "peerJs", Product>>, guests: number, rounds: number) => {
  const times = { own: [] as number[], peerJs: [] as number[] }
  const rooms = {
    own: await Room.open(await launch(framesPerSecond), products.own, guests - 1),
    peerJs: await Room.open(await launch(framesPerSecond), products.peerJs, guests - 1)
  }
  try {
    for (let round = 0; round < warmUp + rounds; round++) {
      for (const who of ["own", "peerJs"] as const) {
        const time = await rooms[who].measure()
        if (round >= warmUp) times[who].push(time)
      }
    }
  } finally {
    await rooms.own.close()
    await rooms.peerJs.close()
  }
  return { own: quantile(times.own, 0.5), peerJs: quantile(times.peerJs, 0.5) }
}

const budgets = new Map([
  [1, 1],
  [4, 1.2],
  [8, 1.6]
])

/** From the press of *Join* to the first frame at the host's page, beside PeerJS that was opened with the page. */
export const measureJoin = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  const peerJs = await PeerJsPages.start()
  try {
    const rows: Array<Row> = []
    for (const { guests, rounds } of sizes) {
      const room = `bench${guests}`
      const own = {
        host: `${server.url}/host?room=${room}`,
        guest: `${server.url}/client?room=${room}`,
        start: "Start Listening"
      }
      const median = await compare({ own, peerJs: peerJs.product(room) }, guests, rounds)
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
