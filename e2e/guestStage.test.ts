/// <reference lib="dom" />
import type { Locator } from "playwright-core"
import { programmeSize, screenStrip } from "../client/media/programme/scene.js"
import { expect, type Open, sharpTest as test } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { humming } from "./support/sound.js"

const everyone = (person: Person) => person.page.getByLabel("Everyone in one picture", { exact: true })

/** The strip of the programme that is shown beside a screen: width divided by height. */
const stripShape = (programmeSize.width * screenStrip) / programmeSize.height

const boxOf = async (video: Locator) => (await video.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }

const filling = (person: Person) => person.page.evaluate(() => document.fullscreenElement?.tagName ?? null)

test("two guests see everybody in one picture, and one guest alone sees the host's camera", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  await host.button("Start video").click()
  await ada.moves(ada.page.getByLabel("The host", { exact: true }))
  await ada.page.getByLabel("You", { exact: true }).waitFor()
  const element = await ada.page.getByLabel("The host", { exact: true }).elementHandle()

  const bo = await openGuest(open, server.url, room, "Bo", { as: humming(1130) })
  for (const guest of [ada, bo]) {
    await guest.moves(everyone(guest))
    // A guest who is in that picture has no own picture over it.
    await guest.page.getByLabel("You", { exact: true }).waitFor({ state: "detached" })
  }
  expect(await element?.evaluate((video) => video.isConnected && video.ariaLabel === "Everyone in one picture")).toBe(
    true
  )
  await bo.button("Leave").click()
  await ada.moves(ada.page.getByLabel("The host", { exact: true }))
})

test("a guest's screen is large beside the people, a press enlarges the people, and its sharer knows who sees it", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  const bo = await openGuest(open, server.url, room, "Bo", { as: humming(1130) })
  await host.sees("Ada")
  await ada.moves(everyone(ada))
  await bo.button("Share screen").click()
  await bo.page.getByText("Everyone sees your screen").waitFor()
  const screen = ada.page.getByLabel("Bo’s screen", { exact: true })
  await ada.moves(screen)
  await ada.page.getByText("Bo’s screen", { exact: true }).waitFor()
  // From Bo to the host, and from there to Ada.
  expect(await host.screenCodec()).toBe("video/AV1")
  expect(await ada.screenCodec()).toBe("video/AV1")
  expect(await bo.page.getByLabel("Bo’s screen", { exact: true }).count()).toBe(0)

  // Once the programme's picture shows the screen, only its strip is left beside the screen, and it keeps moving.
  await ada.page.locator('[data-place="strip"]').waitFor()
  const shape = async () => {
    const { height, width } = await boxOf(everyone(ada))
    return width / height
  }
  await expect.poll(shape).toBeCloseTo(stripShape, 1)
  const strip = await boxOf(everyone(ada))
  const large = await boxOf(screen)
  expect(large.x + large.width).toBeLessThanOrEqual(strip.x)
  expect(large.width).toBeGreaterThan(3 * strip.width)
  await ada.moves(everyone(ada))

  await ada.button("Make the people large").click()
  await expect.poll(async () => (await boxOf(everyone(ada))).width).toBeGreaterThan(large.width)
  const small = await boxOf(screen)
  expect(small.width).toBeLessThan(large.width / 3)
  // Over the screen in the programme, and over nobody.
  expect(small.x + small.width).toBeLessThan(large.x + large.width / 2)
  await ada.moves(everyone(ada))
  await ada.moves(screen)
  await ada.button("Make the screen large").focus()
  await ada.page.keyboard.press("Enter")
  await expect.poll(async () => (await boxOf(screen)).width).toBe(large.width)

  // Upright, as on a phone: the screen above the strip.
  await ada.page.setViewportSize({ width: 390, height: 844 })
  const between = async () => {
    const [above, below] = [await boxOf(screen), await boxOf(everyone(ada))]
    return below.y - above.y - above.height
  }
  await expect.poll(between).toBeGreaterThanOrEqual(0)
  await expect.poll(shape).toBeCloseTo(stripShape, 1)

  await bo.button("Stop sharing").click()
  await screen.waitFor({ state: "detached" })
  await bo.page.getByText("Everyone sees your screen").waitFor({ state: "detached" })
  await ada.moves(everyone(ada))
})

test("a press fills the screen with the picture, or the window if no page may fill the screen", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  await host.button("Start video").click()
  const ada = await openGuest(open, server.url, room, "Ada")
  await ada.moves(ada.page.getByLabel("The host", { exact: true }))
  await ada.button("Fill the screen with the picture").click()
  await expect.poll(() => filling(ada)).toBe("SECTION")
  await host.act("Ada", "Mute Ada")
  await ada.page.getByRole("listitem").filter({ hasText: "The host has muted you" }).waitFor()
  await ada.button("Back to the whole page").click()
  await expect.poll(() => filling(ada)).toBe(null)
  await ada.button("Fill the screen with the picture").waitFor()
  await ada.button("Leave").click()

  const upright = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const onPhone: Open = (url, options, prepare) => open(url, { ...options, ...upright }, prepare)
  const phone = await openGuest(onPhone, server.url, room, "Cleo", {
    as: (context) =>
      context.addInitScript(() => Object.defineProperty(document, "fullscreenEnabled", { get: () => false }))
  })
  const picture = phone.page.getByLabel("The host", { exact: true })
  await phone.moves(picture)
  const { height, width } = upright.viewport
  await phone.button("Fill the screen with the picture").click()
  await expect.poll(() => boxOf(picture)).toEqual({ x: 0, y: 0, width, height })
  // A wide picture is rotated, for a phone that is turned.
  expect(await picture.evaluate((video) => [video.clientWidth, video.clientHeight])).toEqual([height, width])
  await phone.button("Back to the whole page").click()
  await expect.poll(async () => (await boxOf(picture)).height).toBeLessThan(height)
  await phone.button("Leave").click()
})
