/** Who is admitted, and what a host does with those inside. */
import { capturing, keepCaptures } from "./support/captures.js"
import { chimesOf, keepChimes } from "./support/chimes.js"
import { expect, test } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { aStranger } from "./support/strangers.js"

/** What the browser logs for requests that the service refuses. */
const refused = /status of (401|403)/

test("a waiting room lets in only those whom the host admits, and a locked room nobody new", async ({
  expected,
  open,
  room,
  server
}) => {
  expected.push(refused)
  const host = await openHost(open, server.url, room, keepChimes)
  const people = await host.panel("People")
  await host.flip("Waiting room", true)
  const ada = await openGuest(open, server.url, room, "Ada")
  const [eve] = await Promise.all([
    openGuest(open, server.url, room, "Eve"),
    // Screen readers are told, because the list does not announce who knocks.
    host.page.locator("[aria-live]").filter({ hasText: "Eve is waiting" }).first().waitFor({ state: "attached" })
  ])
  await ada.page.getByRole("status").getByText("You are in the waiting room").waitFor()
  expect(await host.page.getByRole("figure").count()).toBe(0)
  await host.button("Let Ada in").click()
  await host.button("Let Ada in").waitFor({ state: "detached" })
  // Eve's row is now where Ada's was, and the second press of a double click is not meant for her.
  await host.button("Let Eve in").hover()
  await host.page.mouse.down({ clickCount: 2 })
  await host.page.mouse.up({ clickCount: 2 })
  await host.sees("Ada")

  // With the panel closed a notice shows who waits.
  await people.getByRole("button", { name: "Close" }).click()
  await host.page.locator("span").filter({ hasText: "Eve is waiting" }).waitFor()
  await host.button("Refuse Eve").click()
  await eve.page.getByRole("status").getByText("The host does not let you in").waitFor()
  await host.button("Refuse Eve").waitFor({ state: "detached" })

  // However many knock, there are three lines at most, few chimes, one button for all, and no button moves.
  await chimesOf(host)
  const crowd = Array.from({ length: 8 }, () => aStranger(server.url, room))
  const answers = host.page.getByRole("button", { name: /^(Let|Refuse) / })
  expect(await crowd[0]?.knock()).toBe(200)
  await expect.poll(() => answers.count()).toBe(2)
  const before = await answers.last().boundingBox()
  expect(await Promise.all(crowd.slice(1).map(({ knock }) => knock()))).toEqual(crowd.slice(1).map(() => 200))
  await host.page.getByText("8 people are waiting").waitFor()
  expect(await answers.count()).toBe(6)
  expect(await answers.nth(1).boundingBox()).toEqual(before)
  // This chime has two tones.
  expect((await chimesOf(host)).length / 2).toBeLessThan(crowd.length)
  await host.button("Refuse all").click()
  await expect.poll(() => host.page.getByText(/waiting$/).count()).toBe(0)
  await expect.poll(() => crowd[0]?.knock()).toBe(403)
  await host.sees("Ada")

  await host.panel("People")
  await host.flip("Waiting room", false)
  await host.flip("Lock the room", true)
  const late = await openGuest(open, server.url, room, "Late")
  await late.page.getByRole("status").getByText("The room is locked").waitFor()
  await host.flip("Lock the room", false)
  await late.button("Try again").click()
  await host.sees("Late")
})

/** How many RTCPeerConnections the page has made. */
const connectionsOf = (person: Person) =>
  person.page.evaluate(() => {
    const { connections = [] }: { connections?: Array<unknown> } = Object(globalThis)
    return connections.length
  })

test("a stranger's flood of offers makes one connection in 2 s at most at the host, and the next guest is seen", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const before = await connectionsOf(host)
  const begun = performance.now()
  await aStranger(server.url, room).flood(60)
  // The first is answered at once, and the newest after the minimum interval.
  await expect.poll(async () => (await connectionsOf(host)) - before).toBeGreaterThan(1)
  const made = (await connectionsOf(host)) - before
  const seconds = (performance.now() - begun) / 1000
  expect(made).toBeLessThanOrEqual(2 + seconds / 2)
  await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
})

test("a raised hand is seen and lowered, and a guest is muted and removed", async ({
  expected,
  open,
  room,
  server
}) => {
  expected.push(refused)
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  const grace = await openGuest(open, server.url, room, "Grace", { as: keepCaptures })
  await host.sees("Ada")
  await host.sees("Grace")

  await ada.button("Raise hand").click()
  await host.figure("Ada").getByRole("button", { name: "Lower Ada’s hand" }).click()
  await ada.page.getByText("The host has lowered your hand").waitFor()
  await ada.button("Raise hand").waitFor()

  await host.panel("People")
  // A raised hand moves rows of the list, and the focus stays in its row.
  await host.button("Mute Ada").focus()
  await grace.button("Raise hand").click()
  await host.page.getByText("Hand 1").waitFor()
  expect(await host.page.locator(":focus").getAttribute("aria-label")).toMatch(/^Mute .?Ada/)
  await host.button("Mute Grace").click()
  await grace.page.getByText("The host has muted you").waitFor()
  await grace.button("Unmute").waitFor()
  await host.figure("Grace").getByRole("img", { name: "Microphone off" }).waitFor()

  await host.button("Remove Grace").click()
  await host.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click()
  await host.figure("Grace").waitFor({ state: "detached" })
  await grace.page.getByRole("status").getByText("The host has removed you").waitFor()
  await expect.poll(() => capturing(grace.page)).toEqual([])
  // A reload does not join by itself, and a press is refused.
  await grace.page.reload()
  await grace.button("Join").click()
  await grace.page.getByRole("status").getByText("The host does not let you in").waitFor()
  await expect.poll(() => capturing(grace.page)).toEqual([])
  await host.sees("Ada")

  // The lock that comes with a removal holds against another browser of the same person.
  await host.button("Remove Ada").click()
  await host.page.getByRole("dialog").getByRole("button", { name: "Remove and lock" }).click()
  await ada.page.getByRole("status").getByText("The host has removed you").waitFor()
  const again = await openGuest(open, server.url, room, "Ada")
  await again.page.getByRole("status").getByText("The room is locked").waitFor()
  await expect.poll(() => host.page.getByRole("figure").count()).toBe(0)
  await host.page.getByRole("checkbox", { name: "Lock the room", checked: true }).waitFor()
})
