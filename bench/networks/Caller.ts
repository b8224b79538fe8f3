/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Browser, Page } from "playwright-core"
import type { Sample } from "./samples.js"

interface Watched {
  readonly connections: Array<RTCPeerConnection>
  readonly samples: Array<Sample>
}

/** Runs in the page: keeps its connections, and samples their received totals 10 times a second. */
const watch = () => {
  const watched: Watched = { connections: [], samples: [] }
  Object.assign(globalThis, watched)
  const Original = globalThis.RTCPeerConnection
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      watched.connections.push(this)
    }
  }
  const received = new Map<RTCPeerConnection, Omit<Sample, "at">>()
  const sample = async () => {
    for (const connection of watched.connections) {
      if (connection.connectionState === "closed") {
        // Its totals stay counted, and its picture is gone.
        const last = received.get(connection)
        if (last !== undefined) received.set(connection, { ...last, width: 0 })
        continue
      }
      const inbound = [...(await connection.getStats()).values()].filter(({ type }) => type === "inbound-rtp")
      const of = (kind: string, name: string): ReadonlyArray<number> =>
        inbound.filter((stream) => stream.kind === kind).map((stream) => stream[name] ?? 0)
      const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, next) => total + next, 0)
      received.set(connection, {
        frames: sum(of("video", "framesDecoded")),
        width: Math.max(0, ...of("video", "frameWidth")),
        played: sum(of("audio", "totalSamplesReceived")),
        concealed: sum(of("audio", "concealedSamples")),
        bytes: sum([...of("audio", "bytesReceived"), ...of("video", "bytesReceived")])
      })
    }
    const all = [...received.values()]
    const total = (name: keyof Omit<Sample, "at">) => all.reduce((sum, one) => sum + one[name], 0)
    watched.samples.push({
      at: Date.now(),
      frames: total("frames"),
      width: Math.max(0, ...all.map(({ width }) => width)),
      played: total("played"),
      concealed: total("concealed"),
      bytes: total("bytes")
    })
    setTimeout(sample, 100)
  }
  setTimeout(sample, 100)
}

/** One person in a call. */
export class Caller {
  private constructor(readonly page: Page) {}

  static async #open(browser: Browser, url: string): Promise<Caller> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ["camera", "microphone"] })
    // tsx wraps functions in calls of this helper, which pages lack.
    await context.addInitScript("globalThis.__name = (named) => named")
    await context.addInitScript(watch)
    const page = await context.newPage()
    await page.goto(url)
    return new Caller(page)
  }

  static async host(browser: Browser, url: string, room: string): Promise<Caller> {
    const host = await Caller.#open(browser, `${url}/host?room=${room}`)
    await host.page.getByRole("button", { name: "Start Listening", exact: true }).click()
    await host.page.getByRole("button", { name: "Start video", exact: true }).click()
    return host
  }

  static async guest(browser: Browser, url: string, room: string, name: string): Promise<Caller> {
    const guest = await Caller.#open(browser, `${url}/client?room=${room}`)
    await guest.page.getByLabel("Your name").fill(name)
    await guest.page.getByRole("button", { name: "Join", exact: true }).click()
    await guest.page.getByRole("button", { name: "Leave", exact: true }).waitFor()
    await guest.sees(1)
    return guest
  }

  /** Waits until this many frames have been decoded. */
  async sees(frames: number): Promise<void> {
    await this.page.waitForFunction((frames) => (Object(globalThis).samples.at(-1)?.frames ?? 0) >= frames, frames)
  }

  /** Waits until the largest picture is this wide, at most `timeout` milliseconds. */
  async seesWide(width: number, timeout: number): Promise<void> {
    const wide = (width: number) => (Object(globalThis).samples.at(-1)?.width ?? 0) >= width
    await this.page.waitForFunction(wide, width, { timeout })
  }

  samples(): Promise<ReadonlyArray<Sample>> {
    return this.page.evaluate((): ReadonlyArray<Sample> => Object(globalThis).samples)
  }

  /** The number of connections that this page has made. */
  connections(): Promise<number> {
    return this.page.evaluate((): number => Object(globalThis).connections.length)
  }

  /** The number of guests' tiles on this page. */
  tiles(): Promise<number> {
    return this.page.getByRole("figure").count()
  }
}
