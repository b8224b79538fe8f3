import type { Page } from "playwright-core"
import { describe } from "vitest"
import type { Server } from "../scripts/Server.js"
import { type Laptop, openLaptop } from "./support/browser.js"
import { test as base, expect, stunNowhere, withServer } from "./support/fixtures.js"
import { type Breakable, layWire, mediaOf, outage, together, unreachable, type Wire } from "./support/network.js"
import { openGuest, openHost, Person } from "./support/people.js"

interface Fixtures {
  readonly laptop: Laptop
  /** The built product, with a relay that refuses everybody and is the only path. */
  readonly refusing: Server
  /** Lays a wire to a service. */
  readonly wireTo: (service: string) => Promise<Wire>
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  laptop: async ({}, use) => {
    const laptop = await openLaptop()
    await use(laptop)
    await laptop.close()
  },
  refusing: [
    async ({ coturn }, use) =>
      withServer({ ...stunNowhere, ...coturn.vars, TURN_SECRET: "another-secret", ICE_POLICY: "relay" }, use),
    { scope: "file" }
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  wireTo: async ({}, use) => {
    const wires: Array<Wire> = []
    await use(async (service) => {
      const wire = await layWire(service)
      wires.push(wire)
      return wire
    })
    await Promise.all(wires.map((wire) => wire.close()))
  }
})

/** A guest whose media can be taken away. */
const openBreakable = async (...[open, url, room, name]: Parameters<typeof openGuest>) => {
  const made: Array<Breakable> = []
  const before = async (page: Page) => made.push(await mediaOf(page))
  const guest = await openGuest(open, url, room, name, { before, forced: { iceServers: [] } })
  return { guest, media: together(...made) }
}

/** Ends a page as a crash does: it sends nothing more. */
const crash = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent("crash")
  // Nothing answers, because the page is gone.
  session.send("Page.crash").catch(() => undefined)
  await crashed
}

/** Counts the joins that a page sends from now on. */
const countJoins = (page: Page) => {
  let count = 0
  page.on("request", (request) => {
    if (request.method() === "POST" && /"type":"join"/.test(request.postData() ?? "")) count++
  })
  return () => count
}

/** Waits until the host sees a guest's picture move, which may take this many seconds from `since` on. */
const seesWithin = async (host: Person, name: string, seconds: number, since: number) => {
  await host.sees(name)
  const took = (performance.now() - since) / 1000
  expect(took).toBeLessThan(seconds)
}

/**
 * Cuts what carries Ada's picture for `seconds`: it stands still meanwhile, and moves again within `within` seconds.
 */
const outlives = async (host: Person, broken: Breakable, seconds: number, within: number) => {
  const pause = await host.watch("Ada")
  await seesWithin(host, "Ada", within, await outage(broken, seconds))
  expect(await pause()).toBeGreaterThan(seconds - 2)
}

// Five run at once: the slowest begins first.
describe.concurrent("a guest who cannot be helped", () => {
  test("a relay that refuses is named, with a way to try again", async ({ open, refusing, room }) => {
    await openHost(open, refusing.url, room)
    const guest = await openGuest(open, refusing.url, room, "Ada")
    const status = guest.page.getByRole("status")
    await status.getByText("The relay does not let this call through").waitFor({ timeout: 60_000 })
    await guest.button("Try again").click()
    await status.getByText("Connecting…").waitFor()
  })
})

describe.concurrent("a call recovers by itself", () => {
  test("while the service is out of reach for 30 s, media goes on, and a guest who came meanwhile is connected after", async ({
    expected,
    open,
    room,
    server,
    wireTo
  }) => {
    expected.push(unreachable)
    const wire = await wireTo(server.url)
    const host = await openHost(open, wire.url, room)
    await openGuest(open, wire.url, room, "Ada")
    await host.sees("Ada")
    const pause = await host.watch("Ada")
    const mended = await outage(wire, 30, async () => {
      await openGuest(open, server.url, room, "Grace")
      // Checked before the end: the host may learn of her the moment that the wire is mended.
      expect(await host.figure("Grace").count()).toBe(0)
    })
    // A busy machine may also draw nothing for some seconds; the outage was longer.
    expect(await pause()).toBeLessThan(10)
    await seesWithin(host, "Grace", 30, mended)
    await host.sees("Ada")
  })

  test("when media is lost for 20 s, and reports what it does", async ({ open, room, server }) => {
    const host = await openHost(open, server.url, room)
    const { guest, media } = await openBreakable(open, server.url, room, "Ada")
    await host.sees("Ada")
    const heard = await guest.listen()
    await outlives(host, media, 20, 15)
    await guest.page.getByRole("status").getByText("Live").waitFor()
    const said = (await heard()).join("\n")
    expect(said).toContain("Looking for a new way through the network.")
  })

  test("when a guest loses the whole network for 20 s", async ({ expected, open, room, server, wireTo }) => {
    expected.push(unreachable)
    const wire = await wireTo(server.url)
    const host = await openHost(open, server.url, room)
    const { guest, media } = await openBreakable(open, wire.url, room, "Ada")
    await host.sees("Ada")
    await outlives(host, together(media, wire), 20, 30)
    await guest.page.getByRole("status").getByText("Live").waitFor()
  })

  test("when a guest's laptop sleeps for 20 s", async ({ laptop, open, room, server }) => {
    const host = await openHost(open, server.url, room)
    const guest = await openGuest(open, server.url, room, "Ada", { on: laptop.browser })
    await host.sees("Ada")
    await outlives(host, laptop, 20, 30)
    await guest.page.getByRole("status").getByText("Live").waitFor()
  })

  test("when media is lost for 10 s, in the same place", async ({ open, room, server }) => {
    const host = await openHost(open, server.url, room)
    const { guest, media } = await openBreakable(open, server.url, room, "Ada")
    await host.sees("Ada")
    const joins = countJoins(guest.page)
    await outlives(host, media, 10, 15)
    await guest.page.getByRole("status").getByText("Live").waitFor()
    expect(joins()).toBe(0)
  })

  test("when the relay hangs for 10 s", async ({ coturn, open, relayed, room }) => {
    const host = await openHost(open, relayed.url, room)
    const guest = await openGuest(open, relayed.url, room, "Ada", { forced: { iceTransportPolicy: "relay" } })
    await host.sees("Ada")
    await outlives(host, coturn, 10, 20)
    await guest.page.getByRole("status").getByText("Live").waitFor()
    expect((await guest.path())[0]).toBe("relay")
  })
})

describe.concurrent("a host who is away", () => {
  test("whose page crashes has the guests back in the next page of that browser", async ({ open, room, server }) => {
    const host = await openHost(open, server.url, room)
    const guest = await openGuest(open, server.url, room, "Ada")
    await host.sees("Ada")
    const profile = host.page.context()
    await crash(host.page)
    await guest.page.getByRole("status").getByText("you are still here").waitFor({ timeout: 60_000 })
    await guest.moves(guest.page.getByLabel("You", { exact: true }))

    const next = new Person(await profile.newPage())
    await next.page.goto(`${server.url}/host?room=${room}`)
    await next.button("Start Listening").click()
    await seesWithin(next, "Ada", 30, performance.now())
    await guest.page.getByRole("status").getByText("Live").waitFor()
    expect(await next.page.getByRole("figure").count()).toBe(1)
  })
})
