/** Strangers who want the cameras of guests whose session is over get nothing. */
import { randomBytes } from "node:crypto"
import { describe } from "vitest"
import { capturing, keepCaptures } from "./support/captures.js"
import { test } from "./support/fixtures.js"
import { layWire } from "./support/network.js"
import { openGuest, openHost } from "./support/people.js"

/** A token of an ended session answers 410, which the browser logs to the console. */
const over = /status of 410/

const secret = () => randomBytes(32).toString("base64url")

/** A host over the API only, with a key of its own: tries to claim the room until it is free. */
const makeStranger = (url: string, room: string) => {
  const token = secret()
  const hostKey = secret()
  const claim = async () => {
    while (true) {
      const answer = await fetch(`${url}/signaling`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ type: "join", role: "host", token, hostKey, room })
      })
      await answer.arrayBuffer()
      if (answer.ok) return
      // Often enough to be the first, but not so often that others cannot work.
      await new Promise((resolve) => setTimeout(resolve, answer.status === 429 ? 500 : 20))
    }
  }
  /** The types of all messages that it receives within this many seconds. */
  const hears = async (seconds: number): Promise<ReadonlyArray<string>> => {
    const types: Array<string> = []
    const until = performance.now() + seconds * 1000
    for (let after = 0; performance.now() < until; ) {
      const answer = await fetch(`${url}/messages?after=${after}&wait=1`, {
        headers: { authorization: `Bearer ${token}` }
      })
      const inbox: { messages: ReadonlyArray<{ type: string }>; cursor: number } = Object(await answer.json())
      types.push(...inbox.messages.map(({ type }) => type))
      after = inbox.cursor
    }
    return types
  }
  return { claim, hears }
}

/** In seconds. Longer than a page would wait before an offer, or before its next poll. */
const watchSeconds = 5

describe.concurrent("thefts", () => {
  test("a stranger who claims the room at the moment of its end gets neither those inside nor those who wait", async ({
    expect,
    expected,
    open,
    room,
    server
  }) => {
    expected.push(over)
    const host = await openHost(open, server.url, room)
    const ada = await openGuest(open, server.url, room, "Ada", { as: keepCaptures })
    await host.sees("Ada")
    await host.panel("People")
    await host.flip("Waiting room", true)
    const grace = await openGuest(open, server.url, room, "Grace", { as: keepCaptures })
    await grace.page.getByText("You are in the waiting room").waitFor()

    const stranger = makeStranger(server.url, room)
    const claimed = stranger.claim()
    await host.end()
    await claimed
    expect(await stranger.hears(watchSeconds)).toEqual([])
    for (const guest of [ada, grace]) {
      await guest.page.getByText("This conference has ended").first().waitFor()
      await expect.poll(() => capturing(guest.page)).toEqual([])
    }
  })

  test("a guest who was offline at the end sends nothing to the stranger who has the room since", async ({
    expect,
    expected,
    open,
    room,
    server
  }) => {
    expected.push(over, /ERR_/)
    const wire = await layWire(server.url)
    try {
      const host = await openHost(open, server.url, room)
      const ada = await openGuest(open, wire.url, room, "Ada", { as: keepCaptures })
      await host.sees("Ada")
      // The guest cannot reach the service, and the host's page closes without telling the guest.
      await wire.cut()
      const context = host.page.context()
      const ending = host.page.evaluate((room) => {
        const key = localStorage.getItem(`cf-video-conference:host-key:${room}`)
        return key
      }, room)
      const hostKey = await ending
      await context.close()
      const token = secret()
      const say = (body: object, headers: object = {}) =>
        fetch(`${server.url}/signaling`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body)
        })
      await say({ type: "join", role: "host", token, hostKey, room, resume: true })
      await say({ type: "leave", end: true }, { authorization: `Bearer ${token}` })

      const stranger = makeStranger(server.url, room)
      await stranger.claim()
      await wire.mend()
      expect(await stranger.hears(watchSeconds)).toEqual([])
      await ada.page.getByText("This conference has ended").first().waitFor()
      await expect.poll(() => capturing(ada.page)).toEqual([])
      // A reload sends nothing either: it shows the door.
      await ada.page.reload()
      await ada.button("Join").waitFor()
      expect(await stranger.hears(2)).toEqual([])
    } finally {
      await wire.close()
    }
  })

  test("a second tab asks which one to use, and the place stays one", async ({ expect, open, room, server }) => {
    const host = await openHost(open, server.url, room)
    const ada = await openGuest(open, server.url, room, "Ada")
    await host.sees("Ada")
    const tab = await ada.page.context().newPage()
    await tab.goto(`${server.url}/client?room=${room}`)
    await tab.getByRole("button", { name: "Join", exact: true }).click()
    await tab.getByText("You are in this conference in another tab").first().waitFor()
    await host.sees("Ada")
    await tab.getByRole("button", { name: "Use this tab" }).click()
    await ada.page.getByText("You joined in another window").first().waitFor()
    await host.sees("Ada")
    expect(await host.page.getByRole("figure").count()).toBe(1)
  })
})
