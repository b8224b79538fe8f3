import { setTimeout as later } from "node:timers/promises"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import type { State } from "../states/State.js"
import { Stage } from "./stage.js"

/** The time limit for reaching, checking and undoing a state, in milliseconds. */
const stateTimeout = 100_000

/** The people who go through the states, one state after the other: new people for each scene. */
export class Company {
  #stage: Stage | undefined
  #scene = ""

  constructor(
    readonly browser: Browser,
    readonly url: string,
    readonly options: BrowserContextOptions = {}
  ) {}

  /** Reaches a state and passes its page to `look`. If that fails, the next state begins with new people. */
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
    const late = later(stateTimeout, undefined, { ref: false }).then(() => {
      throw new Error(`The state ${state.name} was not reached and checked within ${stateTimeout / 1000} s.`)
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
