import { randomUUID } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as later } from "node:timers/promises"
import type { Browser } from "playwright-core"
import { certificateFor } from "../scripts/certificate.js"
import { Server } from "../scripts/Server.js"
import { Bridge, type Home } from "./networks/Bridge.js"
import { Caller } from "./networks/Caller.js"
import { received, secondsFrozen, secondsUntilBack, secondsUntilWide } from "./networks/samples.js"
import type { Row } from "./report.js"

/** As many as this machine can encode and decode for all callers. */
const framesPerSecond = 10
/** A call's quality has settled by then, in milliseconds. */
const settled = 15_000
/** How long a call is watched after a change of network, in milliseconds. */
const patience = 20_000

/** A room with the host in one home and the guests in the other. */
interface Meeting {
  readonly host: Caller
  readonly guests: ReadonlyArray<Caller>
  readonly hostHome: Home
  readonly guestHome: Home
}

/** A change of a network, and what it does to a call. Each has browsers of its own. */
type Scenario = (meeting: Meeting) => Promise<ReadonlyArray<Row>>

const roaming =
  (who: "guest" | "host"): Scenario =>
  async ({ guestHome, guests: [guest], host, hostHome }) => {
    if (guest === undefined) return []
    const before = await guest.connections()
    const since = Date.now()
    await (who === "guest" ? guestHome : hostHome).roam()
    await later(patience)
    const back = await Promise.all(
      [guest, host].map(async (page) => secondsUntilBack(await page.samples(), since, since + patience))
    )
    const name = `a ${who} changes its address`
    return [
      { name: `${name}: picture and sound are back`, value: Math.max(...back), unit: "s", budget: 4 },
      { name: `${name}: new connections`, value: (await guest.connections()) - before, unit: "connections", budget: 0 },
      { name: `${name}: pictures of guests`, value: await host.tiles(), unit: "pictures", budget: 1 }
    ]
  }

/** In milliseconds. */
const narrowFor = 40_000

const narrowGuest =
  (queue: number): Scenario =>
  async ({ guestHome, host }) => {
    const width = (await host.samples()).at(-1)?.width ?? 0
    const since = Date.now()
    await guestHome.narrow(250, queue)
    await later(narrowFor)
    await guestHome.widen()
    const end = Date.now()
    // If the picture is not back at its width by then, the whole time counts: twice the budget.
    await host.seesWide(width, 30_000).catch(() => undefined)
    const samples = await host.samples()
    const name = `a guest sends 250 kbit/s for 40 s, ${queue} ms queue`
    return [
      { name: `${name}: frozen`, value: secondsFrozen(samples, since, end), unit: "s", budget: 1.5 },
      { name: `${name}: until full size`, value: secondsUntilWide(samples, width, end), unit: "s", budget: 15 }
    ]
  }

const narrowHost: Scenario = async ({ guests, hostHome }) => {
  const since = Date.now()
  await hostHome.narrow(800, 240)
  await later(narrowFor / 2)
  await hostHome.widen()
  const got = await Promise.all(
    guests.map(async (guest) => received(await guest.samples(), since + 1000, since + narrowFor / 2))
  )
  const name = "a host sends 800 kbit/s to 3 guests"
  return [
    ...got.flatMap(({ frames, kbits, width }, index): ReadonlyArray<Row> => {
      const one = `${name}: guest ${index + 1}`
      return [
        { name: `${one} gets`, value: kbits, unit: "kbit/s" },
        { name: `${one} sees, wide`, value: width, unit: "pixels" },
        { name: `${one} sees, each second`, value: frames, unit: "frames" }
      ]
    }),
    {
      name: `${name}: sound concealed`,
      value: Math.max(...got.map(({ concealed }) => concealed)),
      unit: "%",
      budget: 2
    }
  ]
}

/** Runs a scenario in a call of its own, with a host in one home and `count` guests in the other. */
const happen = async (run: Scenario, count: number, homes: readonly [Home, Home], url: string, directory: string) => {
  const [hostHome, guestHome] = homes
  const browsers: Array<Browser> = []
  const open = async (home: Home) => {
    const browser = await home.browser(directory, framesPerSecond)
    browsers.push(browser)
    return browser
  }
  try {
    const room = randomUUID()
    const host = await Caller.host(await open(hostHome), url, room)
    const elsewhere = await open(guestHome)
    const guests: Array<Caller> = []
    for (let guest = 1; guest <= count; guest++) {
      guests.push(await Caller.guest(elsewhere, url, room, `Guest ${guest}`))
    }
    await later(settled)
    return await run({ host, guests, hostHome, guestHome })
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()))
  }
}

/** Real browsers in network namespaces, with the built product on this machine. Needs a build, Linux and root. */
const measure = async (scenarios: ReadonlyArray<{ readonly guests: number; readonly run: Scenario }>) => {
  const directory = await mkdtemp(join(tmpdir(), "bench-"))
  const bridge = await Bridge.build()
  try {
    const { address } = bridge
    const lan = { address, others: [], certificate: await certificateFor([address], directory) }
    const server = await Server.start({ vars: {}, state: directory, port: 0, lan, print: () => undefined })
    try {
      const rows: Array<Row> = []
      for (const { guests, run } of scenarios) {
        rows.push(...(await happen(run, guests, bridge.homes, server.url, directory)))
      }
      return rows
    } finally {
      await server.stop()
    }
  } finally {
    await bridge.remove()
    await rm(directory, { recursive: true, force: true })
  }
}

/** What a change of network does to a call. */
export const measureRoaming = (): Promise<ReadonlyArray<Row>> =>
  measure([
    { guests: 1, run: roaming("guest") },
    { guests: 1, run: roaming("host") }
  ])

/** What narrow links do to a call. */
export const measureNarrow = (): Promise<ReadonlyArray<Row>> =>
  measure([
    { guests: 1, run: narrowGuest(140) },
    { guests: 1, run: narrowGuest(300) },
    { guests: 3, run: narrowHost }
  ])
