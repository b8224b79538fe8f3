import { readdir } from "node:fs/promises"
import { assert, it } from "@effect/vitest"
import { Miniflare } from "miniflare"
import { migrate } from "../../scripts/migrate.js"
import { paths } from "../../scripts/paths.js"
import { migrations } from "../migrations.js"

it("the Worker knows every migration by name", async () => {
  assert.deepStrictEqual((await readdir(paths.migrations)).filter((name) => name.endsWith(".sql")).sort(), [
    ...migrations
  ])
})

it("the migration to limits by sender keeps the messages of an inbox, and counts what each sender has sent", async () => {
  const miniflare = new Miniflare({ modules: true, script: "", d1Databases: ["DB"] })
  try {
    const db = await miniflare.getD1Database("DB")
    await migrate(db, "0005")
    await db.batch(
      [
        "INSERT INTO rooms (id, session, created_at, active_at) VALUES ('r', 's', 1, 1)",
        "INSERT INTO peers (id, room, role, name, token_hash, joined_at, seen_at) VALUES ('h', 'r', 'host', 'H', 't', 1, 1)",
        `INSERT INTO messages (recipient, id, ordinal, sender, key, type, body) VALUES
          ('h', 1, 1, 'a', NULL, 'joined', '{}'), ('h', 2, 2, 'a', 'k1', 'offer', '${"x".repeat(10_000)}'),
          ('h', 3, 3, 'b', 'k1', 'offer', '{}'), ('h', 4, 4, 'a', 'k2', 'candidate', '{}')`
      ].map((text) => db.prepare(text))
    )
    await migrate(db)
    const { results } = await db.prepare("SELECT id, sender, key, sent FROM messages ORDER BY id").all()
    assert.deepStrictEqual(results, [
      { id: 1, sender: "a", key: null, sent: null },
      { id: 2, sender: "a", key: "k1", sent: 10_000 },
      { id: 3, sender: "b", key: "k1", sent: 4096 },
      { id: 4, sender: "a", key: "k2", sent: 14_096 }
    ])
  } finally {
    await miniflare.dispose()
  }
}, 30_000)
