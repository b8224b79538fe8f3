/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { setTimeout as later } from "node:timers/promises"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { setHidden } from "../../e2e/support/people.js"

/** So long after a page has opened its button is pressed, in milliseconds. */
const beforePress = 1500

interface Watched {
  /** When the button was pressed, and when the latest first frames of connections were there. */
  pressed?: number
  readonly firstFrames?: Array<number>
  /** How often an encoder was set again. */
  encoders?: number
}

/**
 * Notes the press, the first decoded frame of each connection and how often encoders are set, on a clock that all pages of a
 * browser share.
 */
const watch = async (context: BrowserContext): Promise<void> => {
  // tsx gives functions their names by this helper, which pages lack.
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

/** Pages that do the same: a host that answers everybody, and guests at the door. */
export interface Product {
  readonly host: string
  readonly guest: string
  /** What the host presses before anybody comes, where there is something. */
  readonly start?: string
}

const open = async (browser: Browser, url: string): Promise<Page> => {
  const context = await browser.newContext({ permissions: ["camera", "microphone"] })
  await watch(context)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** A room in one browser, with its host and as many guests as came to stay. */
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
      // Who looks at another tab is sent no picture. PeerJS' host sends none back either, and here one machine is the host
      // and all of its guests: what is compared is an arrival.
      await setHidden(page, true)
      room.guests.push(page)
    }
    return room
  }

  /** A guest comes: the page, and the milliseconds from its press to its first frame at the host's page. */
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
