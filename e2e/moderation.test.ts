/// <reference lib="dom" />
import type { BrowserContext } from "playwright-core"
import { capturing, keepCaptures } from "./support/captures.js"
import { expect, test } from "./support/fixtures.js"
import { openGuest, openHost, type Person, setHidden } from "./support/people.js"
import { aStranger } from "./support/strangers.js"

const write = async (person: Person, text: string) => {
  await person.panel("Chat")
  await person.page.getByLabel("Message to everyone").fill(text)
  await person.page.keyboard.press("Enter")
}
const log = (person: Person) => person.page.getByRole("log")

/** Keeps the pitches of the tones that a page plays to its loudspeaker. */
const keepChimes = (context: BrowserContext) =>
  context.addInitScript(() => {
    const chimes: Array<number> = []
    Object.assign(globalThis, { chimes })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      chimes.push(Math.round(this.frequency.value))
      start.call(this, when)
    }
  })
const chimesOf = (person: Person) =>
  person.page.evaluate(() => {
    const { chimes = [] }: { chimes?: Array<number> } = Object(globalThis)
    return chimes.splice(0)
  })

/** Chooses who reads what this person writes. */
const writeTo = async (person: Person, reader: string | RegExp, text: string) => {
  await person.panel("Chat")
  const picker = person.page.getByLabel("To", { exact: true })
  await picker.selectOption({ label: await picker.locator("option", { hasText: reader }).innerText() })
  await person.page.getByLabel(/^Message to/).fill(text)
  await person.page.keyboard.press("Enter")
}

/** What the browser says of requests that the service refuses. */
const refused = /status of (401|403)/

test("a waiting room lets in whom the host admits, and a lock nobody new", async ({ expected, open, room, server }) => {
  expected.push(refused)
  const host = await openHost(open, server.url, room, keepChimes)
  const people = await host.panel("People")
  await people.getByLabel("Waiting room").click()
  const ada = await openGuest(open, server.url, room, "Ada")
  const [eve] = await Promise.all([
    openGuest(open, server.url, room, "Eve"),
    // The list shows who knocks, and says nothing aloud.
    host.page.locator("[aria-live]").filter({ hasText: "Eve is waiting" }).first().waitFor({ state: "attached" })
  ])
  await ada.page.getByRole("status").getByText("You are in the waiting room").waitFor()
  expect(await host.page.getByRole("figure").count()).toBe(0)
  await host.button("Let Ada in").click()
  await host.sees("Ada")

  // A closed panel is no reason to leave somebody outside.
  await people.getByRole("button", { name: "Close" }).click()
  await host.page.locator("span").filter({ hasText: "Eve is waiting" }).waitFor()
  await host.button("Refuse Eve").click()
  await eve.page.getByRole("status").getByText("The host does not let you in").waitFor()

  // However many knock, they are one line, hardly a sound, and one press.
  await chimesOf(host)
  const crowd = Array.from({ length: 8 }, () => aStranger(server.url, room))
  expect(await Promise.all(crowd.map(({ knock }) => knock()))).toEqual(crowd.map(() => 200))
  await host.page.getByText("8 people are waiting").waitFor()
  expect((await chimesOf(host)).length).toBeLessThan(crowd.length)
  await host.button("Refuse all").click()
  await host.page.getByText(/waiting$/).waitFor({ state: "detached" })
  await expect.poll(() => crowd[0]?.knock()).toBe(403)
  await host.sees("Ada")

  await host.panel("People")
  await people.getByLabel("Waiting room").click()
  await people.getByLabel("Lock the room").click()
  await expect.poll(() => people.getByLabel("Lock the room").isChecked()).toBe(true)
  const late = await openGuest(open, server.url, room, "Late")
  await late.page.getByRole("status").getByText("The room is locked").waitFor()
  await people.getByLabel("Lock the room").click()
  await expect.poll(() => people.getByLabel("Lock the room").isChecked()).toBe(false)
  await late.button("Try again").click()
  await host.sees("Late")
})

/** How many RTCPeerConnections the page has made. */
const connectionsOf = (person: Person) =>
  person.page.evaluate(() => {
    const { connections = [] }: { connections?: Array<unknown> } = Object(globalThis)
    return connections.length
  })

