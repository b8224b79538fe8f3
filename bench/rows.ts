import type { D1Database } from "@cloudflare/workers-types"
import { Miniflare } from "miniflare"
import { migrate } from "../api/local/migrate.js"
import { poll, readGuest, readHost, say, secret } from "./caller.js"
import { type Cost, recordedService } from "./record.js"
import type { Row } from "./report.js"

const origin = "http://localhost"

/** Messages that a full inbox has: as many of each sender, those of the first read long ago, the others new and unread. */
const full = 9000

const fill = async (db: D1Database, inbox: string, senders: readonly [string, string]): Promise<void> => {
  const now = Date.now() * 1000
  await db.batch([
    ...senders.map((sender, which) =>
      db
        .prepare(
          `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
          INSERT INTO messages (recipient, id, sender, key, type, body, sent)
          SELECT ?, ? + i, ?, 'fill' || i, 'candidate', '{}', 4096 * i FROM n`
        )
        .bind(full / 2, inbox, which === 0 ? now - 600_000_000 : now - full, sender)
    ),
    db.prepare("UPDATE peers SET read_to = ? WHERE id = ?").bind(now - 300_000_000, inbox)
  ])
}

const empty = async (db: D1Database, inbox: string): Promise<void> => {
  await db.prepare("DELETE FROM messages WHERE recipient = ? AND key LIKE 'fill%'").bind(inbox).run()
}

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
    /** Whatever the inbox holds. */
    const send = { read: 8, written: 3 }
    const call = { to: host.peer.id, connection: "c1" }
    await ask("offer", say(origin, guestToken, { type: "offer", ...call, sdp: "v=0\r\n" }), send)
    await ask("answer", say(origin, hostToken, { type: "answer", ...call, to: guest.peer.id, sdp: "v=0\r\n" }), send)
    await ask(
      "candidates",
      say(origin, guestToken, { type: "candidate", ...call, candidates: [{ candidate: "candidate:1" }] }),
      send
    )
    await fill(db, host.peer.id, [guest.peer.id, "another"])
    const keyed = say(origin, guestToken, { type: "offer", ...call, sdp: "v=0\r\n" })
    keyed.headers.set("idempotency-key", "once")
    await ask("offer into an inbox with 9,000 messages", keyed.clone(), send)
    await ask("the same offer again", keyed, { read: 10, written: 0 })
    await empty(db, host.peer.id)
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
