import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { D1Database } from "@cloudflare/workers-types"
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
  const ask = (text: string) => db.prepare(text).bind()
  const [, had] = await db.batch<{ name: string }>([ask(tally), ask("SELECT name FROM d1_migrations")])
  const done = new Set(had?.results.map(({ name }) => name))
  const names = (await readdir(paths.migrations))
    .filter((name) => name.endsWith(".sql") && !done.has(name) && (before === undefined || name < before))
    .sort()
  for (const name of names) {
    const text = await readFile(join(paths.migrations, name), "utf8")
    await db.batch([...statements(text).map(ask), db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name)])
  }
  return names
}
