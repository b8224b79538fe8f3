/// <reference lib="dom" />
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as later } from "node:timers/promises"
import type { Page } from "playwright-core"
import { launch } from "../e2e/support/browser.js"
import { Server } from "../scripts/Server.js"
import { Room } from "./join/Room.js"
import { quantile, type Row } from "./report.js"

/** Guests in the room, the arriving one included. */
const sizes = [1, 4, 8]
const rounds = 5
/** An arrival's work is done by then, in milliseconds after its first frame. */
const settled = 1000

/** The main-thread work of a page so far, in milliseconds: scripts, and layout with style. */
const workOf = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send("Performance.enable")
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics")
    const of = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0)
    return {
      at: of("Timestamp"),
      script: of("ScriptDuration"),
      layout: of("LayoutDuration") + of("RecalcStyleDuration")
    }
  }
}

const encodersOf = async (pages: ReadonlyArray<Page>) => {
  const counts = await Promise.all(pages.map((page) => page.evaluate((): number => Object(globalThis).encoders)))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** One arrival, and what the pages of the host and of the other guests do for it beyond their usual work. */
const arrive = async (room: Room) => {
  const work = await workOf(room.host)
  const [before, ofOthers] = [await work(), await encodersOf(room.guests)]
  await later(2 * settled)
  const idle = await work()
  const ofHost = await encodersOf([room.host])
  const { page } = await room.join()
  await later(settled)
  const after = await work()
  const beyond = (what: "script" | "layout") =>
    after[what] - idle[what] - ((idle[what] - before[what]) * (after.at - idle.at)) / (idle.at - before.at)
  const encoders = {
    host: (await encodersOf([room.host])) - ofHost,
    others: (await encodersOf(room.guests)) - ofOthers
  }
  await page.context().close()
  return { script: beyond("script"), layout: beyond("layout"), ...encoders }
}

/** What one arrival costs with more and more guests in the room: it should not grow. */
export const measureArrival = async (): Promise<ReadonlyArray<Row>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  try {
    const rows: Array<Row> = []
    for (const guests of sizes) {
      const query = `room=arrival${guests}`
      const pages = { host: `${server.url}/host?${query}`, guest: `${server.url}/client?${query}` }
      const room = await Room.open(await launch(), { ...pages, start: "Start Listening" }, guests - 1)
      const seen: Array<Awaited<ReturnType<typeof arrive>>> = []
      // The first is not counted: caches fill, code is compiled.
      for (let round = 0; round <= rounds; round++) seen.push(await arrive(room))
      await room.close()
      const median = (of: keyof (typeof seen)[number]) =>
        quantile(
          seen.slice(1).map((one) => one[of]),
          0.5
        )
      const name = `arrival of guest ${guests}`
      rows.push(
        { name: `${name}: scripts of the host`, value: median("script"), unit: "ms" },
        { name: `${name}: layout of the host`, value: median("layout"), unit: "ms" },
        { name: `${name}: encoders set at the host`, value: median("host"), unit: "encoders" },
        { name: `${name}: encoders set at the others`, value: median("others"), unit: "encoders", budget: 0 }
      )
    }
    return rows
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
