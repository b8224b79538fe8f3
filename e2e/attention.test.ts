/** What draws the attention of a person who looks elsewhere: chimes, and text in the tab's title. */
import { chimesOf, keepChimes } from "./support/chimes.js"
import { expect, test } from "./support/fixtures.js"
import { openGuest, openHost, setHidden } from "./support/people.js"

test("a host who looks elsewhere hears and reads who comes, waits, raises a hand and writes", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, keepChimes)
  const [ada] = await Promise.all([
    openGuest(open, server.url, room, "Ada", { as: keepChimes }),
    // The title shows it for some seconds.
    expect.poll(() => host.page.title()).toMatch(/^.?Ada.? has arrived · /)
  ])
  await expect.poll(() => chimesOf(host)).toEqual([523, 784])
  await host.sees("Ada")
  const grace = await openGuest(open, server.url, room, "Grace")
  await host.sees("Grace")
  await expect.poll(() => chimesOf(host)).toEqual([523, 784])

  await setHidden(host.page, true)
  await grace.button("Raise hand").click()
  await expect.poll(() => chimesOf(host)).toEqual([659, 880, 1047])
  await ada.button("Raise hand").click()
  await expect.poll(() => chimesOf(host)).toEqual([659, 880, 1047])
  await ada.write("Hello")
  await expect.poll(() => chimesOf(host)).toEqual([698])
  await expect.poll(() => host.page.title()).toMatch(/^\(3\) .?Ada.? has written · /)
  await setHidden(host.page, false)
  await expect.poll(() => host.page.title()).toMatch(/^\(3\) [^·]*, 2 guests · /)

  // In the order in which the hands went up, and down all at once.
  const people = await host.panel("People")
  expect(await people.getByRole("listitem").allInnerTexts()).toEqual([
    expect.stringContaining("Grace"),
    expect.stringContaining("Ada")
  ])
  await people.getByText("Hand 2").waitFor()
  await host.button("Lower all hands").click()
  for (const person of [ada, grace]) await person.button("Raise hand").waitFor()
  await host.button("Mute all").click()
  for (const person of [ada, grace]) await person.page.getByText("The host has muted you").waitFor()
  // The host's page learns of it from theirs.
  await expect.poll(() => host.button("Mute all").isDisabled()).toBe(true)

  await host.flip("Waiting room", true)
  await openGuest(open, server.url, room, "Eve")
  await expect.poll(() => chimesOf(host)).toEqual([330, 330])
  await expect.poll(() => host.page.title()).toMatch(/^\(2\) /)
  expect(await host.page.title()).toContain("2 guests")

  // Others hear a chime when somebody writes, the writer hears none, and the sounds can be switched off.
  await (await ada.panel("Chat")).getByRole("button", { name: "Close" }).click()
  await chimesOf(ada)
  await grace.write("And me")
  await expect.poll(() => chimesOf(ada)).toEqual([698])
  await ada.write("And I")
  await expect.poll(() => host.page.title()).toMatch(/^\(4\) /)
  expect(await chimesOf(ada)).toEqual([])
  await host.panel("Settings")
  await host.flip("Sounds", false)
  await chimesOf(host)
  await grace.write("Quiet now")
  await expect.poll(() => host.page.title()).toMatch(/^\(5\) /)
  expect(await chimesOf(host)).toEqual([])
})
