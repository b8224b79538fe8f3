/// <reference lib="dom" />
import type { Browser } from "puppeteer-core"
import type { Server } from "../scripts/Server.js"
import { shareOf } from "./colours.js"
import { FirefoxPage, launchFirefox, stunForFirefox } from "./firefox.js"
import { test as base, expect, withServer } from "./fixtures.js"
import { openGuest, openHost, type Person } from "./people.js"
import { colourOf, humming } from "./sound.js"

const test = base.extend<{ readonly firefox: Browser; readonly server: Server }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  server: [async ({}, use) => withServer(stunForFirefox, use), { scope: "file" }],
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

/**
 * Waits until the picture has played for 10 seconds, in which whatever would cover it has come, and looks at what a
 * person sees there: how much of it has the sender's colour, 0 to 1.
 */
const looksAt = async ({ page }: FirefoxPage, selector: string, by: Person, frequency: number): Promise<number> => {
  const played = () =>
    page.evaluate((selector) => document.querySelector<HTMLVideoElement>(selector)?.currentTime, selector)
  await expect.poll(played, { timeout: 30_000, interval: 250 }).toBeGreaterThan(10)
  const box = await page.evaluate((selector) => {
    const { height, width, x, y } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect()
    return { height, width, x, y }
  }, selector)
  const image = await page.screenshot({ clip: box, encoding: "base64" })
  return shareOf(by.page, image, colourOf(frequency))
}

test("a guest with Firefox is seen by a host with Chromium, sees the host, and goes", async ({
  firefox,
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  await host.button("Start video").click()
  const fay = await FirefoxPage.join(firefox, `${server.url}/client?room=${room}`, "Fay")
  await host.sees("Fay")
  expect(await looksAt(fay, "video[aria-label='The host']", host, 440)).toBeGreaterThan(0.5)

  await fay.press("Leave")
  await host.figure("Fay").waitFor({ state: "detached" })
  await fay.says("You have left")
  expect(fay.errors).toEqual([])
  await fay.page.close()
})

test("a host with Firefox sees a guest with Chromium", async ({ firefox, open, room, server }) => {
  const host = await FirefoxPage.open(firefox, `${server.url}/host?room=${room}`)
  await host.press("Start Listening")
  await host.find("Leave")
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  expect(await looksAt(host, "figure video", ada, 710)).toBeGreaterThan(0.5)
  expect(host.errors).toEqual([])
})
