import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { test as base, expect } from "vitest"
import { Server } from "../../scripts/Server.js"
import type { Vars } from "../../scripts/settings.js"
import { launch, pagePatience } from "./browser.js"
import { cheapDevices } from "./captures.js"
import { type Coturn, startCoturn } from "./coturn.js"

/** Collects a page's errors: those on the console, and uncaught ones. */
const watch = (page: Page, heard: Array<string>) => {
  page.on("pageerror", (error) => heard.push(String(error)))
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(`${message.text()} (${message.location().url})`)
  })
}

/** Runs the built product with these settings while `use` runs. */
export const withServer = async (vars: Vars, use: (server: Server) => Promise<void>) => {
  const state = await mkdtemp(join(tmpdir(), "conference-"))
  const printed: Array<string> = []
  const server = await Server.start({ vars, state, port: 0, print: (text) => printed.push(text) })
  try {
    await use(server)
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}

/** Opens a page of the product as another person would: in a browser profile of its own. */
export type Open = (
  url: string,
  options?: BrowserContextOptions,
  prepare?: (context: BrowserContext) => Promise<void>,
  on?: Browser
) => Promise<Page>

interface Fixtures {
  /** Shared by all files in one process that need no other: starting them takes seconds. */
  readonly usualBrowser: Browser
  readonly usualServer: Server
  readonly browser: Browser
  /** The built product, with no settings but a STUN server that does not exist. */
  readonly server: Server
  readonly coturn: Coturn
  /** The built product, with coturn for its relay. */
  readonly relayed: Server
  readonly open: Open
  /** Options of every browser profile, beyond the common ones. */
  readonly drawn: BrowserContextOptions
  readonly room: string
  /** Errors that a test expects to see on the console, by pattern. */
  readonly expected: Array<RegExp>
}

/** Tests do not look at pixels, which all cost drawing: one for every four of a page's, in each direction. */
export const fewPixels = { deviceScaleFactor: 0.25 } as const

export const stunNowhere = { STUN_URLS: "stun:127.0.0.1:9" }

/** A test over the built product, with real browsers. It fails on any error that a page shows on its console. */
export const test = base.extend<Fixtures>({
  usualBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
    async ({}, use) => {
      const browser = await launch()
      await use(browser)
      await browser.close()
    },
    { scope: "worker" }
  ],
  usualServer: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => withServer(stunNowhere, use),
    { scope: "worker" }
  ],
  browser: [async ({ usualBrowser }, use) => use(usualBrowser), { scope: "file" }],
  server: [async ({ usualServer }, use) => use(usualServer), { scope: "file" }],
  coturn: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const coturn = await startCoturn()
      await use(coturn)
      await coturn.stop()
    },
    { scope: "file" }
  ],
  relayed: [async ({ coturn }, use) => withServer({ ...stunNowhere, ...coturn.vars }, use), { scope: "file" }],
  room: async ({ task }, use) => use(`room-${task.id}`.slice(0, 64)),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  expected: async ({}, use) => use([]),
  drawn: fewPixels,
  open: async ({ browser, drawn, expected }, use) => {
    const contexts: Array<BrowserContext> = []
    const heard: Array<string> = []
    await use(async (url, options = {}, prepare, on = browser) => {
      const context = await on.newContext({ viewport: { width: 1280, height: 800 }, ...drawn, ...options })
      context.setDefaultTimeout(pagePatience)
      contexts.push(context)
      context.on("page", (page) => watch(page, heard))
      await cheapDevices(context)
      await prepare?.(context)
      const page = await context.newPage()
      await page.goto(url)
      return page
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(heard.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([])
  }
})

/** The same for tests that measure pixels: borders and lines have their real width, and pictures are sharp. */
export const sharpTest = test.extend<Pick<Fixtures, "drawn">>({ drawn: {} })

export { expect }
