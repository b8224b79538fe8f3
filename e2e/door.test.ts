/// <reference lib="dom" />
import type { Page } from "playwright-core"
import { capturing, keepCaptures } from "./support/captures.js"
import { expect, sharpTest as test } from "./support/fixtures.js"
import { openGuest, openHost, Person } from "./support/people.js"

/** How many devices the page has been given so far. */
const given = (page: Page) =>
  page.evaluate(() => {
    const { captured = [] }: { captured?: ReadonlyArray<MediaStreamTrack> } = Object(globalThis)
    return captured.length
  })

test("the host's door shows what guests will see and hear, and what is on stays on in the room", async ({
  open,
  room,
  server
}) => {
  const host = new Person(
    await open(`${server.url}/host?room=${room}`, {}, async (context) => {
      await keepCaptures(context)
    })
  )
  const { page } = host
  const sends = page.getByRole("status")
  await sends.getByText("Guests will neither see nor hear you").waitFor()
  expect(await given(page)).toBe(0)
  await host.button("Start video").click()
  await host.moves(page.getByLabel("You", { exact: true }))
  await sends.getByText("Guests will see you; your microphone is off.").waitFor()
  await host.button("Unmute").click()
  await sends.getByText("Guests will see and hear you.").waitFor()
  const level = page.getByRole("meter", { name: "Microphone level" })
  await expect.poll(() => level.evaluate((meter: HTMLMeterElement) => meter.value)).toBeGreaterThan(0.2)
  await host.playTestTone()
  await page.getByLabel("Your name").fill("Dorothy")

  // One press opens the room, and no device is requested a second time or interrupted.
  await host.button("Start Listening").click()
  await host.button("Leave").waitFor()
  await page.getByText("Room open").waitFor()
  expect(await host.focused()).toBe("H1: The conference")
  expect(await capturing(page)).toEqual(["video", "audio"])
  expect(await given(page)).toBe(2)

  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  await ada.page.getByText("Host: Dorothy").waitFor()
  await ada.moves(ada.page.getByLabel("The host", { exact: true }))
  await host.panel("Chat")
  await page.getByLabel("Message to everyone").fill("Welcome")
  await page.keyboard.press("Enter")
  await ada.panel("Chat")
  await ada.page.getByRole("log").getByText("Dorothy").waitFor()

  // A reload resumes the room, with the devices that were on.
  await page.reload()
  await host.sees("Ada")
  await expect.poll(async () => (await capturing(page)).toSorted()).toEqual(["audio", "video"])

  await host.goAway()
  await page.getByText("You have left; the room is kept").waitFor()
  await expect.poll(() => host.focused()).toBe("H1: Host a conference")
  await expect.poll(() => capturing(page)).toEqual([])
  await sends.getByText("Guests will neither see nor hear you").waitFor()

  // The door remembers a name, and turns nothing on by itself.
  await host.button("Start video").click()
  await sends.getByText("Guests will see you; your microphone is off.").waitFor()
  await page.reload()
  await sends.getByText("Guests will neither see nor hear you").waitFor()
  expect(await page.getByLabel("Your name").inputValue()).toBe("Dorothy")
  expect(await given(page)).toBe(0)
})

test("Leave asks first: the room is kept for a host who leaves, and free after an end for all", async ({
  expected,
  open,
  room,
  server
}) => {
  // What the browser logs for a guest's request after the end.
  expected.push(/status of 410/)
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  await host.button("Record").click()
  await host.page.getByText(/^Recording, \d/).waitFor()

  await host.button("Leave").click()
  const question = host.page.getByRole("dialog", { name: "Leave the conference?" })
  await question.getByText("A recording is running. It ends when you go, and is kept in this browser.").waitFor()
  await question.getByRole("button", { name: "Cancel" }).click()
  await question.waitFor({ state: "hidden" })
  await host.sees("Ada")

  await host.goAway()
  await host.page.getByText("You have left; the room is kept").waitFor()
  await host.page.getByRole("heading", { name: "Recordings in this browser" }).waitFor()
  // Even when they make the panel long, the host's own picture stays at the top.
  const [picture, start] = await Promise.all([
    host.page.getByText("Your camera is off").boundingBox(),
    host.button("Start Listening").boundingBox()
  ])
  expect(picture?.y).toBeLessThan(start?.y ?? 0)
  await ada.page.getByRole("status").getByText("The host has left").waitFor()
  await host.button("Start Listening").click()
  await host.sees("Ada")

  await host.end()
  await host.page.getByText("The conference has ended").waitFor()
  await ada.page.getByRole("status").getByText("This conference has ended").waitFor()
})

