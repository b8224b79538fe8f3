/// <reference lib="dom" />
import type { BrowserContext } from "playwright-core"
import type { Person } from "./people.js"

/** Keeps the frequencies of the tones that the pages of a context play. */
export const keepChimes = (context: BrowserContext) =>
  context.addInitScript(() => {
    const chimes: Array<number> = []
    Object.assign(globalThis, { chimes })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      chimes.push(Math.round(this.frequency.value))
      start.call(this, when)
    }
  })

/** Those that this page has played since the previous call, in hertz. */
export const chimesOf = ({ page }: Person) =>
  page.evaluate(() => {
    const { chimes = [] }: { chimes?: Array<number> } = Object(globalThis)
    return chimes.splice(0)
  })
