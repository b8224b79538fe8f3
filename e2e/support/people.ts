/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Browser, BrowserContext, Locator, Page } from "playwright-core"
import { expect } from "vitest"
import type { Open } from "./fixtures.js"

/** The connections that `probe` keeps in a page. */
interface Probed {
  readonly connections?: Array<RTCPeerConnection>
}

/** Keeps every RTCPeerConnection of a page where tests find it, and overrides its configuration. */
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

/** Makes a page believe that its tab is hidden, or visible again: headless browsers hide none. */
export const setHidden = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden })
    document.dispatchEvent(new Event("visibilitychange"))
  }, hidden)

/** All texts of an element from now on, also those that are there only for a moment. */
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

  /** Opens one of the panels beside the stage, if it is not open. */
  async panel(name: string): Promise<Locator> {
    const panel = this.page.getByRole("region", { name, exact: true })
    if (!(await panel.isVisible())) await this.page.getByRole("button", { name, exact: false, pressed: false }).click()
    await panel.waitFor()
    return panel
  }

  /** Writes in the chat, to the recipient that is chosen there. */
  async write(text: string): Promise<void> {
    await this.panel("Chat")
    await this.page.getByLabel(/^Message to/).fill(text)
    await this.page.keyboard.press("Enter")
  }

  /** Turns a switch on or off, and waits until it shows the new state, which the service has accepted by then. */
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

  /** Presses *Leave*, and returns the dialog that opens. */
  async #leaving(): Promise<Locator> {
    await this.button("Leave").click()
    const question = this.page.getByRole("dialog", { name: "Leave the conference?" })
    await question.waitFor()
    return question
  }

  /** A host leaves, and keeps the room. */
  async goAway(): Promise<void> {
    await (await this.#leaving()).getByRole("button", { name: "Leave", exact: true }).click()
  }

  /** A host ends the session for all. */
  async end(): Promise<void> {
    await (await this.#leaving()).getByRole("button", { name: "End for all", exact: true }).click()
  }

  /** The focused element: its tag and its text. */
  focused(): Promise<string> {
    return this.page.evaluate(() => `${document.activeElement?.tagName}: ${document.activeElement?.textContent}`)
  }

  /** The picture of one guest. */
  figure(name: string): Locator {
    return this.page.getByRole("figure", { name, exact: true })
  }

  /** Presses one of the actions in the menu of a guest's tile. */
  async act(name: string, action: string): Promise<void> {
    await this.figure(name)
      .getByRole("button", { name: `More for ${name}`, exact: true })
      .click()
    await this.page
      .getByRole("list", { name: `More for ${name}` })
      .getByRole("button", { name: action, exact: true })
      .click()
  }

  /** Waits until the guest's camera shows a new frame. The first video: a tile may also have a screen. */
  async sees(name: string): Promise<void> {
    await this.moves(this.figure(name).locator("video").first())
    await this.figure(name).getByText("No picture").waitFor({ state: "detached" })
  }

  /** Waits until this video shows a new frame. If the element leaves the page meanwhile, it is looked for again. */
  async moves(video: Locator): Promise<void> {
    const newFrame = () =>
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
    let width = await newFrame()
    while (width === null) width = await newFrame()
    expect(width).toBeGreaterThan(0)
  }

  /** All texts of the page's status from now on. */
  listen(): Promise<() => Promise<ReadonlyArray<string>>> {
    return textsOf(this.page.getByRole("status"))
  }

  /** Presses *Play test tone*, and waits until it has shown that it plays, and has ended. */
  async playTestTone(): Promise<void> {
    const button = this.button("Play test tone")
    const said = await textsOf(button)
    await button.click()
    await expect.poll(said).toEqual(["Play test tone", "Playing…", "Play test tone"])
  }

  /** Measures from now on the longest time for which a guest's picture stands still, in seconds. */
  async watch(name: string): Promise<() => Promise<number>> {
    const seen = await this.figure(name)
      .locator("video")
      .evaluateHandle((video: HTMLVideoElement) => {
        const pauses = { last: performance.now(), longest: 0 }
        const frame = (now: number, { rtpTimestamp }: VideoFrameCallbackMetadata) => {
          video.requestVideoFrameCallback(frame)
          // Not the black frame that Chromium draws as a track ends.
          if (rtpTimestamp === undefined) return
          pauses.longest = Math.max(pauses.longest, now - pauses.last)
          pauses.last = now
        }
        video.requestVideoFrameCallback(frame)
        return pauses
      })
    return () => seen.evaluate(({ last, longest }) => Math.max(longest, performance.now() - last) / 1000)
  }

  /** The encoder parameters of this page's camera: whether it sends, and the greatest number of lines. */
  async encoding(): Promise<{ readonly active: boolean; readonly lines: number }> {
    return this.page.evaluate(() => {
      const { connections = [] }: Probed = Object(globalThis)
      const senders = connections.at(-1)?.getSenders() ?? []
      const [encoding] = senders.find(({ track }) => track?.kind === "video")?.getParameters().encodings ?? []
      return { active: encoding?.active ?? false, lines: Object(encoding).scaleResolutionDownTo?.maxHeight ?? 0 }
    })
  }

  /** The types of the selected candidates of this page's newest established connection: local, remote. */
  async path(): Promise<ReadonlyArray<string | undefined>> {
    return this.page.evaluate(async () => {
      const { connections = [] }: Probed = Object(globalThis)
      // The others were made to test the network.
      const established = connections.filter(({ connectionState }) => connectionState === "connected")
      const report = await established.at(-1)?.getStats()
      const all = [...(report?.values() ?? [])]
      const transport = all.find(({ type }) => type === "transport")
      const pair = all.find(({ id }) => id === transport?.selectedCandidatePairId)
      const kind = (of: unknown) => all.find(({ id }) => id === of)?.candidateType
      return [kind(pair?.localCandidateId), kind(pair?.remoteCandidateId)]
    })
  }

  /** The codec of the screen that this page's newest established connection receives, or sends, as `video/VP8`. */
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
  /** Overrides the configuration of every connection of the page. */
  readonly forced?: RTCConfiguration
  /** The browser, if it is not the one that the tests share. */
  readonly on?: Browser | undefined
  /** Runs on the browser profile, before it has any page. */
  readonly as?: Prepare
  /** Runs in the lobby, before the join. */
  readonly before?: (page: Page) => Promise<unknown>
}

/** Opens the host's page, and starts listening. */
export const openHost = async (open: Open, url: string, room: string, as?: Prepare): Promise<Person> => {
  const host = new Person(await open(`${url}/host?room=${room}`, {}, both(probe(), as)))
  await host.button("Start Listening").click()
  await host.button("Leave").waitFor()
  return host
}

/** Opens a guest's page, enters a name, and joins. */
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
