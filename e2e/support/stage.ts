import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { pagePatience } from "./browser.js"
import type { Open } from "./fixtures.js"
import { openGuest, openHost, type Person } from "./people.js"
import { sitFor } from "./portraits.js"

/** How somebody's camera sees them, in pixels. */
type Look = Parameters<typeof sitFor>[1]

/**
 * A room of the running product with a host and named guests, each in a browser profile of their own. `host` and
 * `guest` open a page on the first call, and return the same person afterwards.
 */
export class Stage {
  readonly #contexts: Array<BrowserContext> = []
  readonly #guests = new Map<string, Person>()
  #host: Person | undefined

  constructor(
    readonly browser: Browser,
    readonly url: string,
    readonly room: string,
    /** Options of everybody's browser profile, beyond the common ones. */
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
      // esbuild, which tsx uses, wraps functions in calls of `__name`: a function that is sent to a page needs it
      // there.
      await context.addInitScript({ content: "globalThis.__name ??= (named) => named" })
      await sitFor(name, look)(context)
      await prepare?.(context)
      const page = await context.newPage()
      await page.goto(url)
      return page
    }

  /** Opens a page of this room. `prepare` runs first. */
  open(path: string, prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Page> {
    const [pathAndQuery, fragment = ""] = path.split("#")
    const address = `${this.url}${pathAndQuery}${pathAndQuery?.includes("?") ? "" : `?room=${this.room}`}`
    return this.#as("Ada")(fragment === "" ? address : `${address}#${fragment}`, {}, async (context) => {
      await prepare?.(context)
    })
  }

  /** The host, in the open room. */
  async host(): Promise<Person> {
    this.#host ??= await openHost(this.#as("Dorothy"), this.url, this.room)
    return this.#host
  }

  /** A guest who has pressed *Join*. */
  async guest(name: string, look?: Look): Promise<Person> {
    const guest = this.#guests.get(name) ?? (await openGuest(this.#as(name, look), this.url, this.room, name))
    this.#guests.set(name, guest)
    return guest
  }

  /** Closes a guest's pages. The next `guest` of this name is a new person. */
  async dismiss(name: string): Promise<void> {
    await this.#guests.get(name)?.page.context().close()
    this.#guests.delete(name)
  }

  /** A host who sees at least `count` guests, 12 at most, Ada among them. */
  async meeting(count: number): Promise<{ readonly host: Person; readonly ada: Person }> {
    const host = await this.host()
    // One by one: many at once are more than a small machine can draw.
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
