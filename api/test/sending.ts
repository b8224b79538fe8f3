/** Raw HTTP requests, as no page would send them. */
import * as http from "node:http"
import type { Answer } from "./server.js"

/** An answer that takes longer is a failure, in milliseconds. */
const answerTimeout = 20_000

/** A request that is sent exactly as given. */
export interface Sent {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Texts that no answer may contain. */
  readonly secrets?: ReadonlyArray<string>
}

/** Sends it without `fetch`, which knows fewer methods, sends no body with GET, and normalizes paths. */
export const send = (url: string, { body, headers, method, path }: Sent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : Buffer.from(body)
    const length = content === undefined ? {} : { "content-length": String(content.byteLength) }
    const { hostname, port } = new URL(url)
    const options = { hostname, port, method, path, headers: { ...headers, ...length }, agent: false }
    const request = http.request({ ...options, signal: AbortSignal.timeout(answerTimeout) }, (response) => {
      const chunks: Array<Buffer> = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("error", reject)
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8")
        const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
        const isJson = response.headers["content-type"]?.startsWith("application/json") === true && text !== ""
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(pairs.map(([name, value]): [string, string] => [name, value])),
          text,
          json: isJson ? Object(JSON.parse(text)) : {}
        })
      })
    })
    request.on("error", reject)
    request.end(content)
  })

/** A `POST /signaling`. A string is sent as it is, everything else as JSON. */
export const post = (body: unknown, token?: string, secrets: ReadonlyArray<string> = []): Sent => ({
  method: "POST",
  path: "/signaling",
  headers: { "content-type": "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  body: typeof body === "string" ? body : JSON.stringify(body),
  secrets
})
