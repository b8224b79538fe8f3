import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { D1Database } from "@cloudflare/workers-types"
import { Miniflare } from "miniflare"
import { unstable_splitSqlQuery as statements } from "wrangler"
import { paths } from "./paths.js"

/** As `wrangler d1 migrations apply` makes it: both keep the same tally. */
const tally = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`

/**
 * Applies the migrations that the database has not had yet, each whole or not at all, or those before one that is named.
 * Gives their names.
 */
export const migrate = async (db: D1Database, before?: string): Promise<ReadonlyArray<string>> => {
  await db.prepare(tally).run()
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all<{ name: string }>()
  const done = new Set(results.map(({ name }) => name))
  const names = (await readdir(paths.migrations))
    .filter((name) => name.endsWith(".sql") && !done.has(name) && (before === undefined || name < before))
    .sort()
  for (const name of names) {
    const text = await readFile(join(paths.migrations, name), "utf8")
    await db.batch([
      ...statements(text).map((statement) => db.prepare(statement)),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name)
    ])
  }
  return names
}

/** Migrates the database of this machine that `state` keeps, before anything listens that would ask it. */
export const migrateLocal = async (state: string): Promise<void> => {
  const miniflare = new Miniflare({ modules: true, script: "", d1Databases: { DB: "DB" }, defaultPersistRoot: state })
  try {
    await migrate(await miniflare.getD1Database("DB"))
  } finally {
    await miniflare.dispose()
  }
}
