import { setTimeout as later } from "node:timers/promises"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import type { State } from "../states/State.js"
import { Stage } from "./stage.js"

/** Nobody waits longer than this for a state to be reached, looked at and put away: milliseconds. */
const patience = 100_000

/** The people who go through the states, one after the other: others for each scene. */
export class Company {
  #stage: Stage | undefined
  #scene = ""

  constructor(
    readonly browser: Browser,
    readonly url: string,
    readonly options: BrowserContextOptions = {}
  ) {}

  /** Has a state looked at. Where that fails, the people go too: the next state begins with others. */
  async show<A>(state: State, look: (page: Page) => Promise<A>): Promise<A> {
    if (state.scene !== this.#scene) await this.close()
    this.#scene = state.scene
    this.#stage ??= new Stage(this.browser, this.url, state.name, this.options)
    const stage = this.#stage
    const shown = async () => {
      const page = await state.reach(stage)
      const seen = await look(page)
      await state.away?.(stage, page)
      return seen
    }
    const late = later(patience, undefined, { ref: false }).then(() => {
      throw new Error(`It was not there after ${patience / 1000} s.`)
    })
    try {
      return await Promise.race([shown(), late])
    } catch (cause) {
      await this.close()
      throw cause
    }
  }

  async close(): Promise<void> {
    const stage = this.#stage
    this.#stage = undefined
    await stage?.close()
  }
}