test("a stranger's flood of offers makes a connection in 2 s at the host, and the next guest is seen", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const before = await connectionsOf(host)
  const begun = performance.now()
  await aStranger(server.url, room).flood(60)
  // The first is answered at once, and the last when its time has come.
  await expect.poll(async () => (await connectionsOf(host)) - before).toBeGreaterThan(1)
  const seconds = (performance.now() - begun) / 1000
  expect((await connectionsOf(host)) - before).toBeLessThanOrEqual(2 + seconds / 2)
  await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
})

test("everybody reads the chat, a raised hand is seen and lowered, and a guest is muted and put out", async ({
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

  await write(ada, "Good morning")
  await grace.page.getByRole("button", { name: "Chat (1)" }).click()
  await log(grace).getByText("Good morning").waitFor()
  await log(grace).getByText("Ada").waitFor()
  await write(host, "<b>Welcome</b>")
  for (const person of [ada, grace]) await log(person).getByText("<b>Welcome</b>").waitFor()
  await log(ada).getByText("You").waitFor()
  expect(await log(ada).getByText("Good morning").count()).toBe(1)
  expect(await log(host).locator("p").count()).toBe(2)

  // Whoever reads what is above is left there, until they write themselves.
  const above = () => log(grace).evaluate(({ scrollTop }) => scrollTop)
  await write(ada, "and so on ".repeat(90))
  await expect.poll(above).toBeGreaterThan(0)
  await log(grace).evaluate((element) => element.scrollTo({ top: 0 }))
  await write(ada, "Next")
  await log(grace).getByText("Next").waitFor()
  expect(await above()).toBe(0)
  await write(grace, "Agreed")
  await expect.poll(above).toBeGreaterThan(0)

  await ada.button("Raise hand").click()
  await host.figure("Ada").getByRole("button", { name: "Lower Ada’s hand" }).click()
  await ada.page.getByText("The host has lowered your hand").waitFor()
  await ada.button("Raise hand").waitFor()

  await host.panel("People")
  await host.button("Mute Grace").click()
  await grace.page.getByText("The host has muted you").waitFor()
  await grace.button("Unmute").waitFor()
  await host.figure("Grace").getByRole("img", { name: "Microphone off" }).waitFor()

  await host.button("Remove Grace").click()
  await host.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click()
  await host.figure("Grace").waitFor({ state: "detached" })
  await grace.page.getByRole("status").getByText("The host has removed you").waitFor()
  await expect.poll(() => capturing(grace.page)).toEqual([])
  // A reload joins nothing by itself, and a press finds the door closed.
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
  expect(await host.page.getByRole("figure").count()).toBe(0)
  expect(await host.page.getByLabel("Lock the room").isChecked()).toBe(true)
})

test("the chat keeps what was written for those who come later, and what is for one from all others", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  await host.panel("Chat")
  await write(ada, "See https://example.org/a_(b), please")
  const link = log(host).getByRole("link", { name: "https://example.org/a_(b)", exact: true })
  await link.waitFor()
  expect(await link.getAttribute("rel")).toBe("noopener noreferrer")
  expect(await link.getAttribute("target")).toBe("_blank")
  await writeTo(host, /^.?Ada.? alone$/, "Between us")
  await log(host).getByText("Only to Ada").waitFor()
  await log(ada).getByText("Only to you").waitFor()
  await writeTo(ada, "The host alone", "Understood")
  await log(ada).getByText("Only to the host").waitFor()
  await log(host).getByText("Understood").waitFor()

  // Whoever calls itself the host is not marked as one.
  await ada.page.getByLabel("To", { exact: true }).selectOption({ label: "Everyone" })
  const eve = await openGuest(open, server.url, room, "Host")
  await host.sees("Host")
  await write(eve, "I am the host")
  await write(ada, "Says who?")
  await eve.panel("Chat")
  await log(eve).getByText("Says who?").waitFor()
  expect(await log(eve).locator("p").allInnerTexts()).toEqual([
    expect.stringContaining("https://example.org/a_(b)"),
    expect.stringContaining("I am the host"),
    expect.stringContaining("Says who?")
  ])
  const line = (text: string) => log(ada).locator("p", { hasText: text })
  await line("I am the host").waitFor()
  expect(await line("I am the host").getByText("Host", { exact: true }).count()).toBe(1)
  expect(await line("Between us").getByText("Host", { exact: true }).count()).toBe(2)

  const people = await host.panel("People")
  expect(await people.getByText("Host", { exact: true }).count()).toBe(3)
  expect(await people.getByRole("listitem").filter({ hasText: "Host" }).allInnerTexts()).toEqual(["Host"])

  // A reload of either page loses nothing, and repeats nothing.
  await host.panel("Chat")
  await host.page.getByLabel(/^Message to/).fill("Not sent yet")
  // A channel that takes a message along when it breaks.
  await ada.page.evaluate(() => {
    const send = RTCDataChannel.prototype.send
    RTCDataChannel.prototype.send = new Proxy(send, {
      apply: (target, channel, [text]) => {
        if (String(text).includes("Lost on the way")) RTCDataChannel.prototype.send = send
        else Reflect.apply(target, channel, [text])
      }
    })
  })
  await write(ada, "Lost on the way")
  await log(ada).getByText("Sending…").waitFor()
  await host.page.reload()
  await host.sees("Ada")
  await log(ada).getByText("Sending…").waitFor({ state: "detached" })
  await host.panel("Chat")
  expect(await host.page.getByLabel(/^Message to .?Ada.? alone$/).inputValue()).toBe("Not sent yet")
  expect(await log(host).locator("p").count()).toBe(6)
  expect(await log(host).getByText("Lost on the way").count()).toBe(1)
  await ada.page.reload()
  await host.sees("Ada")
  await ada.panel("Chat")
  await expect.poll(() => log(ada).locator("p").count()).toBe(6)
  await writeTo(host, "Everyone", "Back again")
  await log(ada).getByText("Back again").waitFor()
  expect(await log(ada).locator("p").count()).toBe(7)
})

