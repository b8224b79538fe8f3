/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Browser, BrowserContext, Locator, Page } from "playwright-core"
import { expect } from "vitest"
import type { Open } from "./fixtures.js"

/** What the tests keep of a page's connections, to look into. */
interface Probed {
  readonly connections?: Array<RTCPeerConnection>
}

/** Keeps every RTCPeerConnection of a page where tests find it, and changes what it is made with. */
const probe =
  (forced: RTCConfiguration = {}) =>
  (context: BrowserContext) =>
    context
      .addInitScript((forced: RTCConfiguration) => {
        const connections: Array<RTCPeerConnection> = []
        Object.assign(globalThis, { connections })
        const Original = globalThis.RTCPeerConnection
        globalThis.RTCPeerConnection = class extends Original {
          constructor(configuration?: RTCConfiguration) {
            super({ ...configuration, ...forced })
            connections.push(this)
          }
          override setConfiguration(configuration?: RTCConfiguration) {
            super.setConfiguration({ ...configuration, ...forced })
          }
        }
      }, forced)
      .then(() => undefined)

/** Has a page believe that its tab is behind another, or in front again: headless browsers show all of theirs. */
export const setHidden = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden })
    document.dispatchEvent(new Event("visibilitychange"))
  }, hidden)

/** All that an element says from now on: what stands there for a moment is not looked for too late. */
export const textsOf = async (locator: Locator): Promise<() => Promise<ReadonlyArray<string>>> => {
  const heard = await locator.evaluateHandle((element: HTMLElement) => {
    const texts = [element.innerText]
    const note = () => texts.push(element.innerText)
    new MutationObserver(note).observe(element, { childList: true, characterData: true, subtree: true })
    return texts
  })
  return () => heard.jsonValue()
}

