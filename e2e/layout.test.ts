import type { Locator } from "playwright-core"
import { arrange } from "../client/media/programme/arrange.js"
import type { ProgrammeLayout, Scene } from "../client/media/programme/scene.js"
import { expect, sharpTest as test } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { apart, colourIn, coloursOf, watchBlack } from "./support/pictures.js"
import { colourOf, humming } from "./support/sound.js"

/** Everybody's voice, in hertz: it also determines the one colour of their camera. */
const tones = { host: 440, ada: 710, grace: 1290, hedy: 2450 } as const
type Name = keyof typeof tones

const as = (name: Name) => ({ as: humming(tones[name]) })

const sceneOf = (people: ReadonlyArray<Name>, layout: ProgrammeLayout, large: Name | null = null): Scene => ({
  layout,
  people: people.map((id) => ({ id, name: id, camera: true, microphone: true, hand: false, speaking: false })),
  large,
  sharer: layout === "screen" ? "ada" : null
})

/** The first video of a guest. */
const picture = (guest: Person): Locator => guest.page.locator("[data-place] video").last()

/** The largest difference, 0 to 255, between the tiles that a guest sees and the colours of these people's cameras. */
const largestDifference = async (guest: Person, scene: Scene) => {
  const { tiles } = arrange(scene)
  const video = picture(guest)
  const seen = await coloursOf(
    video,
    tiles.map(({ box }) => box)
  )
  const wanted = await Promise.all(
    Object.entries(tones).map(async ([name, tone]) => [name, await colourIn(video, colourOf(tone))] as const)
  )
  const colours = new Map(wanted)
  return Math.max(
    ...tiles.map(({ person }, index) => apart(seen[index] ?? [0, 0, 0], colours.get(person.id) ?? [0, 0, 0]))
  )
}

const sees = (guest: Person, scene: Scene) => expect.poll(() => largestDifference(guest, scene)).toBeLessThan(30)

const pick = async (host: Person, layout: string) => {
  await (await host.panel("Layout")).getByText(layout, { exact: true }).click()
}

test("from two guests on everybody sees everybody, each where the layout places them, and one guest alone sees the host", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(tones.host))
  await host.button("Start video").click()
  const ada = await openGuest(open, server.url, room, "Ada", as("ada"))
  await ada.page.getByLabel("The host", { exact: true }).waitFor()
  await sees(ada, sceneOf(["host"], "one"))
  const black = await watchBlack(picture(ada))

  const grace = await openGuest(open, server.url, room, "Grace", as("grace"))
  const all = ["host", "ada", "grace"] as const
  for (const guest of [ada, grace]) {
    await guest.page.getByLabel("Everyone in one picture", { exact: true }).waitFor()
    await sees(guest, sceneOf(all, "everyone"))
  }

  await host.act("Grace", "Show Grace to all")
  for (const guest of [ada, grace]) await sees(guest, sceneOf(all, "speaker", "grace"))
  await grace.page.getByText("Everyone sees you large").waitFor()
  await pick(host, "One person")
  for (const guest of [ada, grace]) await sees(guest, sceneOf(all, "one", "grace"))
  await pick(host, "Everyone")
  for (const guest of [ada, grace]) await sees(guest, sceneOf(all, "everyone"))

  await grace.button("Leave").click()
  await ada.page.getByLabel("The host", { exact: true }).waitFor()
  await sees(ada, sceneOf(["host"], "one"))
  expect(await black()).toBe(0)
})

test("the large person changes without a black picture in between", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room, humming(tones.host))
  await host.button("Start video").click()
  const ada = await openGuest(open, server.url, room, "Ada", as("ada"))
  await openGuest(open, server.url, room, "Grace", as("grace"))
  await sees(ada, sceneOf(["host", "ada", "grace"], "everyone"))
  await host.act("Ada", "Show Ada to all")
  await pick(host, "One person")
  await sees(ada, sceneOf(["host", "ada", "grace"], "one", "ada"))
  const black = await watchBlack(picture(ada))
  await host.act("Grace", "Show Grace to all")
  await sees(ada, sceneOf(["host", "ada", "grace"], "one", "grace"))
  expect(await black()).toBe(0)
})

test("a guest's screen is seen by all others, until the host takes it out", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room, humming(tones.host))
  await host.button("Start video").click()
  const ada = await openGuest(open, server.url, room, "Ada", as("ada"))
  const grace = await openGuest(open, server.url, room, "Grace", as("grace"))
  await host.sees("Ada")
  await host.sees("Grace")
  await host.panel("Layout")
  const screenLayout = host.page.getByRole("radio", { name: "Screen", exact: true })
  expect(await screenLayout.isDisabled()).toBe(true)

  await ada.button("Share screen").click()
  await ada.page.getByText("Everyone sees your screen").waitFor()
  const screen = grace.page.getByLabel("Ada’s screen", { exact: true })
  await grace.moves(screen)
  await expect.poll(() => screenLayout.isChecked()).toBe(true)
  await sees(ada, sceneOf(["host", "ada", "grace"], "screen"))

  const toAll = host.figure("Ada").getByRole("button", { name: "Show Ada’s screen to all" })
  await toAll.click()
  await screen.waitFor({ state: "detached" })
  await ada.page.getByText("Only the host sees your screen").waitFor()
  await host.page.getByRole("radio", { name: "Everyone", exact: true, checked: true }).waitFor()
  await toAll.click()
  await grace.moves(screen)

  await ada.button("Stop sharing").click()
  await screen.waitFor({ state: "detached" })
  await host.page.getByRole("radio", { name: "Everyone", exact: true, checked: true }).waitFor()
})

test("the host sees what guests see, in the panel and in a window, with one guest too", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(tones.host))
  await host.button("Start video").click()
  const ada = await openGuest(open, server.url, room, "Ada", as("ada"))
  await host.sees("Ada")
  const panel = await host.panel("Layout")
  await host.moves(panel.getByLabel("What guests see"))
  const popup = host.page.waitForEvent("popup")
  await panel.getByRole("button", { name: "Show this picture in a window" }).click()
  const window = await popup
  await host.button("Close").click()
  await host.moves(window.locator("video"))
  await ada.page.getByLabel("The host", { exact: true }).waitFor()
  await sees(ada, sceneOf(["host"], "one"))
  await window.close()
})
