/** The built Worker in workerd, and requests to it over HTTP as any client sends them. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { paths } from "../../scripts/paths.js"
import { Server } from "../../scripts/Server.js"

/** An answer whose body was read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
}

const readJson = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

/** The built Worker, on a free port and with a database of its own. `logs` is what it has printed. */
export class BuiltWorker extends Context.Tag("BuiltWorker")<
  BuiltWorker,
  {
    readonly url: string
    readonly logs: () => string
    /** The database, bypassing the Worker. */
    readonly database: Server["database"]
  }
>() {
  static readonly layer = (vars: Readonly<Record<string, string>> = {}, build: string = paths.build) =>
    Layer.scoped(
      BuiltWorker,
      Effect.gen(function* () {
        const state = yield* Effect.acquireRelease(
          Effect.promise(() => mkdtemp(join(tmpdir(), "conference-"))),
          (directory) => Effect.promise(() => rm(directory, { recursive: true, force: true }))
        )
        const printed: Array<string> = []
        const server = yield* Effect.acquireRelease(
          Effect.promise(() => Server.start({ vars, build, state, port: 0, print: (text) => printed.push(text) })),
          (running) => Effect.promise(() => running.stop())
        )
        return { url: server.url, logs: () => printed.join(""), database: server.database }
      })
    )
}

/** Sends a request to the built Worker: to a path, or to a URL with another name of this machine. */
export const ask = (target: string, init: RequestInit = {}) =>
  Effect.gen(function* () {
    const { url } = yield* BuiltWorker
    return yield* Effect.promise(async (signal): Promise<Answer> => {
      const response = await fetch(new URL(target, url), { signal, redirect: "manual", ...init })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, json: readJson(text) }
    })
  })

/** Sends a `POST /signaling`. A string is sent as it is, everything else as JSON. */
export const signal = (body: unknown, token?: string, headers: Readonly<Record<string, string>> = {}) =>
  ask("/signaling", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers
    },
    body: typeof body === "string" ? body : JSON.stringify(body)
  })