test("single keys act only on the page itself, are listed, and can be switched off", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room)
  const { keyboard } = host.page
  const chat = host.page.getByRole("region", { name: "Chat" })
  const field = chat.getByLabel("Message to everyone")

  // The chat opens with the focus in its field, and everything that is typed is text.
  await keyboard.press("c")
  await keyboard.type("mvcp?")
  expect(await field.inputValue()).toBe("mvcp?")
  // Nor do they act elsewhere in the panel.
  await chat.getByRole("button", { name: "Close" }).focus()
  for (const key of "mvp?") await keyboard.press(key)
  await host.page.getByRole("log").focus()
  for (const key of "mvp?") await keyboard.press(key)
  expect(await host.page.getByRole("dialog").count()).toBe(0)
  for (const name of ["Unmute", "Start video"]) await host.button(name).waitFor()
  await keyboard.press("Escape")
  await chat.waitFor({ state: "detached" })

  // Escape closes a panel from anywhere, and the focus is back on the button that opened it.
  await host.button("Chat").click()
  await field.waitFor()
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  await host.button("Record").focus()
  await keyboard.press("Escape")
  await chat.waitFor({ state: "detached" })
  await host.button("Chat").click()
  await keyboard.press("Escape")
  await chat.waitFor({ state: "detached" })
  expect(await host.button("Chat").evaluate((element) => element === document.activeElement)).toBe(true)

  // A button with the keyboard's focus shows its name and its key.
  await keyboard.press("Tab")
  await keyboard.press("Shift+Tab")
  await host.page.getByText("Chat (C)", { exact: true }).waitFor()

  await keyboard.press("?")
  const list = host.page.getByRole("dialog", { name: "Keyboard shortcuts" })
  await list.getByText("Mute or unmute your microphone").waitFor()
  await keyboard.press("m")
  await list.getByLabel("Single keys act").click()
  await keyboard.press("Escape")
  await list.waitFor({ state: "hidden" })
  await keyboard.press("m")
  await keyboard.press("?")
  await host.panel("Settings")
  await host.button("Keyboard shortcuts").click()
  await list.getByLabel("Single keys act").click()
  await keyboard.press("Escape")
  await host.button("Unmute").waitFor()
})

/** The widest name that is allowed. */
const wide = "W".repeat(64)

/** Phones upright and on their side, and the space of a laptop's and of a phone's page at 200 %. */
const sizes = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 720, height: 450 },
  { width: 195, height: 422 }
] as const

/** The elements that overflow the page to the right. */
const overflowing = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const all = [...document.querySelectorAll("body *")]
    return all
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 120))
  })

test("the widest name and the smallest page: nothing overflows, and the stage keeps its space", async ({
  open,
  room,
  server
}) => {
  const atAllSizes = async (page: Page, look: (height: number) => Promise<unknown> = async () => undefined) => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      // Tiles are still moving to their places.
      await expect.poll(() => overflowing(page), { message: JSON.stringify(size) }).toEqual([])
      await look(size.height)
    }
  }
  const host = new Person(await open(`${server.url}/host?room=${room}`))
  await host.page.getByLabel("Your name").fill(wide)
  await atAllSizes(host.page)
  await host.page.setViewportSize(sizes[0])
  // On a phone the button that opens the room is in sight without scrolling.
  const foot = async () => {
    const start = await host.button("Start Listening").boundingBox()
    return (start?.y ?? 0) + (start?.height ?? 0)
  }
  await expect.poll(foot).toBeLessThan(sizes[0].height)
  await host.button("Start Listening").click()
  await host.button("Leave").waitFor()

  const ada = await openGuest(open, server.url, room, wide)
  // The host has the name already.
  await host.sees(`${wide.slice(0, -4)} (2)`)
  const stage = async (height: number) => {
    const grid = host.page.getByRole("region", { name: "Guests" })
    await expect.poll(async () => (await grid.boundingBox())?.height).toBeGreaterThan(height / 2)
  }
  await atAllSizes(host.page, stage)
  await host.button("Leave").click()
  await atAllSizes(host.page)
  await host.page.keyboard.press("Escape")
  await host.panel("People")
  await atAllSizes(host.page)
  await host.page.keyboard.press("Escape")
  await host.panel("Chat")
  await host.page.getByLabel("Message to everyone").fill(wide)
  await host.page.keyboard.press("Enter")
  await atAllSizes(host.page)
  await ada.panel("Chat")
  await ada.page.getByRole("log").getByText(wide).first().waitFor()
  await atAllSizes(ada.page)
  await ada.page.keyboard.press("Escape")
  await atAllSizes(ada.page)

  // A guest fills the screen, by button and by key.
  await ada.page.setViewportSize(sizes[1])
  await ada.button("Full screen").click()
  await ada.button("Exit full screen").waitFor()
  await ada.page.keyboard.press("f")
  await ada.button("Full screen").waitFor()
})
