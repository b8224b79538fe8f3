/// <reference lib="dom" />
import { expect, sharpTest as test } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { humming } from "./support/sound.js"

test("a guest who is shown to all is large in everybody's picture, and sends more than the others", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  const grace = await openGuest(open, server.url, room, "Grace", { as: humming(1130) })
  await host.sees("Ada")
  await host.sees("Grace")
  const lines = async (guest: Person) => (await guest.encoding()).lines
  const isTwice = async () => (await lines(ada)) >= 2 * (await lines(grace))
  // Both send no more than a tile shows, and less if the machine or the network is the limit.
  await expect.poll(async () => [90, 180, 270, 360].includes(await lines(ada)) && !(await isTwice())).toBe(true)

  await host.act("Ada", "Show Ada to all")
  await host.figure("Ada").getByText("Everyone sees Ada large").waitFor()
  await ada.page.getByText("Everyone sees you large").waitFor()
  await grace.moves(grace.page.getByLabel("Everyone in one picture, Ada large", { exact: true }))
  await expect.poll(() => lines(ada)).toBeGreaterThan(360)
  await expect.poll(isTwice).toBe(true)
  const widthOf = async (name: string) => (await host.figure(name).boundingBox())?.width ?? 0
  await expect.poll(async () => (await widthOf("Ada")) > 2 * (await widthOf("Grace"))).toBe(true)

  // A press on a picture enlarges it for the host, and nobody else sees a change.
  await host.figure("Grace").click()
  await expect.poll(async () => (await widthOf("Grace")) > 2 * (await widthOf("Ada"))).toBe(true)
  await host.page.keyboard.press("Escape")
  await expect.poll(async () => (await widthOf("Ada")) > 2 * (await widthOf("Grace"))).toBe(true)
  expect(await ada.page.getByText("Everyone sees you large").count()).toBe(1)

  await host.act("Ada", "Show Ada to all")
  await grace.page.getByLabel("Everyone in one picture", { exact: true }).waitFor()
  await ada.page.getByText("Everyone sees you large").waitFor({ state: "detached" })
})

test("the active speaker is large, until the host picks somebody", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  const grace = await openGuest(open, server.url, room, "Grace", { as: humming(1130) })
  await host.sees("Ada")
  await host.sees("Grace")
  await grace.button("Mute").click()
  await (await host.panel("Layout")).getByText("Speaker", { exact: true }).click()
  await ada.page.getByText("Everyone sees you large").waitFor()

  await ada.button("Mute").click()
  await grace.button("Unmute").click()
  await grace.page.getByText("Everyone sees you large").waitFor()
  await ada.page.getByLabel("Everyone in one picture, Grace large", { exact: true }).waitFor()

  await host.act("Ada", "Show Ada to all")
  await ada.page.getByText("Everyone sees you large").waitFor()
  await host.page.getByLabel("Who is large").selectOption({ label: "Whoever speaks" })
  await grace.page.getByText("Everyone sees you large").waitFor()
})

test("the host shares a screen, shows a guest in a window, and sees how good each connection is", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  await host.sees("Ada")

  const popup = host.page.waitForEvent("popup")
  await host.act("Ada", "Show Ada in a window")
  const window = await popup
  await host.moves(window.locator("video"))
  expect(await window.title()).toBe("Ada")

  await host.act("Ada", "Show Ada full screen")
  await expect.poll(() => host.page.evaluate(() => document.fullscreenElement?.tagName)).toBe("FIGURE")
  await host.page.evaluate(() => document.exitFullscreen())

  await host
    .figure("Ada")
    .getByRole("button", { name: /^Connection (good|fair|poor)$/ })
    .click()
  const details = host.figure("Ada").locator("dl")
  await details.getByText("direct", { exact: true }).waitFor()
  await expect.poll(() => details.innerText()).toMatch(/\d+ × \d+/)
  await host.page.keyboard.press("Escape")

  await host.button("Share screen").click()
  const screen = ada.page.getByLabel("The host’s screen", { exact: true })
  await ada.moves(screen)
  await host.button("Stop sharing").click()
  await screen.waitFor({ state: "detached" })
})

test("an invitation is a link, a QR code and a share button, and the page works by keyboard", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  const panel = await host.panel("Invite")
  expect(await panel.getByLabel("Invite link").inputValue()).toBe(`${server.url}/client?room=${room}`)
  await panel.getByRole("img", { name: "Scan this with a phone to join." }).waitFor()
  await host.page.keyboard.press("Escape")
  await panel.waitFor({ state: "detached" })
  // The focus is back where it was: on the button that opened the panel.
  expect(await host.page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Invite")

  await host.page.keyboard.press("m")
  await host.button("Mute").waitFor()
  await host.page.keyboard.press("p")
  await host.page.getByRole("region", { name: "People" }).waitFor()
  // The focus stays on a guest's button while the guest's row changes.
  await host.button("Remove Ada").focus()
  await ada.button("Raise hand").click()
  await host.page.getByText("Hand 1").waitFor()
  expect(await host.page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Remove Ada")
  await host.button("More for Ada").focus()
  await host.page.keyboard.press("Enter")
  await host.page.locator(":focus", { hasText: "Enlarge Ada for you" }).waitFor()
  // An open menu does not change.
  await ada.button("Lower hand").click()
  await host.page.getByText("Hand 1").waitFor({ state: "detached" })
  expect(await host.page.getByRole("list", { name: "More for Ada" }).getByText("Lower Ada’s hand").count()).toBe(1)
  await host.page.keyboard.press("Tab")
  await host.page.keyboard.press("Enter")
  await host.figure("Ada").getByText("Everyone sees Ada large").waitFor()
  expect(await host.page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("More for Ada")
})
