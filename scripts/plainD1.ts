import { Agent, type IncomingMessage, request } from "node:http"
import { text } from "node:stream/consumers"
import type { D1Database } from "@cloudflare/workers-types"
import { Miniflare } from "miniflare"
import { migrate } from "./migrate.js"

/** A Worker that runs a batch of statements, each with its text and parameters, on the D1 binding. */
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
 * A D1 binding for Node, with one request for each batch. Miniflare's own proxy also makes a synchronous request to
 * workerd for each `prepare` and each `bind`, which makes it several times slower. `fetch` costs Node several times as
 * much as a plain request.
 */
const inOneRequest = (url: URL, agent: Agent): D1Database =>
  new Proxy<D1Database>(Object.create(null), {
    get: (_, property) => {
      if (property === "prepare") {
        return (text: string) => ({ bind: (...parameters: ReadonlyArray<unknown>) => ({ text, parameters }) })
      }
      if (property === "batch") {
        return async (statements: unknown) => {
          const response = await new Promise<IncomingMessage>((resolve, reject) => {
            request(url, { agent, method: "POST" }, resolve).once("error", reject).end(JSON.stringify(statements))
          })
          const body = await text(response)
          if (response.statusCode !== 200) throw new Error(body)
          return JSON.parse(body)
        }
      }
      throw new Error(`This D1 has only prepare, bind and batch, which the service uses, and not ${String(property)}.`)
    }
  })

/**
 * Opens the database in the directory `state`, or an empty one in memory, with all migrations applied, in a workerd
 * whose Worker only queries it. A `POST` of statements as `{text, parameters}` to `url` returns D1's results. The
 * caller has to close it.
 */
export const openPlainD1 = async (state?: string) => {
  const workerd = new Miniflare({
    modules: true,
    script,
    compatibilityDate: "2026-04-01",
    d1Databases: ["DB"],
    ...(state === undefined ? {} : { defaultPersistRoot: state })
  })
  // Workerd closes idle connections after 5 seconds, and a request at that moment is lost: so they are closed earlier.
  const agent = new Agent({ keepAlive: true, timeout: 2_000 })
  const close = async () => {
    agent.destroy()
    await workerd.dispose()
  }
  try {
    const url = await workerd.ready
    const db = inOneRequest(url, agent)
    await migrate(db)
    return { db, url, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** Migrates the local database in the directory `state`. Call it before anything listens that queries it. */
export const migrateLocal = async (state: string): Promise<void> => {
  const { close } = await openPlainD1(state)
  await close()
}
