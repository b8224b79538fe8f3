import { setTimeout as later } from "node:timers/promises"
import type { Browser } from "playwright-core"

/** In milliseconds: the time until the load is steady, and the time that is measured. */
const times = { settling: 2000, measured: 8000 }

/** All processes of a browser, or only those of its pages, each with all its threads. */
type Processes = "all" | "pages"

/** Reads the seconds of CPU that a browser has used. */
export const cpuClock = async (browser: Browser, of: Processes): Promise<() => Promise<number>> => {
  const session = await browser.newBrowserCDPSession()
  return async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo")
    const counted = processInfo.filter(({ type }) => of === "all" || type === "renderer")
    return counted.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }
}

/** How many cores a browser uses. */
export const coresOf = async (browser: Browser, of: Processes): Promise<number> => {
  const used = await cpuClock(browser, of)
  await later(times.settling)
  const [cpu, began] = [await used(), performance.now()]
  await later(times.measured)
  return (1000 * ((await used()) - cpu)) / (performance.now() - began)
}
