/** What people write to each other in the room. */
import { expect, test } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"

const log = (person: Person) => person.page.getByRole("log")

/** Chooses the recipient of what this person writes, and writes it. */
const writeTo = async (person: Person, recipient: string | RegExp, text: string) => {
  await person.panel("Chat")
  const picker = person.page.getByLabel("To", { exact: true })
  await picker.selectOption({ label: await picker.locator("option", { hasText: recipient }).innerText() })
  await person.write(text)
}

test("everybody reads the chat, as text, and somebody who has scrolled up stays there", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  const grace = await openGuest(open, server.url, room, "Grace")
  await host.sees("Ada")
  await host.sees("Grace")

  await ada.write("Good morning")
  await grace.page.getByRole("button", { name: "Chat (1)" }).click()
  await log(grace).getByText("Good morning").waitFor()
  await log(grace).getByText("Ada").waitFor()
  await host.write("<b>Welcome</b>")
  for (const person of [ada, grace]) await log(person).getByText("<b>Welcome</b>").waitFor()
  await log(ada).getByText("You").waitFor()
  expect(await log(ada).getByText("Good morning").count()).toBe(1)
  expect(await log(host).locator("p").count()).toBe(2)

  // Until they write themselves.
  const above = () => log(grace).evaluate(({ scrollTop }) => scrollTop)
  await ada.write("and so on ".repeat(90))
  await expect.poll(above).toBeGreaterThan(0)
  // The scroll event comes with the next frame.
  await log(grace).evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        element.addEventListener("scroll", () => resolve(), { once: true })
        element.scrollTo({ top: 0 })
      })
  )
  await ada.write("Next")
  await log(grace).getByText("Next").waitFor()
  expect(await above()).toBe(0)
  await grace.write("Agreed")
  await expect.poll(above).toBeGreaterThan(0)
})

test("the chat is kept for those who come later, and private lines from all others", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  await host.panel("Chat")
  await ada.write("See https://example.org/a_(b), please")
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

  // A guest who is named Host gets a number, and is not marked as the host.
  await ada.page.getByLabel("To", { exact: true }).selectOption({ label: "Everyone" })
  const eve = await openGuest(open, server.url, room, "Host")
  await host.sees("Host (2)")
  await eve.write("I am the host")
  // Each comes over its own connection, and so in any order.
  await log(ada).getByText("I am the host").waitFor()
  await ada.write("Says who?")
  await eve.panel("Chat")
  await log(eve).getByText("Says who?").waitFor()
  expect(await log(eve).locator("p").allInnerTexts()).toEqual([
    expect.stringContaining("https://example.org/a_(b)"),
    expect.stringContaining("I am the host"),
    expect.stringContaining("Says who?")
  ])
  const line = (text: string) => log(ada).locator("p", { hasText: text })
  expect(await line("I am the host").getByText("Host (2)", { exact: true }).count()).toBe(1)
  expect(await line("I am the host").getByText("Host", { exact: true }).count()).toBe(0)
  expect(await line("Between us").getByText("Host", { exact: true }).count()).toBe(2)

  const people = await host.panel("People")
  expect(await people.getByText("Host", { exact: true }).count()).toBe(3)
  expect(await people.getByRole("listitem").filter({ hasText: "Host" }).allInnerTexts()).toEqual([
    expect.stringMatching(/^Host\s+\(2\)$/)
  ])

  // A reload of either page loses nothing, and repeats nothing.
  await host.panel("Chat")
  await host.page.getByLabel(/^Message to/).fill("Not sent yet")
  // A channel that loses a message as it breaks.
  await ada.page.evaluate(() => {
    const send = RTCDataChannel.prototype.send
    RTCDataChannel.prototype.send = new Proxy(send, {
      apply: (target, channel, [text]) => {
        if (String(text).includes("Lost on the way")) RTCDataChannel.prototype.send = send
        else Reflect.apply(target, channel, [text])
      }
    })
  })
  await ada.write("Lost on the way")
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