/** One person with a page of the product. */
export class Person {
  constructor(readonly page: Page) {}

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true })
  }

  /** Opens one of the panels beside the stage, where it is not open. */
  async panel(name: string): Promise<Locator> {
    const panel = this.page.getByRole("region", { name, exact: true })
    if (!(await panel.isVisible())) await this.page.getByRole("button", { name, exact: false, pressed: false }).click()
    await panel.waitFor()
    return panel
  }

  /** Writes to everyone in the chat, or to whoever is chosen there. */
  async write(text: string): Promise<void> {
    await this.panel("Chat")
    await this.page.getByLabel(/^Message to/).fill(text)
    await this.page.keyboard.press("Enter")
  }

  /** Turns a switch on or off, and waits until it shows that: what the service has taken, not what was asked for. */
  async flip(name: string, on: boolean): Promise<void> {
    const which = (checked: boolean) => this.page.getByRole("checkbox", { name, exact: true, checked })
    await which(!on).click()
    await which(on).waitFor()
  }

  /** Presses *Start afresh*. */
  async afresh(): Promise<void> {
    await this.panel("Settings")
    await this.button("Start afresh").click()
  }

  /** Presses *Leave*, and gives the question that comes. */
  async #leaving(): Promise<Locator> {
    await this.button("Leave").click()
    const question = this.page.getByRole("dialog", { name: "Leave the conference?" })
    await question.waitFor()
    return question
  }

  /** A host goes, and keeps the room. */
  async goAway(): Promise<void> {
    await (await this.#leaving()).getByRole("button", { name: "Leave", exact: true }).click()
  }

  /** A host ends the session for all. */
  async end(): Promise<void> {
    await (await this.#leaving()).getByRole("button", { name: "End for all", exact: true }).click()
  }

  /** What has the focus, by its tag and its words. */
  focused(): Promise<string> {
    return this.page.evaluate(() => `${document.activeElement?.tagName}: ${document.activeElement?.textContent}`)
  }

  /** The picture of one guest. */
  figure(name: string): Locator {
    return this.page.getByRole("figure", { name, exact: true })
  }

  /** Presses one of the things to do with a guest, in the menu of the tile. */
  async act(name: string, action: string): Promise<void> {
    await this.figure(name)
      .getByRole("button", { name: `More for ${name}`, exact: true })
      .click()
    await this.page
      .getByRole("list", { name: `More for ${name}` })
      .getByRole("button", { name: action, exact: true })
      .click()
  }

  /** Waits until the guest's camera moves, which a screen may stand beside: a frame that was not there before is shown. */
  async sees(name: string): Promise<void> {
    await this.moves(this.figure(name).locator("video").first())
    await this.figure(name).getByText("No picture").waitFor({ state: "detached" })
  }

  /** Waits until this video moves. One that leaves the page meanwhile shows no frame any more: it is looked for again. */
  async moves(video: Locator): Promise<void> {
    const look = () =>
      video.evaluate(
        (element: HTMLVideoElement) =>
          new Promise<number | null>((resolve) => {
            const leaves = new MutationObserver(() => element.isConnected || done(null))
            const done = (width: number | null) => {
              leaves.disconnect()
              resolve(width)
            }
            leaves.observe(document, { childList: true, subtree: true })
            element.requestVideoFrameCallback(() =>
              // The first one may be an old frame, shown again.
              element.requestVideoFrameCallback(() => done(element.videoWidth))
            )
            if (!element.isConnected) done(null)
          })
      )
    let width = await look()
    while (width === null) width = await look()
    expect(width).toBeGreaterThan(0)
  }

  /** Everything that the page says of the call from now on. */
  listen(): Promise<() => Promise<ReadonlyArray<string>>> {
    return textsOf(this.page.getByRole("status"))
  }

  /** Presses *Play test tone*, which says for a second that it plays. */
  async playTestTone(): Promise<void> {
    const button = this.button("Play test tone")
    const said = await textsOf(button)
    await button.click()
    await expect.poll(said).toEqual(["Play test tone", "Playing…", "Play test tone"])
  }

  /** Keeps the longest time in which a guest's picture stood still, from now on: in seconds. */
  async watch(name: string): Promise<() => Promise<number>> {
    const seen = await this.figure(name)
      .locator("video")
      .evaluateHandle((video: HTMLVideoElement) => {
        const pauses = { last: performance.now(), longest: 0 }
        const frame = (now: number, { rtpTimestamp }: VideoFrameCallbackMetadata) => {
          video.requestVideoFrameCallback(frame)
          // A black one, which Chromium draws as a track ends, came from nobody.
          if (rtpTimestamp === undefined) return
          pauses.longest = Math.max(pauses.longest, now - pauses.last)
          pauses.last = now
        }
        video.requestVideoFrameCallback(frame)
        return pauses
      })
    return () => seen.evaluate(({ last, longest }) => Math.max(longest, performance.now() - last) / 1000)
  }

  /** What the encoder of this page's camera was told: whether it sends, and how many lines at most. */
  async encoding(): Promise<{ readonly active: boolean; readonly lines: number }> {
    return this.page.evaluate(() => {
      const { connections = [] }: Probed = Object(globalThis)
      const senders = connections.at(-1)?.getSenders() ?? []
      const [encoding] = senders.find(({ track }) => track?.kind === "video")?.getParameters().encodings ?? []
      return { active: encoding?.active ?? false, lines: Object(encoding).scaleResolutionDownTo?.maxHeight ?? 0 }
    })
  }

  /** The kinds of the candidates that carry this page's newest connection that stands, its own and the other side's. */
  async path(): Promise<ReadonlyArray<string | undefined>> {
    return this.page.evaluate(async () => {
      const { connections = [] }: Probed = Object(globalThis)
      // Others were made to try the network with.
      const standing = connections.filter(({ connectionState }) => connectionState === "connected")
      const report = await standing.at(-1)?.getStats()
      const all = [...(report?.values() ?? [])]
      const transport = all.find(({ type }) => type === "transport")
      const pair = all.find(({ id }) => id === transport?.selectedCandidatePairId)
      const kind = (of: unknown) => all.find(({ id }) => id === of)?.candidateType
      return [kind(pair?.localCandidateId), kind(pair?.remoteCandidateId)]
    })
  }

  /** The codec of the screen that comes, or goes, on this page's newest connection that stands, as `video/VP8`. */
  async screenCodec(way: "inbound-rtp" | "outbound-rtp" = "inbound-rtp"): Promise<string | undefined> {
    return this.page.evaluate(async (way) => {
      const { connections = [] }: Probed = Object(globalThis)
      const standing = connections.filter(({ connectionState }) => connectionState === "connected")
      const all = [...((await standing.at(-1)?.getStats())?.values() ?? [])]
      // The second video, as in every offer.
      const screen = all.find(({ mid, type }) => type === way && mid === "2")
      return all.find(({ id }) => id === screen?.codecId)?.mimeType
    }, way)
  }

  /** The name of the camera that this page's newest connection sends. */
  async camera(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      const { connections = [] }: Probed = Object(globalThis)
      const senders = connections.at(-1)?.getSenders() ?? []
      return senders.find(({ track }) => track?.kind === "video")?.track?.label
    })
  }
}

type Prepare = (context: BrowserContext) => Promise<unknown>

const both = (first: Prepare, then: Prepare | undefined) => async (context: BrowserContext) => {
  await first(context)
  await then?.(context)
}

interface GuestOptions {
  /** What every connection of the page is made with, whatever the page says. */
  readonly forced?: RTCConfiguration
  /** The browser to be in, where it is not the one that the tests share. */
  readonly on?: Browser | undefined
  /** Done to the browser profile, before it has any page. */
  readonly as?: Prepare
  /** Done at the door. */
  readonly before?: (page: Page) => Promise<unknown>
}

/** Opens the host's page, and starts listening. */
export const openHost = async (open: Open, url: string, room: string, as?: Prepare): Promise<Person> => {
  const host = new Person(await open(`${url}/host?room=${room}`, {}, both(probe(), as)))
  await host.button("Start Listening").click()
  await host.button("Leave").waitFor()
  return host
}

/** Opens a guest's page, gives a name, and joins. */
export const openGuest = async (
  open: Open,
  url: string,
  room: string,
  name: string,
  { as, before, forced, on }: GuestOptions = {}
): Promise<Person> => {
  const guest = new Person(await open(`${url}/client?room=${room}`, {}, both(probe(forced), as), on))
  await before?.(guest.page)
  await guest.page.getByLabel("Your name").fill(name)
  await guest.button("Join").click()
  await guest.button("Leave").waitFor()
  return guest
}