test("a host who looks elsewhere hears and reads who comes, waits, raises a hand and writes", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, keepChimes)
  const ada = await openGuest(open, server.url, room, "Ada", { as: keepChimes })
  await expect.poll(() => chimesOf(host)).toEqual([523, 784])
  await expect.poll(() => host.page.title()).toMatch(/^.?Ada.? has arrived · /)
  await host.sees("Ada")
  const grace = await openGuest(open, server.url, room, "Grace")
  await host.sees("Grace")
  await expect.poll(() => chimesOf(host)).toEqual([523, 784])

  await setHidden(host.page, true)
  await grace.button("Raise hand").click()
  await expect.poll(() => chimesOf(host)).toEqual([659, 880, 1047])
  await ada.button("Raise hand").click()
  await expect.poll(() => chimesOf(host)).toEqual([659, 880, 1047])
  await write(ada, "Hello")
  await expect.poll(() => chimesOf(host)).toEqual([698])
  expect(await host.page.title()).toMatch(/^\(3\) .?Ada.? has written · /)
  await setHidden(host.page, false)
  await expect.poll(() => host.page.title(), { timeout: 10_000 }).toMatch(/^\(3\) [^·]*, 2 guests · /)

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
  expect(await host.button("Mute all").isDisabled()).toBe(true)

  await people.getByLabel("Waiting room").click()
  await openGuest(open, server.url, room, "Eve")
  await expect.poll(() => chimesOf(host)).toEqual([330, 330])
  await expect.poll(() => host.page.title()).toMatch(/^\(2\) /)
  expect(await host.page.title()).toContain("2 guests")

  // Others hear who writes, who writes hears nothing of it, and whoever wants silence has it.
  await (await ada.panel("Chat")).getByRole("button", { name: "Close" }).click()
  await chimesOf(ada)
  await write(grace, "And me")
  await expect.poll(() => chimesOf(ada)).toEqual([698])
  await write(ada, "And I")
  await expect.poll(() => host.page.title()).toMatch(/^\(4\) /)
  expect(await chimesOf(ada)).toEqual([])
  await (await host.panel("Settings")).getByLabel("Sounds", { exact: true }).click()
  await chimesOf(host)
  await write(grace, "Quiet now")
  await expect.poll(() => host.page.title()).toMatch(/^\(5\) /)
  expect(await chimesOf(host)).toEqual([])
})
