import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeRoom, makeToken } from "./callers.js"
import { ask, BuiltWorker, signal } from "./server.js"

layer(BuiltWorker.layer(), { timeout: 60_000 })("a database without the tables that the Worker needs", (it) => {
  const change = (statement: string) =>
    Effect.flatMap(BuiltWorker, ({ database }) =>
      Effect.promise(async () => {
        await (await database).prepare(statement).run()
      })
    )

  /** The answer of `/health` once it contains this text. A result is reused for a second. */
  const healthOf = (text: string) =>
    Effect.repeat(ask("/health"), { until: ({ json }) => String(json.message).includes(text) })

  it.effect(
    "is reported by /health, and a refused statement is a fault of the service, logged once with its cause",
    () =>
      Effect.gen(function* () {
        const { logs } = yield* BuiltWorker
        yield* change("DELETE FROM d1_migrations WHERE name = '0004_claims.sql'")
        const behind = yield* healthOf("lacks 0004_claims.sql")
        assert.deepStrictEqual([behind.status, behind.json._tag], [503, "StorageUnavailable"])
        yield* change("DROP TABLE d1_migrations")
        yield* healthOf("0001_record.sql, 0002")
        yield* change("ALTER TABLE memberships RENAME TO gone")
        const join = yield* signal({ type: "join", role: "guest", token: makeToken(), room: makeRoom() })
        assert.deepStrictEqual([join.status, join.json._tag], [500, "InternalError"])
        assert.notMatch(join.text, /SQL|D1|memberships/)
        const id = join.headers.get("x-request-id") ?? "no id"
        yield* Effect.repeat(
          Effect.sync(() => logs()),
          { until: (text) => text.split("\n").some((line) => line.includes(id) && line.includes('"request"')) }
        )
        const errorLines = logs()
          .split("\n")
          .filter((line) => line.includes("no such table"))
        assert.strictEqual(errorLines.length, 1, errorLines.join("\n"))
        assert.include(errorLines[0], id)
      })
  )
})
