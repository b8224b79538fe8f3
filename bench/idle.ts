import { openPlainD1 } from "../scripts/plainD1.js"
import { poll, readGuest, readHost, readMessages, say, secret } from "./caller.js"
import { type Cost, recordedService } from "./recordedService.js"
import type { Row } from "./report.js"

const origin = "http://localhost"
const room = "bench"
/** The longest hold, in seconds: what pages ask for. */
const hold = 25
/** A connected guest polls once in this many minutes, to keep its place. */
const keepPlace = 5
const peers = 1000

/** A poll of a peer that was unseen for this long, in milliseconds, stores that it was seen. */
const unseen = 60_000

/** The cost of a minute: requests, and what D1 counts for them. */
interface Minute extends Cost {
  readonly requests: number
}

const plus = (a: Cost, b: Cost): Cost => ({
  read: a.read + b.read,
  written: a.written + b.written,
  trips: a.trips + b.trips
})
const times = (cost: Cost, factor: number): Cost => ({
  read: cost.read * factor,
  written: cost.written * factor,
  trips: cost.trips * factor
})

/**
 * What peers cost while nothing happens. Real holds of 25 s with a bell are measured, one of which stores that its peer
 * was seen. Each way of waiting is computed from them; that storing happens once in a minute of polling.
 */
export const measureIdle = async (): Promise<ReadonlyArray<Row>> => {
  const { close, db } = await openPlainD1()
  try {
    const service = recordedService(db)
    const [hostToken, guestToken] = [secret(), secret()]
    const join = async (fields: Readonly<Record<string, unknown>>) =>
      (await service.request(say(origin, undefined, { type: "join", room, ...fields }))).answer
    const host = await readHost(await join({ role: "host", token: hostToken, hostKey: secret() }))
    const guest = await readGuest(await join({ role: "guest", token: guestToken }))

    /** A poll that finds nothing. */
    const idle = async (token: string, after: number, wait: number): Promise<Cost> => {
      const { answer, cost } = await service.request(poll(origin, token, after, wait))
      if ((await readMessages(answer)).messages.length > 0) throw new Error("The inbox was not empty.")
      return cost
    }
    const { cursor } = await readMessages((await service.request(poll(origin, hostToken, host.cursor))).answer)
    // Stores how far the host has read, so that no later poll does.
    await idle(hostToken, cursor, 0)
    const onePoll = await idle(hostToken, cursor, 0)
    const held = await idle(hostToken, cursor, hold)
    service.pass(unseen)
    const seen = plus(await idle(hostToken, cursor, hold), times(held, -1))
    await idle(guestToken, guest.cursor, 0)
    service.pass(keepPlace * 60_000)
    const kept = await idle(guestToken, guest.cursor, 0)

    const ways: ReadonlyArray<readonly [string, Minute]> = [
      ["waiting host", { ...plus(times(held, 60 / hold), seen), requests: 60 / hold }],
      ["connected guest", { ...times(kept, 1 / keepPlace), requests: 1 / keepPlace }],
      ["one-second polling", { ...plus(times(onePoll, 60), seen), requests: 60 }]
    ]
    return [
      { name: `a hold of ${hold} s: round trips`, value: held.trips, unit: "trips", budget: 3 },
      ...ways.flatMap(
        ([way, { read, requests, trips, written }]): ReadonlyArray<Row> => [
          { name: `${way}, a minute: requests`, value: requests, unit: "requests" },
          {
            name: `${way}, a minute: round trips`,
            value: trips,
            unit: "trips",
            budget: way === "waiting host" ? 8 : undefined
          },
          { name: `${way}, a minute: rows read`, value: read, unit: "rows" },
          { name: `${way}, a minute: rows written`, value: written, unit: "rows" },
          { name: `${way}, ${peers} of them, a second: requests`, value: (requests * peers) / 60, unit: "requests" },
          { name: `${way}, ${peers} of them, a second: round trips`, value: (trips * peers) / 60, unit: "trips" },
          { name: `${way}, ${peers} of them, a day: rows read`, value: read * peers * 1440, unit: "rows" }
        ]
      )
    ]
  } finally {
    await close()
  }
}
