import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { D1Database } from "@cloudflare/workers-types"
import { unstable_splitSqlQuery as statements } from "wrangler"
import { paths } from "./paths.js"

/** The same table as that of `wrangler d1 migrations apply`, so that both know what was applied. */
const createTable = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`

/**
 * Applies the migrations that the database lacks, each atomically, and returns their names. With `before` it applies
 * only those with a lower name.
 */
export const migrate = async (db: D1Database, before?: string): Promise<ReadonlyArray<string>> => {
  const statement = (text: string) => db.prepare(text).bind()
  const [, rows] = await db.batch<{ name: string }>([
    statement(createTable),
    statement("SELECT name FROM d1_migrations")
  ])
  const applied = new Set(rows?.results.map(({ name }) => name))
  const names = (await readdir(paths.migrations))
    .filter((name) => name.endsWith(".sql") && !applied.has(name) && (before === undefined || name < before))
    .sort()
  for (const name of names) {
    const text = await readFile(join(paths.migrations, name), "utf8")
    await db.batch([
      ...statements(text).map(statement),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name)
    ])
  }
  return names
}
