import { Miniflare } from "miniflare"
import { migrate } from "../api/local/migrate.js"
import { poll, readGuest, readHost, say, secret } from "./caller.js"
import { type Cost, recordedService } from "./record.js"
import type { Row } from "./report.js"

const origin = "http://localhost"

/** What each operation reads and writes, as D1 counts it, against the budgets of the design. */
export const measureRows = async (): Promise<ReadonlyArray<Row>> => {
  const miniflare = new Miniflare({ modules: true, script: "", d1Databases: ["DB"] })
  try {
    const db = await miniflare.getD1Database("DB")
    await migrate(db)
    const service = recordedService(db)
    const rows: Array<Row> = []
    const note = (name: string, cost: Cost, budget: { readonly read?: number; readonly written?: number } = {}) => {
      rows.push({ name: `${name}: rows read`, value: cost.read, unit: "rows", budget: budget.read })
      rows.push({ name: `${name}: rows written`, value: cost.written, unit: "rows", budget: budget.written })
      rows.push({ name: `${name}: round trips`, value: cost.trips, unit: "trips", budget: 1 })
    }
    const ask = async (
      name: string,
      request: Request,
      budget?: { readonly read?: number; readonly written?: number }
    ) => {
      const { answer, cost } = await service.request(request)
      if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
      note(name, cost, budget)
      return answer
    }
    const room = "bench"
    const [hostToken, guestToken] = [secret(), secret()]
    const hostJoin = { type: "join", role: "host", token: hostToken, hostKey: secret(), room }
    const host = await readHost(await ask("host joins", say(origin, undefined, hostJoin)))
    const guestJoin = { type: "join", role: "guest", token: guestToken, room, name: "Ada" }
    const guest = await readGuest(await ask("guest joins", say(origin, undefined, guestJoin)))
    await ask("guest joins again", say(origin, undefined, guestJoin))
    // Messages of the last two minutes in the inbox count towards a send: the two joins here.
    const send = { read: 8, written: 1 }
    const call = { to: host.peer.id, connection: "c1" }
    await ask("offer", say(origin, guestToken, { type: "offer", ...call, sdp: "v=0\r\n" }), send)
    await ask("answer", say(origin, hostToken, { type: "answer", ...call, to: guest.peer.id, sdp: "v=0\r\n" }), {
      read: 6,
      written: 1
    })
    await ask(
      "candidates",
      say(origin, guestToken, { type: "candidate", ...call, candidates: [{ candidate: "candidate:1" }] }),
      { read: 9, written: 1 }
    )
    await ask("poll with messages", poll(origin, hostToken, 0))
    await ask("idle poll", poll(origin, guestToken, Number.MAX_SAFE_INTEGER), { read: 3, written: 0 })
    await ask("guest leaves", say(origin, guestToken, { type: "leave" }))
    await ask("host starts afresh", say(origin, undefined, { ...hostJoin, token: secret() }))
    note("cleanup, nothing to do", (await service.cleanup()).cost)
    return rows.filter(({ name }) => !(name.startsWith("cleanup") && name.endsWith("round trips")))
  } finally {
    await miniflare.dispose()
  }
}
