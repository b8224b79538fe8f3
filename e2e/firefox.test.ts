/// <reference lib="dom" />
import type { Browser, ElementHandle, Page } from "puppeteer-core"
import type { Server } from "../api/local/Server.js"
import { launchFirefox } from "./firefox.js"
import { test as base, expect, withServer } from "./fixtures.js"
import { openHost } from "./people.js"

const test = base.extend<{ readonly firefox: Browser; readonly server: Server }>({
  // Firefox makes no connection with a STUN server at one of the ports that browsers block, as 9 is.
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  server: [async ({}, use) => withServer({ STUN_URLS: "stun:127.0.0.1:34789" }, use), { scope: "file" }],
  firefox: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const firefox = await launchFirefox()
      await use(firefox)
      await firefox.close()
    },
    { scope: "file" }
  ]
})

/** What a page says on its console that no page should. */
const errorsOf = (page: Page): ReadonlyArray<string> => {
  const heard: Array<string> = []
  page.on("pageerror", (error) => heard.push(String(error)))
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(message.text())
  })
  return heard
}

const within = { timeout: 20_000 }

/** Puppeteer's own waiting evaluates text, which the pages' Content-Security-Policy forbids: so one looks again. */
const find = async (page: Page, name: string): Promise<ElementHandle> => {
  let found: ElementHandle | null = null
  const look = async () => {
    found = await page.$(`::-p-aria([name="${name}"])`)
    return found
  }
  await expect.poll(look, { ...within, message: name }).not.toBeNull()
  if (found === null) throw new Error(`There is no ${name}.`)
  return found
}

const says = (page: Page, text: string) =>
  expect
    .poll(() => page.evaluate(() => document.querySelector("[role=status]")?.textContent ?? ""), within)
    .toContain(text)

test("a guest with Firefox is seen by a host with Chromium, and goes", async ({ firefox, open, room, server }) => {
  const host = await openHost(open, server.url, room)
  const page = await firefox.newPage()
  const errors = errorsOf(page)
  await page.goto(`${server.url}/client?room=${room}`)
  await (await find(page, "Your name")).type("Fay")
  await (await find(page, "Join")).click()
  await says(page, "Live")
  await host.sees("Fay")

  await (await find(page, "Leave")).click()
  await host.figure("Fay").waitFor({ state: "detached" })
  await says(page, "You have left")
  expect(errors).toEqual([])
})
