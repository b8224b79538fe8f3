import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"
import { budget, Cleanup } from "../Cleanup.js"
import { Database } from "../Database.js"
import { withCost } from "../RequestCost.js"
import { TurnRepo } from "../Turn/Repo.js"
import { D1, settings } from "./services.js"

/** The statements sent to D1, the rows that each batch read and wrote, and the statements that fail. */
const sent: Array<D1PreparedStatement> = []
const batches: Array<{ readonly read: number; readonly written: number }> = []
const broken: Array<RegExp> = []
const Text = Schema.decodeUnknownSync(Schema.Struct({ text: Schema.String, parameters: Schema.Array(Schema.Unknown) }))

const recording = (db: D1Database): D1Database =>
  new Proxy(db, {
    get: (target, property) => {
      if (property !== "batch") return Reflect.get(target, property)
      return async (statements: Array<D1PreparedStatement>) => {
        sent.push(...statements)
        if (statements.some((statement) => broken.some((words) => words.test(Text(statement).text)))) {
          throw new Error("D1_ERROR: no such column: SQLITE_ERROR")
        }
        const results = await target.batch(statements)
        const sum = (rows: "rows_read" | "rows_written") =>
          results.reduce((all, { meta }) => all + (meta[rows] ?? 0), 0)
        batches.push({ read: sum("rows_read"), written: sum("rows_written") })
        return results
      }
    }
  })

const Live = Layer.mergeAll(Cleanup.Default, TurnRepo.Default).pipe(
  Layer.provide([Layer.unwrapEffect(Effect.map(D1, (db) => Database.layer(recording(db)))), settings()]),
  Layer.provideMerge(D1.layer),
  Layer.provideMerge(Logger.remove(Logger.defaultLogger))
)

const execute = (...texts: ReadonlyArray<string>) =>
  Effect.flatMap(D1, (db) => Effect.promise(() => db.batch(texts.map((text) => db.prepare(text).bind()))))

