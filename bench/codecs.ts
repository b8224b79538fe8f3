/// <reference lib="dom" />
import { setTimeout as later } from "node:timers/promises"
import type { Browser } from "playwright-core"
import { begin } from "../client/rtc/quality/encoderLimits.js"
import { launch } from "../e2e/support/browser.js"
import { addLoopback, type Counted, type Sending } from "./codecs/loopback.js"
import { cpuClock } from "./cores.js"
import { quantile, type Row } from "./report.js"

const codecs = ["VP8", "VP9", "AV1", "H264"]
const scrolls = 3
/** The time for reading before each scroll, in milliseconds; a camera is measured for as long as all scrolls take. */
const reading = 2_000

const { camera, screen } = begin({
  wanted: { camera: 360, screen: 1080 },
  sends: { camera: true, screen: true },
  allowance: { camera: Number.POSITIVE_INFINITY, screen: Number.POSITIVE_INFINITY },
  frames: 30
}).limits

/** What the pages' encoders do: a screen with enough bandwidth, a screen on a narrow link, and a camera. */
const sendings: ReadonlyArray<readonly [string, Omit<Sending, "mimeType">]> = [
  ["screen", { ...screen, source: "screen" }],
  ["screen on 500 kbit/s", { source: "screen", maxBitrate: 500_000, maxFramerate: 15 }],
  ["camera", { ...camera, source: "camera" }]
]

const url = "http://127.0.0.1/loopback"

type Measured = readonly [name: string, value: number, unit: Row["unit"]]

const measure = async (browser: Browser, sending: Sending): Promise<ReadonlyArray<Measured>> => {
  const context = await browser.newContext({ permissions: ["camera"] })
  // tsx wraps functions in calls of this helper, which pages lack.
  await context.addInitScript("globalThis.__name = (named) => named")
  await context.addInitScript(addLoopback)
  await context.route(url, (route) => route.fulfill({ contentType: "text/html", body: "" }))
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate((sending) => loopback.open(sending), sending)
  const first = sending.source === "screen" ? await page.evaluate(() => loopback.sharp()) : 0
  await later(reading)

  const cpu = await cpuClock(browser, "all")
  const [before, used, began] = [await page.evaluate(() => loopback.count()), await cpu(), performance.now()]
  const times: Array<number> = []
  for (let scroll = 0; scroll < scrolls; scroll++) {
    if (sending.source === "screen") times.push(await page.evaluate(() => loopback.scroll()))
    await later(reading)
  }
  const seconds = (performance.now() - began) / 1000
  const [after, cores] = [await page.evaluate(() => loopback.count()), ((await cpu()) - used) / seconds]
  const grown = (what: keyof Counted) => after[what] - before[what]
  const near = await page.evaluate(() => loopback.nearness())
  await context.close()
  const ofAll: ReadonlyArray<Measured> = [
    ["CPU of the whole browser", cores, "cores"],
    ["encoding a frame", (1000 * grown("encoding")) / grown("encoded"), "ms"],
    ["decoding a frame", (1000 * grown("decoding")) / grown("decoded"), "ms"],
    ["sent", (grown("bytes") * 8) / 1000 / seconds, "kbit/s"],
    ["encoded a second", grown("encoded") / seconds, "frames"]
  ]
  const ofText: ReadonlyArray<Measured> = [
    ["sharp after it began", first, "ms"],
    ["sharp after a scroll", quantile(times, 0.5), "ms"],
    ["sharpness of what stands", near, "dB"]
  ]
  return sending.source === "screen" ? [...ofAll, ...ofText] : ofAll
}

/** What each codec costs and how sharp it is, for text that somebody reads and scrolls, and for a camera. */
export const measureCodecs = async (): Promise<ReadonlyArray<Row>> => {
  const rows: Array<Row> = []
  for (const [name, sending] of sendings) {
    for (const codec of codecs) {
      const browser = await launch(30)
      for (const [what, value, unit] of await measure(browser, { ...sending, mimeType: `video/${codec}` }))
        rows.push({ name: `${name} in ${codec}: ${what}`, value, unit })
      await browser.close()
    }
  }
  return rows
}
