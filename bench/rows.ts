import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types"
import { openPlainD1 } from "../scripts/plainD1.js"
import { heldPoll, meeting, notingPoll, walk } from "./kinds.js"
import { type Cost, recordedService } from "./recordedService.js"
import type { Row } from "./report.js"

const origin = "http://localhost"

/** Messages in the inboxes of host and guest before the measurement. */
const fillings = [0, 1000, 9000]

/**
 * Fills an inbox with messages of two senders, half of each: the first's read long ago, the second's new and unread.
 */
const fill = async (db: D1Database, inbox: string, count: number): Promise<void> => {
  const now = Date.now() * 1000
  const from = (sender: string, start: number): D1PreparedStatement =>
    db
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
        INSERT INTO messages (recipient, id, sender, key, type, body, sent)
        SELECT ?, ? + i, ?, 'fill' || i, 'candidate', '{}', 4096 * i FROM n`
      )
      .bind(count / 2, inbox, start, sender)
  await db.batch([
    from("read", now - 600_000_000),
    from("unread", now - count),
    db.prepare("UPDATE peers SET read_to = ? WHERE id = ?").bind(now - 300_000_000, inbox)
  ])
}

/** The budget of a message, whatever the inbox holds. */
const send = { read: 8, written: 3 }
const budgets = new Map<string, { readonly read: number; readonly written: number }>([
  ["offer", send],
  ["answer", send],
  ["candidates", send],
  ["the same offer again", { read: 10, written: 0 }],
  ["idle poll", { read: 3, written: 0 }],
  [heldPoll, { read: 6, written: 0 }]
])

/** The rows that each kind of request reads and writes, as D1 counts them, with empty and full inboxes. */
export const measureRows = async (): Promise<ReadonlyArray<Row>> => {
  const { close, db } = await openPlainD1()
  try {
    const rows: Array<Row> = []
    const note = (name: string, cost: Cost, budget: { readonly read?: number; readonly written?: number } = {}) => {
      rows.push({ name: `${name}: rows read`, value: cost.read, unit: "rows", budget: budget.read })
      rows.push({ name: `${name}: rows written`, value: cost.written, unit: "rows", budget: budget.written })
    }
    for (const count of fillings) {
      const service = recordedService(db)
      await walk([meeting(origin, `bench-${count}`)], async (kind, [request]) => {
        if (request === undefined) return []
        const { answer, cost } = await service.request(request)
        if (!answer.ok) throw new Error(`${kind}: ${answer.status} ${await answer.text()}`)
        note(count === 0 ? kind : `${kind}, inboxes with ${count.toLocaleString("en")}`, cost, budgets.get(kind))
        if (count === 0) {
          const budget = kind === notingPoll || kind === heldPoll ? 2 : 1
          rows.push({ name: `${kind}: round trips`, value: cost.trips, unit: "trips", budget })
        }
        const json: unknown = await answer.json()
        if (count > 0 && (kind === "host joins" || kind === "guest joins")) {
          await fill(db, String(Object(Object(json).peer).id), count)
        }
        return [json]
      })
    }
    note("cleanup, nothing to do", (await recordedService(db).cleanup()).cost)
    return rows
  } finally {
    await close()
  }
}
