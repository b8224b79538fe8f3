import { capturing, keepCaptures } from "./support/captures.js"
import { expect, test } from "./support/fixtures.js"
import { unreachable } from "./support/network.js"
import { openGuest, openHost, Person } from "./support/people.js"

/** A reset makes tokens unknown, and the browser logs each such answer to the console. */
const reset = /status of 401/

const guests = (host: Person) => host.page.getByRole("figure")

test("two guests arrive at the host with moving pictures, and one who leaves is gone", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await openGuest(open, server.url, room, "Grace")
  await host.sees("Ada")
  await host.sees("Grace")

  await ada.button("Leave").click()
  await host.figure("Ada").waitFor({ state: "detached" })
  await host.sees("Grace")
  expect(await guests(host).count()).toBe(1)
})

test("a guest who comes before the host is connected when the host starts", async ({
  expected,
  open,
  room,
  server
}) => {
  expected.push(reset)
  await openGuest(open, server.url, room, "Early")
  const host = await openHost(open, server.url, room)
  await host.sees("Early")
})

test("another camera takes over within the call", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  const before = await ada.camera()
  await ada.panel("Settings")
  const picker = ada.page.getByLabel("Camera", { exact: true })
  const other = await picker.locator("option", { hasText: "fake_device_2" }).innerText()
  await picker.selectOption({ label: other })
  await expect.poll(() => ada.camera()).toBe(other)
  expect(before).not.toBe(other)
  await host.sees("Ada")
})

test("after Start afresh, confirmed, the guests are back by themselves", async ({ expected, open, room, server }) => {
  expected.push(reset)
  const host = await openHost(open, server.url, room)
  await openGuest(open, server.url, room, "Ada")
  await openGuest(open, server.url, room, "Grace")
  await host.sees("Ada")
  await host.sees("Grace")
  const first = await host.figure("Ada").elementHandle()

  await host.afresh()
  const question = host.page.getByRole("dialog")
  await question.getByRole("button", { name: "Cancel" }).click()
  await host.sees("Ada")

  await host.afresh()
  await question.getByRole("button", { name: "Begin a new session" }).click()
  await first?.waitForElementState("hidden")
  await host.sees("Ada")
  await host.sees("Grace")
  expect(await guests(host).count()).toBe(2)
})

test("a host who reloads has the guests again", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room)
  await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  await host.page.reload()
  await host.button("Leave").waitFor()
  await host.sees("Ada")
  expect(await guests(host).count()).toBe(1)
})

test("the default room is one room with one key, whether its address names it or not", async ({ open, server }) => {
  const host = await openHost(open, server.url, "main")
  await host.page.goto(`${server.url}/host`)
  // The page resumes the room, as after a reload.
  await host.button("Leave").waitFor()
  const keys = () => Object.keys(localStorage).filter((name) => name.includes("host-key"))
  expect(await host.page.evaluate(keys)).toEqual(["cf-video-conference:host-key:"])
})

test("a guest who reloads is in again without a press, and keeps one place", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  await ada.page.reload()
  await ada.button("Leave").waitFor()
  await expect.poll(() => ada.camera()).toBeTruthy()
  await host.sees("Ada")
  await expect.poll(() => guests(host).count()).toBe(1)
})

test("a call that may use only the relay goes through coturn", async ({ open, relayed, room }) => {
  const host = await openHost(open, relayed.url, room)
  const ada = await openGuest(open, relayed.url, room, "Ada", { forced: { iceTransportPolicy: "relay" } })
  await host.sees("Ada")
  expect((await ada.path())[0]).toBe("relay")
})

test("a call goes on while the service is away, and new guests come once it is back", async ({
  expected,
  open,
  room,
  server
}) => {
  expected.push(unreachable)
  const host = await openHost(open, server.url, room)
  await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  try {
    await server.stop()
    await host.sees("Ada")
  } finally {
    // Other tests use the same server.
    await server.resume()
  }
  await openGuest(open, server.url, room, "Grace")
  await host.sees("Grace")
  await host.sees("Ada")
})

test("another browser cannot take a room that has a host", async ({ expected, open, room, server }) => {
  expected.push(/409/)
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  const intruder = await open(`${server.url}/host?room=${room}`)
  await intruder.getByRole("button", { name: "Start Listening" }).click()
  await intruder.getByText("This room has another host").first().waitFor()
  await host.sees("Ada")
  expect(await ada.button("Leave").isVisible()).toBe(true)
})

test("a second window takes the room over, and every guest goes with it", async ({ expected, open, room, server }) => {
  expected.push(reset)
  const first = await openHost(open, server.url, room)
  await openGuest(open, server.url, room, "Ada")
  await openGuest(open, server.url, room, "Grace")
  await first.sees("Ada")
  await first.sees("Grace")
  // After a reload the window answers both guests at once.
  await first.page.reload()
  await first.sees("Ada")
  await first.sees("Grace")
  const tiles = await guests(first).allTextContents()
  expect(tiles.map((text) => ["Ada", "Grace"].find((name) => text.includes(name)))).toEqual(["Ada", "Grace"])

  const second = new Person(await first.page.context().newPage())
  await second.page.goto(first.page.url())
  await second.button("Start Listening").click()
  const question = second.page.getByRole("dialog", { name: "Take over?" })
  await question.getByRole("button", { name: "Take over" }).click()
  await second.sees("Ada")
  await second.sees("Grace")
  await first.page.getByText("Opened in another window").first().waitFor()
})

test("after a session was ended its guests call nobody by themselves, whoever claims the room next", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada", { as: keepCaptures })
  await host.sees("Ada")
  await host.end()
  await ada.page.getByText("This conference has ended").waitFor()
  await expect.poll(() => capturing(ada.page)).toEqual([])
  // No button is left that would do nothing.
  for (const name of ["Settings", "Chat", "People"]) await ada.button(name).waitFor({ state: "detached" })

  const stranger = await openHost(open, server.url, room)
  await stranger.page.getByText("Nobody is here yet").waitFor()
  await ada.button("Join again").click()
  await stranger.sees("Ada")
  await stranger.end()
  await ada.page.getByText("This conference has ended").waitFor()
  await stranger.button("Start Listening").click()
  await stranger.page.getByText("Nobody is here yet").waitFor()
  await ada.page.reload()
  await ada.button("Join").waitFor()
  expect(await stranger.page.getByRole("figure").count()).toBe(0)
  await ada.button("Join").click()
  await stranger.sees("Ada")
})

test("a link's host key is stored in a browser only if its host agrees", async ({ expected, open, room, server }) => {
  expected.push(/409/)
  const host = await openHost(open, server.url, room)
  const key = "k".repeat(43)
  const link = `${server.url}/host?room=${room}#key=${key}`
  const page = await host.page.context().newPage()
  await page.goto(link)
  const question = page.getByRole("dialog", { name: "Use the host key of this link?" })
  await question.waitFor()
  expect(page.url()).not.toContain("key")
  await question.getByRole("button", { name: "Cancel" }).click()
  await page.close()
  await host.page.reload()
  await host.button("Leave").waitFor()

  const other = await open(link)
  await other.getByRole("dialog").getByRole("button", { name: "Use this key" }).click()
  await other.getByRole("button", { name: "Start Listening" }).click()
  await other.getByText("This room has another host").first().waitFor()
})
