/// <reference lib="dom" />
import { expect, sharpTest as test } from "./support/fixtures.js"
import { openGuest, openHost, setHidden } from "./support/people.js"
import { humming } from "./support/sound.js"

test("a camera sends as many lines as the other side shows", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  await host.sees("Ada")
  await host.page.setViewportSize({ width: 360, height: 640 })
  await expect.poll(async () => (await ada.encoding()).lines).toBeLessThan(360)
  const picture = host.figure("Ada").locator("video")
  const height = () => picture.evaluate((video: HTMLVideoElement) => video.videoHeight)
  await expect.poll(height).toBeLessThan(360)

  await host.page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(async () => (await ada.encoding()).lines).toBeGreaterThanOrEqual(540)
  // The camera's own height.
  await expect.poll(height).toBe(360)
})

test("what nobody sees is not sent, and is there again when somebody looks", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  await host.button("Start video").click()
  const picture = ada.page.getByLabel("The host", { exact: true })
  await ada.moves(picture)

  await setHidden(ada.page, true)
  await expect.poll(async () => (await host.encoding()).active).toBe(false)
  // The voice goes on, and so does what Ada sends.
  await host.sees("Ada")

  await setHidden(ada.page, false)
  await ada.moves(picture)
  expect((await host.encoding()).active).toBe(true)
})
