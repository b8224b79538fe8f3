/// <reference lib="dom" />
import type { Browser } from "puppeteer-core"
import { arrange } from "../client/media/programme/arrange.js"
import { programmeSize, type Scene } from "../client/media/programme/scene.js"
import type { Server } from "../scripts/Server.js"
import { shareOf } from "./support/colours.js"
import { FirefoxPage, launchFirefox, stunForFirefox } from "./support/firefox.js"
import { sharpTest as base, expect, withServer } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { apart, colourIn, coloursOf } from "./support/pictures.js"
import { colourOf, humming, replaceDevices } from "./support/sound.js"

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

/** The box of the element with this selector. */
const boxOf = ({ page }: FirefoxPage, selector: string) =>
  page.evaluate((selector) => {
    const { height, width, x, y } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect()
    return { height, width, x, y }
  }, selector)

/** Waits until the picture has played for this many seconds. */
const plays = async ({ page }: FirefoxPage, selector: string, seconds: number): Promise<void> => {
  const played = () =>
    page.evaluate((selector) => document.querySelector<HTMLVideoElement>(selector)?.currentTime, selector)
  await expect.poll(played, { interval: 250 }).toBeGreaterThan(seconds)
}

/**
 * Waits until the picture has played for 10 seconds, so that anything that would cover it is shown. Returns how much of
 * what a person sees there has the sender's colour, 0 to 1.
 */
const looksAt = async (firefox: FirefoxPage, selector: string, by: Person, frequency: number): Promise<number> => {
  await plays(firefox, selector, 10)
  const image = await firefox.page.screenshot({ clip: await boxOf(firefox, selector), encoding: "base64" })
  return shareOf(by.page, image, colourOf(frequency))
}

const tones = new Map([
  ["host", 440],
  ["fay", 1710],
  ["ada", 710],
  ["grace", 1290]
])
const toneOf = (name: string) => tones.get(name) ?? 0

/** The host and three guests in one picture. */
const everyone = arrange({
  layout: "everyone",
  people: [...tones.keys()].map((id) => ({
    id,
    name: id,
    camera: true,
    microphone: true,
    hand: false,
    speaking: false
  })),
  large: null,
  sharer: null
} satisfies Scene).tiles

const programme = "video[aria-label='Everyone in one picture']"

/** How much of each tile's middle has the colour of that person's camera, 0 to 1: the smallest of all tiles. */
const leastShare = async (firefox: FirefoxPage, by: Person): Promise<number> => {
  const box = await boxOf(firefox, programme)
  const scale = Math.min(box.width / programmeSize.width, box.height / programmeSize.height)
  const [left, top] = [(box.width - programmeSize.width * scale) / 2, (box.height - programmeSize.height * scale) / 2]
  const shares: Array<number> = []
  for (const { box: tile, person } of everyone) {
    const clip = {
      x: box.x + left + (tile.x + tile.width * 0.3) * scale,
      y: box.y + top + (tile.y + tile.height * 0.3) * scale,
      width: tile.width * 0.4 * scale,
      height: tile.height * 0.4 * scale
    }
    const image = await firefox.page.screenshot({ clip, encoding: "base64" })
    shares.push(await shareOf(by.page, image, colourOf(toneOf(person.id))))
  }
  return Math.min(...shares)
}

/**
 * The largest difference, 0 to 255, between a tile that a guest with Chromium sees and the colour of that person's
 * camera.
 */
const largestDifference = async (guest: Person): Promise<number> => {
  const video = guest.page.locator(programme)
  const seen = await coloursOf(
    video,
    everyone.map(({ box }) => box)
  )
  const off = everyone.map(async ({ person }, index) =>
    apart(seen[index] ?? [0, 0, 0], await colourIn(video, colourOf(toneOf(person.id))))
  )
  return Math.max(...(await Promise.all(off)))
}

test("a guest with Firefox is seen by a host with Chromium, sees the host, a screen and the programme, and leaves", async ({
  firefox,
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(toneOf("host")))
  await host.button("Start video").click()
  const devices = { colour: colourOf(toneOf("fay")), frequency: toneOf("fay") }
  const fay = await FirefoxPage.join(firefox, `${server.url}/client?room=${room}`, "Fay", (page) =>
    page.evaluateOnNewDocument(replaceDevices, devices)
  )
  await host.sees("Fay")
  expect(await looksAt(fay, "video[aria-label='The host']", host, toneOf("host"))).toBeGreaterThan(0.5)

  await host.button("Share screen").click()
  await plays(fay, "video[aria-label='The host’s screen']", 1)
  expect(await host.screenCodec("outbound-rtp")).toBe("video/AV1")
  await host.button("Stop sharing").click()

  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(toneOf("ada")) })
  const grace = await openGuest(open, server.url, room, "Grace", { as: humming(toneOf("grace")) })
  await expect.poll(() => leastShare(fay, host)).toBeGreaterThan(0.5)
  for (const guest of [ada, grace]) await expect.poll(() => largestDifference(guest)).toBeLessThan(30)

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
