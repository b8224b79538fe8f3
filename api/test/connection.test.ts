import { Agent, type IncomingMessage, request } from "node:http"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeToken } from "./callers.js"
import { BuiltWorker } from "./server.js"

const json = { "content-type": "application/json" }
const bearer = { authorization: `Bearer ${makeToken()}` }

/** Requests whose body is not needed, or not all of it: to operations, pages, files and unknown paths. */
const unwanted: ReadonlyArray<readonly [string, string, Readonly<Record<string, string>>]> = [
  ["POST", "/nowhere", json],
  ["POST", "/messages", json],
  ["DELETE", "/signaling", json],
  ["POST", "/signaling", json],
  ["POST", "/signaling", { "content-type": "text/plain" }],
  ["POST", "/turn-credentials", json],
  ["POST", "/turn-credentials/trial", json],
  ["GET", "/health", json],
  ["GET", "/messages", bearer],
  ["OPTIONS", "/signaling", { origin: "https://example.com", "access-control-request-method": "POST" }],
  ["POST", "/", json],
  ["GET", "/host", json],
  ["POST", "/logo.svg", json],
  ["PUT", "/openapi.json", json]
]

/** More requests than a peer may make, even if a new minute begins meanwhile. */
const tooMany = 130
const refused = ["POST", "/turn-credentials", { ...json, ...bearer }] as const

const sizes = [10, 60_000, 200_000, 3_000_000]

layer(BuiltWorker.layer(), { timeout: 60_000 })("a keep-alive connection", (it) => {
  it.effect(
    "serves the next request whatever the body of the previous one, 500 times",
    () =>
      Effect.gen(function* () {
        const { hostname, port } = new URL((yield* BuiltWorker).url)
        const agent = new Agent({ keepAlive: true, maxSockets: 1 })
        let connections = 0
        const ask = (method: string, path: string, headers: Readonly<Record<string, string>>, body: Buffer) =>
          Effect.async<IncomingMessage, Error>((resume) => {
            const length = body.length === 0 ? {} : { "content-length": String(body.length) }
            const sent = request(
              { hostname, port, method, path, agent, headers: { ...headers, ...length } },
              (answer) =>
                answer
                  .resume()
                  .once("end", () => resume(Effect.succeed(answer)))
                  .once("error", (error) => resume(Effect.fail(error)))
            )
            sent.once("socket", (socket) => {
              if (!sent.reusedSocket && socket.connecting) connections += 1
            })
            sent.once("error", (error) => resume(Effect.fail(error))).end(body)
          })
        const statuses = new Set<number | undefined>()
        for (let pair = 0; pair < 500; pair++) {
          const [method, path, headers] = (pair < tooMany ? undefined : unwanted[pair % unwanted.length]) ?? refused
          const size = sizes[Math.floor(pair / unwanted.length) % sizes.length] ?? 0
          const label = `${method} ${path} with ${size} bytes`
          const first = yield* Effect.orDieWith(ask(method, path, headers, Buffer.alloc(size, 32)), () => label)
          const next = yield* Effect.orDieWith(ask("GET", "/health", {}, Buffer.alloc(0)), () => `after ${label}`)
          assert.strictEqual(next.statusCode, 200, label)
          statuses.add(first.statusCode)
        }
        agent.destroy()
        assert.includeMembers([...statuses], [200, 204, 400, 401, 404, 405, 413, 415, 429])
        assert.strictEqual(connections, 1)
      }),
    120_000
  )
})
