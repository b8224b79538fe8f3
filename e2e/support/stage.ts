import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { pagePatience } from "./browser.js"
import type { Open } from "./fixtures.js"
import { openGuest, openHost, type Person } from "./people.js"
import { sitFor } from "./portraits.js"

/** How somebody's camera sees them, in pixels. */
type Look = Parameters<typeof sitFor>[1]

/**
 * Where people come together to be looked at: one room of the running product, everybody in a profile of their own.
 * Whoever is there already is who is asked for.
 */
export class Stage {
  readonly #contexts: Array<BrowserContext> = []
  readonly #guests = new Map<string, Person>()
  #host: Person | undefined

  constructor(
    readonly browser: Browser,
    readonly url: string,
    readonly room: string,
    /** How everybody's browser is, beyond what is usual here. */
    readonly options: BrowserContextOptions = {}
  ) {}

  #as =
    (name: string, look: Look = {}): Open =>
    async (url, options = {}, prepare) => {
      const context = await this.browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: "reduce",
        ...this.options,
        ...options
      })
      this.#contexts.push(context)
      context.setDefaultTimeout(pagePatience)
      // Functions that go to a page keep their names where a bundler says so, by this name.
      await context.addInitScript({ content: "globalThis.__name ??= (named) => named" })
      await sitFor(name, look)(context)
      await prepare?.(context)
      const page = await context.newPage()
      await page.goto(url)
      return page
    }

  /** Opens a page of this room. `prepare` is done first. */
  open(path: string, prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Page> {
    const [pathname, fragment = ""] = path.split("#")
    const address = `${this.url}${pathname}${pathname?.includes("?") ? "" : `?room=${this.room}`}`
    return this.#as("Ada")(fragment === "" ? address : `${address}#${fragment}`, {}, async (context) => {
      await prepare?.(context)
    })
  }

  /** Somebody who listens. */
  async host(): Promise<Person> {
    this.#host ??= await openHost(this.#as("Dorothy"), this.url, this.room)
    return this.#host
  }

  /** Somebody who has pressed Join. */
  async guest(name: string, look?: Look): Promise<Person> {
    const guest = this.#guests.get(name) ?? (await openGuest(this.#as(name, look), this.url, this.room, name))
    this.#guests.set(name, guest)
    return guest
  }

  /** A guest's pages close: who is asked for by this name next is somebody else. */
  async dismiss(name: string): Promise<void> {
    await this.#guests.get(name)?.page.context().close()
    this.#guests.delete(name)
  }

  /** A host who sees Ada, and so many others at least as make this number. */
  async meeting(count: number): Promise<{ readonly host: Person; readonly ada: Person }> {
    const host = await this.host()
    // Many at once are more than a small machine draws: they come one by one.
    const ada = await this.guest("Ada")
    const others = cast.slice(0, count - 1)
    for (const name of others) await this.guest(name)
    await Promise.all(["Ada", ...others].map((name) => host.sees(name)))
    return { host, ada }
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()))
  }
}

const cast = [
  "Grace",
  "Katherine",
  "Hedy",
  "Alan",
  "Barbara",
  "Radia",
  "Edsger",
  "Margaret",
  "Tim",
  "Frances",
  "Dennis"
]