const numbers = (count: number) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`

/** Makes rooms that were created and active at this time, in milliseconds since 1970, by default with a claim. */
const rooms = (name: string, count: number, at: number, claim = `'${name}' || i`) =>
  execute(
    `${numbers(count)} INSERT INTO rooms (id, session, claim, host_key_hash, created_at, active_at)
      SELECT '${name}' || i, 's', ${claim}, ${claim}, ${at}, ${at} FROM n`
  )
const peers = (name: string, count: number, joined: number, seen: number, role = "host") =>
  execute(
    `${numbers(count)} INSERT INTO peers (id, room, role, name, token_hash, joined_at, seen_at)
      SELECT '${name}' || i, '${name}' || i, '${role}', 'x', '${name}' || i, ${joined}, ${seen} FROM n`
  )

const run = withCost((cost) =>
  Effect.gen(function* () {
    sent.length = 0
    batches.length = 0
    const totals = yield* (yield* Cleanup).run()
    return { totals, statements: sent.length, read: cost.rowsRead, written: cost.rowsWritten }
  })
)

const hour = 3_600_000
const now = 100 * hour

layer(Live, { timeout: 60_000 })("a run of the cleanup", (it) => {
  it.effect("scans no table, nor does revoking credentials", () =>
    Effect.gen(function* () {
      yield* run
      yield* (yield* TurnRepo).orphans
      const db = yield* D1
      const plans = yield* Effect.promise(() =>
        db.batch<{ readonly detail: string }>(
          sent.map((statement) => {
            const { parameters, text } = Text(statement)
            return db.prepare(`EXPLAIN QUERY PLAN ${text}`).bind(...parameters)
          })
        )
      )
      assert.isAtLeast(plans.length, 13)
      const scans = plans.flatMap(({ results }, index) =>
        results.flatMap(({ detail }) =>
          // The result of a subquery is at most a chunk. An index that contains only the wanted rows may be scanned.
          /^SCAN (?!p$|due$|\(subquery|relays USING COVERING INDEX relays_orphaned)/.test(detail)
            ? [`${detail}: ${Text(sent[index]).text}`]
            : []
        )
      )
      assert.deepStrictEqual(scans, [])
    })
  )

  it.effect("that has nothing to delete reads at most 50 rows, however many there are", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* rooms("live", 1000, now)
      yield* peers("live", 1000, now, now)
      yield* execute(
        `${numbers(5000)} INSERT INTO messages (recipient, id, sender, type, body)
          SELECT 'live' || (i % 1000 + 1), ${now * 1000} + i, 'x', 'left', '{}' FROM n`,
        `${numbers(1000)} INSERT INTO relays (username, peer, expires_at) SELECT 'r' || i, 'live' || i, ${now + hour} FROM n`,
        `${numbers(1000)} INSERT INTO memberships (token_hash, claim, peer) SELECT 't' || i, 'live' || i, 'p' FROM n`
      )
      const { read, statements, totals, written } = yield* run
      assert.deepStrictEqual(Object.values(totals), [0, 0, 0, 0, 0, 0])
      assert.isAtMost(read, 50)
      assert.strictEqual(written, 0)
      assert.isAtMost(statements, 13)
    })
  )

  it.effect("reads and writes in proportion to what it deletes, within its budget of statements", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      // Hosts that are present, each with ten old messages.
      yield* rooms("full", 1000, now)
      yield* peers("full", 1000, now - 2 * hour, now)
      yield* execute(
        `${numbers(10_000)} INSERT INTO messages (recipient, id, sender, type, body)
          SELECT 'full' || (i % 1000 + 1), ${(now - 2 * hour) * 1000} + i, 'x', 'left', '{}' FROM n`
      )
      const { read, statements, totals, written } = yield* run
      assert.strictEqual(totals.messages, 10_000)
      assert.isAtMost(statements, budget)
      assert.isAtMost(read, 9 * 10_000)
      assert.isAtMost(written, 1.3 * 10_000)
      // Each inbox is swept once per MESSAGE_TTL.
      assert.isAtMost((yield* run).read, 50)
    })
  )

  it.effect("deletes everything that is due, and keeps to its budget if that takes several runs", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* rooms("gone", 1500, now - 2 * hour)
      yield* peers("gone", 1500, now - 2 * hour, now - 2 * hour)
      yield* rooms("never", 1500, now - 2 * hour, "NULL")
      yield* execute(
        `${numbers(1500)} INSERT INTO relays (username, peer, expires_at) SELECT 'old' || i, 'gone', ${now - hour} FROM n`,
        `${numbers(1500)} INSERT INTO memberships (token_hash, claim, peer, ended_at)
          SELECT 'old' || i, 'gone', 'p', ${now - 30 * hour} FROM n`
      )
      const sum = { claims: 0, peers: 0, rooms: 0, memberships: 0, relays: 0 }
      let runs = 0
      do {
        const { read, statements, totals } = yield* run
        assert.isAtMost(statements, budget)
        assert.isAtMost(read, 60_000)
        for (const what of ["claims", "peers", "rooms", "memberships", "relays"] as const) sum[what] += totals[what]
        runs += 1
      } while (sum.claims < 1500 && runs < 10)
      assert.deepInclude(sum, { claims: 1500, rooms: 1500, memberships: 1500, relays: 1500 })
    })
  )

  it.effect("deletes whole inboxes and rooms, and only about a chunk of messages in one batch", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const young = `${(now - hour / 2) * 1000}`
      // Hosts and guests that were unseen for two hours, with messages sent to them since.
      yield* rooms("laden", 8, now - 2 * hour)
      yield* peers("laden", 8, now - hour / 2, now - 2 * hour)
      yield* rooms("slept", 8, now)
      yield* peers("slept", 8, now - hour / 2, now - 2 * hour, "guest")
      yield* execute(
        ...["laden", "slept"].map(
          (name) => `${numbers(8 * 600)} INSERT INTO messages (recipient, id, sender, type, body)
            SELECT '${name}' || (i % 8 + 1), ${young} + i, 'x', 'candidate', '{}' FROM n`
        )
      )
      const { totals } = yield* run
      assert.deepInclude(totals, { messages: 0, claims: 8, peers: 8 })
      // A batch deletes two inboxes of 600, the second of which exceeds the chunk.
      for (const { read, written } of batches) assert.isAtMost(Math.max(written, read / 6), 2 * 600 + 50)
      assert.strictEqual(batches.filter(({ written }) => written >= 600).length, 8)
    })
  )

  it.effect("goes on with the others if one kind fails, and logs which", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const logged: Array<string> = []
      yield* rooms("waiting", 1, now - 2 * hour, "NULL")
      broken.push(/DELETE FROM messages/, /UPDATE memberships/)
      const { totals } = yield* run.pipe(
        Effect.ensuring(Effect.sync(() => broken.splice(0))),
        Effect.provide(Logger.add(Logger.map(Logger.logfmtLogger, (line) => void logged.push(line))))
      )
      assert.strictEqual(totals.rooms, 1)
      for (const what of ["messages", "claims"]) {
        assert.strictEqual(logged.filter((line) => line.includes(`The cleanup of ${what} failed`)).length, 1)
      }
    })
  )
})
