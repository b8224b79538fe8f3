import type { D1Database } from "@cloudflare/workers-types"
import { Miniflare } from "miniflare"
import { migrate } from "./migrate.js"

/** Runs a batch of statements, each its text and parameters, on the D1 binding. */
const script = `export default {
  async fetch(request, { DB }) {
    const statements = await request.json()
    try {
      const results = await DB.batch(statements.map(({ text, parameters }) => DB.prepare(text).bind(...parameters)))
      return Response.json(results)
    } catch (error) {
      return new Response(error.message, { status: 500 })
    }
  }
}`

/**
 * A D1 binding as seen from Node, with one request for each batch. Miniflare's own stand-in asks workerd, synchronously,
 * for each `prepare` and each `bind` too, which makes it several times slower.
 */
const inOneRequest = (workerd: Miniflare): D1Database =>
  new Proxy<D1Database>(Object.create(null), {
    get: (_, property) => {
      if (property === "prepare") {
        return (text: string) => ({ bind: (...parameters: ReadonlyArray<unknown>) => ({ text, parameters }) })
      }
      if (property === "batch") {
        return async (statements: unknown) => {
          const answer = await workerd.dispatchFetch("http://d1/", { method: "POST", body: JSON.stringify(statements) })
          if (!answer.ok) throw new Error(await answer.text())
          return answer.json()
        }
      }
      throw new Error(`The service uses prepare, bind and batch, and no ${String(property)}.`)
    }
  })

/**
 * An empty database with all its tables, in a workerd with a Worker that does nothing but ask it: `POST` a batch to `url`,
 * statements as `{text, parameters}`, and D1's results come back. Close it when done.
 */
export const openPlainD1 = async () => {
  const workerd = new Miniflare({ modules: true, script, compatibilityDate: "2026-04-01", d1Databases: ["DB"] })
  try {
    const url = await workerd.ready
    await migrate(await workerd.getD1Database("DB"))
    return { db: inOneRequest(workerd), url, close: () => workerd.dispose() }
  } catch (cause) {
    await workerd.dispose()
    throw cause
  }
}
