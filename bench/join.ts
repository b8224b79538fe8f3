/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as later } from "node:timers/promises"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { Server } from "../api/local/Server.js"
import { launch } from "../e2e/browser.js"
import { PeerJsPages } from "./join/PeerJsPages.js"
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
/** A person looks at the page for this long before the press, in milliseconds. */
const look = 1500

interface Watched {
  /** When the button was pressed, and when the latest first frames of connections were there. */
  pressed?: number
  readonly firstFrames?: Array<number>
}

/** Notes the press and the first decoded frame of each connection, on a clock that all pages of a browser share. */
const watch = async (context: BrowserContext): Promise<void> => {
  // tsx gives functions their names by this helper, which pages lack.
  await context.addInitScript("globalThis.__name = (named) => named")
  await context.addInitScript(() => {
    const now = () => performance.timeOrigin + performance.now()
    const watched: Watched = Object.assign(globalThis, { firstFrames: [] as number[] })
    addEventListener("click", () => Object.assign(watched, { pressed: now() }), true)
    const Original = globalThis.RTCPeerConnection
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        this.addEventListener("track", ({ track, transceiver }) => {
          // The first video is the camera, the second one the screen.
          const videos = this.getTransceivers().filter(({ receiver }) => receiver.track.kind === "video")
          if (videos[0] !== transceiver) return
          const video = document.createElement("video")
          video.muted = true
          video.srcObject = new MediaStream([track])
          video.requestVideoFrameCallback(() => {
            watched.firstFrames?.push(now())
            video.srcObject = null
          })
          void video.play().catch(() => undefined)
        })
      }
    }
  })
}

/** Pages that do the same: a host that answers everybody, and guests at the door. */
interface House {
  readonly host: string
  readonly guest: string
  /** What the host presses before anybody comes, where there is something. */
  readonly start?: string
}

const open = async (browser: Browser, url: string): Promise<Page> => {
  const context = await browser.newContext({ permissions: ["camera", "microphone"] })
  await watch(context)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

class Room {
  private constructor(
    readonly browser: Browser,
    readonly house: House,
    readonly host: Page
  ) {}

  static async open(browser: Browser, house: House, others: number): Promise<Room> {
    const host = await open(browser, house.host)
    if (house.start !== undefined) await host.getByRole("button", { name: house.start }).click()
    await later(look)
    const room = new Room(browser, house, host)
    for (let guest = 0; guest < others; guest++) await room.join()
    return room
  }

  /** A guest comes: the page, and the milliseconds from its press to its first frame at the host's page. */
  async join(): Promise<{ readonly page: Page; readonly time: number }> {
    const before = await this.host.evaluate(() => Object(globalThis).firstFrames.length)
    const page = await open(this.browser, this.house.guest)
    const button = page.getByRole("button", { name: "Join", exact: true })
    await button.waitFor()
    await later(look)
    await button.click()
    const frame: number = await (
      await this.host.waitForFunction((before) => Object(globalThis).firstFrames[before], before, { polling: 20 })
    ).jsonValue()
    const pressed = await page.evaluate((): number => Object(globalThis).pressed)
    return { page, time: frame - pressed }
  }

  async measure(): Promise<number> {
    const { page, time } = await this.join()
    await page.context().close()
    return time
  }

  async close(): Promise<void> {
    await this.browser.close()
  }
}

/** Both in turn, in one browser each: what slows the machine meets both. */
const compare = async (houses: Readonly<Record<"own" | "peerJs", House>>, guests: number, rounds: number) => {
  const times = { own: [] as number[], peerJs: [] as number[] }
  const rooms = {
    own: await Room.open(await launch(framesPerSecond), houses.own, guests - 1),
    peerJs: await Room.open(await launch(framesPerSecond), houses.peerJs, guests - 1)
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
      const median = await compare({ own, peerJs: peerJs.house(room) }, guests, rounds)
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
