/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { setTimeout as later } from "node:timers/promises"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { setHidden } from "../../e2e/support/people.js"

/** The time from a page's opening to the press of its button, in milliseconds. */
const beforePress = 1500

interface Watched {
  /** When the button was pressed, and when each connection's first frame was there, in milliseconds since 1970. */
  pressed?: number
  readonly firstFrames?: Array<number>
  /** How often the parameters of an encoder were set. */
  encoders?: number
}

/**
 * Records the press, the first decoded frame of each connection and how often encoders are set, on a clock that all
 * pages of a browser share.
 */
const watch = async (context: BrowserContext): Promise<void> => {
  // tsx wraps functions in calls of this helper, which pages lack.
  await context.addInitScript("globalThis.__name = (named) => named")
  await context.addInitScript(() => {
    const now = () => performance.timeOrigin + performance.now()
    const watched = Object.assign(globalThis, { firstFrames: [] as number[], encoders: 0 } satisfies Watched)
    addEventListener("click", () => Object.assign(watched, { pressed: now() }), true)
    const { setParameters } = RTCRtpSender.prototype
    RTCRtpSender.prototype.setParameters = function (...given) {
      watched.encoders += 1
      return setParameters.apply(this, given)
    }
    const Original = globalThis.RTCPeerConnection
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        this.addEventListener("track", ({ track, transceiver }) => {
          // The first video is the camera, the second one the screen.
          const videos = this.getTransceivers().filter(({ receiver }) => receiver.track.kind === "video")
          if (videos[0] !== transceiver) return
          const video = document.createElement("video")
          video.muted = true
          video.srcObject = new MediaStream([track])
          video.requestVideoFrameCallback(() => {
            watched.firstFrames.push(now())
            video.srcObject = null
          })
          void video.play().catch(() => undefined)
        })
      }
    }
  })
}

/** The pages of a product: a host that answers everybody, and guests in the lobby. */
export interface Product {
  readonly host: string
  readonly guest: string
  /** The button that the host presses before anybody joins, if there is one. */
  readonly start?: string
}

const open = async (browser: Browser, url: string): Promise<Page> => {
  const context = await browser.newContext({ permissions: ["camera", "microphone"] })
  await watch(context)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** A room in one browser, with its host and the guests who stay. */
export class Room {
  readonly guests: Array<Page> = []

  private constructor(
    readonly browser: Browser,
    readonly product: Product,
    readonly host: Page
  ) {}

  static async open(browser: Browser, product: Product, others: number): Promise<Room> {
    const host = await open(browser, product.host)
    if (product.start !== undefined) await host.getByRole("button", { name: product.start }).click()
    await later(beforePress)
    const room = new Room(browser, product, host)
    for (let guest = 0; guest < others; guest++) {
      const { page } = await room.join()
      // A hidden page is sent no picture. PeerJS' host sends none either, and here one machine is the host and all
      // guests: only arrivals are compared.
      await setHidden(page, true)
      room.guests.push(page)
    }
    return room
  }

  /** A guest joins. Returns its page, and the milliseconds from its press to its first frame at the host's page. */
  async join(): Promise<{ readonly page: Page; readonly time: number }> {
    const before = await this.host.evaluate(() => Object(globalThis).firstFrames.length)
    const page = await open(this.browser, this.product.guest)
    const button = page.getByRole("button", { name: "Join", exact: true })
    await button.waitFor()
    await later(beforePress)
    await button.click()
    const frame: number = await (
      await this.host.waitForFunction((before) => Object(globalThis).firstFrames[before], before, { polling: 20 })
    ).jsonValue()
    const pressed = await page.evaluate((): number => Object(globalThis).pressed)
    return { page, time: frame - pressed }
  }

  async measure(): Promise<number> {
    const { page, time } = await this.join()
    await page.context().close()
    return time
  }

  async close(): Promise<void> {
    await this.browser.close()
  }
}
