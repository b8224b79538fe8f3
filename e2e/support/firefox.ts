/// <reference lib="dom" />
import { type Browser, type ElementHandle, launch, type Page } from "puppeteer-core"
import { expect } from "vitest"
import { findTool } from "./tools.js"

/** Preferences: no questions to the person, and no requests of the browser's own. */
const preferences = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  // All traffic of a test stays on this machine.
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  "network.manage-offline-status": false,
  "network.connectivity-service.enabled": false,
  "network.captive-portal-service.enabled": false,
  "browser.safebrowsing.provider.mozilla.updateURL": "",
  "app.update.auto": false,
  // As people have it: no page plays sound before it was touched. Puppeteer allows all to play.
  "media.autoplay.default": 1
}

/** Downloads go to this directory, and nobody is asked. */
export const downloadsTo = (directory: string) => ({
  "browser.download.folderList": 2,
  "browser.download.dir": directory,
  "browser.download.always_ask_before_handling_new_types": false
})

/**
 * Headless Firefox, with fake devices, driven by WebDriver BiDi. It plays to the loudspeaker of this environment.
 */
export const launchFirefox = (
  env: NodeJS.ProcessEnv = process.env,
  more: Record<string, unknown> = {}
): Promise<Browser> =>
  launch({
    browser: "firefox",
    executablePath: findTool("firefox"),
    extraPrefsFirefox: { ...preferences, ...more },
    env,
    timeout: 60_000
  })

/** Firefox makes no connection with a STUN server on a port that browsers block, as that of `stunNowhere` is. */
export const stunForFirefox = { STUN_URLS: "stun:127.0.0.1:34789" }

/** A page in Firefox, and the errors on its console. */
export class FirefoxPage {
  readonly errors: Array<string> = []

  private constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.errors.push(String(error)))
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text())
    })
  }

  /** `prepare` runs on the page while it is empty. */
  static async open(
    browser: Browser,
    url: string,
    prepare: (page: Page) => Promise<unknown> = async () => undefined
  ): Promise<FirefoxPage> {
    const opened = new FirefoxPage(await browser.newPage())
    await prepare(opened.page)
    await opened.page.goto(url)
    return opened
  }

  /** Opens a guest's page, enters a name, and joins. */
  static async join(browser: Browser, url: string, name: string, prepare?: (page: Page) => Promise<unknown>) {
    const guest = await FirefoxPage.open(browser, url, prepare)
    await (await guest.find("Your name")).type(name)
    await guest.press("Join")
    await guest.says("Live")
    return guest
  }

  /**
   * The element with this accessible name. Polls, because Puppeteer's own waiting evaluates text, which the pages'
   * Content-Security-Policy forbids.
   */
  async find(name: string): Promise<ElementHandle> {
    let found: ElementHandle | null = null
    const look = async () => {
      found = await this.page.$(`::-p-aria([name="${name}"])`)
      return found
    }
    await expect.poll(look, { message: name }).not.toBeNull()
    if (found === null) throw new Error(`There is no ${name}.`)
    return found
  }

  /** Presses it. If the page replaces the element at that moment, nothing was pressed, and it is looked for again. */
  async press(name: string): Promise<void> {
    for (;;) {
      const found = await this.find(name)
      try {
        return await found.click()
      } catch (cause) {
        if (!String(cause).includes("Node is detached from document")) throw cause
      }
    }
  }

  /** Waits until the page's status contains this text. */
  async says(text: string): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => document.querySelector("[role=status]")?.textContent ?? ""))
      .toContain(text)
  }
}
