/// <reference lib="dom" />
import type { Browser, BrowserContext, Locator } from "playwright-core"
import { launch } from "../../e2e/support/browser.js"
import type { Open } from "../../e2e/support/fixtures.js"
import { openGuest, openHost, type Person } from "../../e2e/support/people.js"
import { sitFor } from "../../e2e/support/portraits.js"
import { camera, face } from "./clock.js"

/** What guests get: the programme, the host's camera as it is, or no picture. */
export type Sent = "programme" | "camera" | "nothing"

/** The lines in which guests are sent their picture: their pages show it no larger. */
const lines = 360

const viewports = { host: { width: 1280, height: 800 }, guest: { width: 640, height: 600 } } as const

/** Notes when something was pressed last, in milliseconds since 1970. */
const notePresses = () => {
  const note = () => Object.assign(globalThis, { pressed: performance.timeOrigin + performance.now() })
  addEventListener("click", note, true)
}

const openIn =
  (browser: Browser, who: keyof typeof viewports): Open =>
  async (url, options = {}, prepare) => {
    const context = await browser.newContext({ viewport: viewports[who], ...options })
    context.setDefaultTimeout(30_000)
    // tsx gives functions their names by this helper, which pages lack.
    await context.addInitScript({ content: "globalThis.__name = (named) => named" })
    await context.addInitScript(notePresses)
    await prepare?.(context)
    const page = await context.newPage()
    await page.goto(url)
    return page
  }

/** A page that cannot load what composes sends the host's camera to all. */
const withoutComposer = (context: BrowserContext) => context.route(/\/openComposer-/, (route) => route.abort())

/** A call of the built product: its host alone in one browser, the guests in another. */
export class Meeting {
  readonly guests: Array<Person> = []

  private constructor(
    readonly browsers: { readonly host: Browser; readonly guests: Browser },
    readonly host: Person,
    readonly url: string,
    readonly room: string
  ) {}

  static async open(url: string, room: string, sent: Sent): Promise<Meeting> {
    const browsers = { host: await launch(camera.fps), guests: await launch(camera.fps) }
    const prepare = sent === "programme" ? undefined : withoutComposer
    const host = await openHost(openIn(browsers.host, "host"), url, room, prepare)
    if (sent !== "nothing") await host.button("Start video").click()
    return new Meeting(browsers, host, url, room)
  }

  /** The next guest comes, and is seen by the host. */
  async join(): Promise<Person> {
    const name = `Guest ${this.guests.length + 1}`
    const guest = await openGuest(openIn(this.browsers.guests, "guest"), this.url, this.room, name, {
      as: sitFor(name, { ...camera, clock: face })
    })
    this.guests.push(guest)
    await this.host.sees(name)
    return guest
  }

  /** Waits until what all guests get is as large as they show it. */
  async settle(): Promise<void> {
    const whole = (lines: number) =>
      document.querySelector<HTMLVideoElement>("[data-place] video")?.videoHeight === lines
    await Promise.all(this.guests.map(({ page }) => page.waitForFunction(whole, lines)))
  }

  async close(): Promise<void> {
    await Promise.all([this.browsers.host.close(), this.browsers.guests.close()])
  }
}

/** What a guest gets of all. */
export const pictureOf = ({ page }: Person): Locator => page.locator("[data-place] video").last()

/** When this person pressed something last, in milliseconds since 1970. */
export const pressedAt = ({ page }: Person): Promise<number> => page.evaluate((): number => Object(globalThis).pressed)
