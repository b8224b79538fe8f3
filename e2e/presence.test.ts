/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"
import { describe } from "vitest"
import { expect, test } from "./support/fixtures.js"
import { type Breakable, mediaOf } from "./support/network.js"
import { openGuest, openHost, type Person } from "./support/people.js"

/** What the host's header counts. */
const counts = (host: Person, guests: string) =>
  host.page.getByRole("banner").getByText(guests, { exact: true }).waitFor()

/** Who is on the stage, in order. */
const stage = (host: Person) =>
  host.page
    .getByRole("figure")
    .getByRole("button", { name: /^More for / })
    .evaluateAll((menus) => menus.map((menu) => menu.getAttribute("aria-label")?.replace("More for ", "")))

/** The host has the guest in the list of those who are away, and nowhere else. */
const isAway = async (host: Person, name: string) => {
  const people = await host.panel("People")
  await people.getByRole("heading", { name: "Away", exact: true }).waitFor()
  await people.getByText(name, { exact: true }).waitFor()
  await host.figure(name).waitFor({ state: "hidden" })
}

/** Closes a tab as a person does: its last handlers run. */
const closeTab = async (page: Page) => {
  const closed = page.waitForEvent("close")
  await page.close({ runBeforeUnload: true })
  await closed
}

/** Replaces the browser's wake locks by a count that the test can read. */
const countWakeLocks = (context: BrowserContext) =>
  context.addInitScript(() => {
    const wakeLocks = { held: 0 }
    Object.assign(globalThis, { wakeLocks })
    const request = async () => {
      wakeLocks.held++
      return { release: async () => void wakeLocks.held-- }
    }
    Object.defineProperty(navigator, "wakeLock", { value: { request } })
  })
const wakeLocks = (host: Person, held: number) =>
  host.page.waitForFunction((held: number) => Object(globalThis).wakeLocks.held === held, held)

describe.concurrent("presence", () => {
  test("a guest whose connection is gone is small below the others, and returns in the same video element", async ({
    expect,
    open,
    room,
    server
  }) => {
    const host = await openHost(open, server.url, room)
    const made: Array<Breakable> = []
    const before = async (page: Page) => made.push(await mediaOf(page))
    await openGuest(open, server.url, room, "Ada", { before, forced: { iceServers: [] } })
    const grace = await openGuest(open, server.url, room, "Grace")
    await host.sees("Ada")
    await host.sees("Grace")
    const box = async (name: string) => {
      const { height = 0, y = 0 } = (await host.figure(name).boundingBox()) ?? {}
      return { top: y, bottom: y + height, height }
    }
    const large = (await box("Ada")).height
    await host
      .figure("Ada")
      .locator("video")
      .evaluate((video) => video.setAttribute("data-same", ""))

    for (const { cut } of made) await cut()
    await expect.poll(async () => (await box("Ada")).height).toBeLessThan(large / 2)
    await expect.poll(async () => (await box("Ada")).top >= (await box("Grace")).bottom).toBe(true)
    for (const { mend } of made) await mend()
    await expect.poll(async () => (await box("Ada")).height).toBeGreaterThan(large / 2)
    await host.sees("Ada")
    await host.figure("Ada").locator("video[data-same]").waitFor()

    // A guest who is away is off the stage and out of the counts, and is named in the list.
    await grace.page.goto("about:blank")
    await isAway(host, "Grace")
    expect(await stage(host)).toEqual(["Ada"])
    await counts(host, "1 guest")
  })

  test("a tab that closes takes its guest off the stage, and a reload of the host does not bring it back", async ({
    open,
    room,
    server
  }) => {
    const host = await openHost(open, server.url, room)
    const ada = await openGuest(open, server.url, room, "Ada")
    await host.sees("Ada")
    await openGuest(open, server.url, room, "Grace")
    await host.sees("Grace")
    await counts(host, "2 guests")

    await closeTab(ada.page)
    await counts(host, "1 guest")
    await isAway(host, "Ada")
    await host.sees("Grace")

    await host.page.reload()
    await host.sees("Grace")
    await counts(host, "1 guest")
    await isAway(host, "Ada")
  })

  test("a guest who goes away and comes back in another tab takes the old place", async ({ open, room, server }) => {
    const host = await openHost(open, server.url, room)
    const ada = await openGuest(open, server.url, room, "Ada")
    await host.sees("Ada")
    await openGuest(open, server.url, room, "Grace")
    await host.sees("Grace")
    const link = ada.page.url()

    await ada.page.goto(server.url)
    await isAway(host, "Ada")
    expect(await stage(host)).toEqual(["Grace"])

    const tab = await ada.page.context().newPage()
    await tab.goto(link)
    await tab.getByRole("button", { name: "Join", exact: true }).click()
    await host.sees("Ada")
    await counts(host, "2 guests")
    expect(await stage(host)).toEqual(["Ada", "Grace"])
    await host.page.getByRole("heading", { name: "Away", exact: true }).waitFor({ state: "detached" })
  })

  test("the host's screen stays on while the room is open", async ({ open, room, server }) => {
    const host = await openHost(open, server.url, room, countWakeLocks)
    await wakeLocks(host, 1)
    await host.goAway()
    await wakeLocks(host, 0)
  })
})
