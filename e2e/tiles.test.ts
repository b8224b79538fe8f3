/// <reference lib="dom" />
import type { Page } from "playwright-core"
import { expect, test } from "./fixtures.js"
import { type Breakable, mediaOf } from "./network.js"
import { openGuest, openHost } from "./people.js"

test("a guest whose connection is gone stands small below the others, and is back in the same picture", async ({
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
  await expect.poll(async () => (await box("Ada")).height, { timeout: 40_000 }).toBeLessThan(large / 2)
  await expect.poll(async () => (await box("Ada")).top >= (await box("Grace")).bottom).toBe(true)
  for (const { mend } of made) await mend()
  await expect.poll(async () => (await box("Ada")).height, { timeout: 20_000 }).toBeGreaterThan(large / 2)
  await host.sees("Ada")
  await host.figure("Ada").locator("video[data-same]").waitFor()

  // Who is away is off the stage and out of the counts, and has a name in the list.
  await grace.page.goto("about:blank")
  const away = (await host.panel("People")).locator("section", { hasText: "Away" })
  await away.getByText("Grace").waitFor()
  expect(await host.page.getByRole("figure").count()).toBe(1)
  await host.page.getByRole("banner").getByText("1 guest", { exact: true }).waitFor()
})
