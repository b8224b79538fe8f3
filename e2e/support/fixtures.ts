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

/** What the pages said that no page should: errors on the console and uncaught ones. */
const watch = (page: Page, heard: Array<string>) => {
  page.on("pageerror", (error) => heard.push(String(error)))
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(`${message.text()} (${message.location().url})`)
  })
}

/** Runs the built product with these settings, for as long as it is used. */
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
  /** Those of all files that follow one another in a process and need no other: starting them takes seconds. */
  readonly usualBrowser: Browser
  readonly usualServer: Server
  readonly browser: Browser
  /** The built product, with no settings but a STUN server that nobody asks. */
  readonly server: Server
  readonly coturn: Coturn
  /** The built product, with coturn for its relay. */
  readonly relayed: Server
  readonly open: Open
  /** How every browser profile is, beyond what is usual here. */
  readonly drawn: BrowserContextOptions
  readonly room: string
  /** Errors that a test expects to see on the console, by pattern. */
  readonly expected: Array<RegExp>
}

/** Nobody looks at the pixels, which all have to be drawn, encoded and decoded: one for every four of a page's, each way. */
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

/** The same for what is measured in pixels: borders and lines are as wide as people have them, and pictures as sharp. */
export const sharpTest = test.extend<Pick<Fixtures, "drawn">>({ drawn: {} })

export { expect }
