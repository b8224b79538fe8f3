import { Agent, type IncomingMessage, request } from "node:http"
import { text } from "node:stream/consumers"
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
 * for each `prepare` and each `bind` too, which makes it several times slower; and `fetch` costs Node several times as much
 * as a plain request.
 */
const inOneRequest = (url: URL, agent: Agent): D1Database =>
  new Proxy<D1Database>(Object.create(null), {
    get: (_, property) => {
      if (property === "prepare") {
        return (text: string) => ({ bind: (...parameters: ReadonlyArray<unknown>) => ({ text, parameters }) })
      }
      if (property === "batch") {
        return async (statements: unknown) => {
          const answer = await new Promise<IncomingMessage>((resolve, reject) => {
            request(url, { agent, method: "POST" }, resolve).once("error", reject).end(JSON.stringify(statements))
          })
          const said = await text(answer)
          if (answer.statusCode !== 200) throw new Error(said)
          return JSON.parse(said)
        }
      }
      throw new Error(`The service uses prepare, bind and batch, and no ${String(property)}.`)
    }
  })

/**
 * The database that the directory `state` keeps, or an empty one in memory, with all its tables: in a workerd with a Worker
 * that does nothing but ask it. `POST` a batch to `url`, statements as `{text, parameters}`, and D1's results come back.
 * Close it when done.
 */
export const openPlainD1 = async (state?: string) => {
  const workerd = new Miniflare({
    modules: true,
    script,
    compatibilityDate: "2026-04-01",
    d1Databases: ["DB"],
    ...(state === undefined ? {} : { defaultPersistRoot: state })
  })
  // Given up before workerd closes it, after 5 seconds: what is written at that moment would be lost.
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

/** Migrates the database of this machine that `state` keeps, before anything listens that would ask it. */
export const migrateLocal = async (state: string): Promise<void> => {
  const { close } = await openPlainD1(state)
  await close()
}
