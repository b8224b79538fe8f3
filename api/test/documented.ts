/** Checks answers against spec/openapi.json. */
import { readFile } from "node:fs/promises"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { paths } from "../../scripts/paths.js"
import { IceConfiguration } from "../contract/Ice.js"
import { Messages } from "../contract/Messages.js"
import { SignalingResponse } from "../contract/Responses.js"
import { marker } from "./hostile.js"
import type { Sent } from "./sending.js"
import type { Answer } from "./server.js"

const Operation = Schema.Struct({ responses: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })
const Document = Schema.parseJson(
  Schema.Struct({
    paths: Schema.Record({ key: Schema.String, value: Schema.Record({ key: Schema.String, value: Operation }) }),
    components: Schema.Struct({ schemas: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })
  })
)

/** The documented answers of each operation: by method and path, the statuses with the tags of their errors. */
const readDocument = async () => {
  const document = Schema.decodeUnknownSync(Document)(await readFile(`${paths.root}/spec/openapi.json`, "utf8"))
  const tagsOf = (schema: unknown): ReadonlyArray<unknown> => {
    const { $ref, anyOf, properties } = Object(schema)
    if (typeof $ref === "string") return tagsOf(document.components.schemas[$ref.split("/").at(-1) ?? ""])
    return Array.isArray(anyOf) ? anyOf.flatMap(tagsOf) : (Object(Object(properties)._tag).enum ?? [])
  }
  const operations = new Map<string, Map<number, ReadonlyArray<unknown>>>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      const answers = Object.entries(responses).map(([status, response]) => {
        const { schema } = Object(Object(Object(response).content)["application/json"])
        return [Number(status), tagsOf(schema)] as const
      })
      operations.set(`${method.toUpperCase()} ${path}`, new Map(answers))
    }
  }
  return { operations, paths: new Set(Object.keys(document.paths)) }
}

const answers = new Map<string, (json: unknown) => boolean>([
  ["POST /signaling", Schema.is(Schema.encodedSchema(SignalingResponse))],
  ["GET /messages", Schema.is(Schema.encodedSchema(Messages))],
  ["POST /turn-credentials", Schema.is(IceConfiguration)],
  ["GET /health", (json) => Object(json).status === "ok"]
])

type Documented = Effect.Effect.Success<typeof documented>
/** The answers that spec/openapi.json documents. */
export const documented = Effect.promise(readDocument)

/** Throws unless the document has this answer for the request. */
export const check = ({ operations, paths }: Documented, url: string, sent: Sent, answer: Answer): void => {
  const { headers, json, status, text } = answer
  const summary = `${status} ${text.slice(0, 400)}`
  const path = new URL(`${url}${sent.path}`).pathname
  for (const secret of sent.secrets ?? []) {
    assert.notInclude(`${text}${JSON.stringify([...headers])}`, secret, "a secret comes back")
  }
  assert.isBelow(status, 500, summary)
  if (sent.method === "OPTIONS" && paths.has(path)) {
    assert.strictEqual(status, 204, summary)
    return
  }
  if (sent.method === "HEAD") assert.strictEqual(text, "")
  else if (paths.has(path) || status === 404) {
    assert.match(headers.get("content-type") ?? "", /^application\/json/, summary)
    assert.strictEqual(headers.get("cache-control"), "no-store", summary)
  }
  if (status === 400) assert.notInclude(text, marker, "a value comes back")
  if (status >= 400 && sent.method !== "HEAD" && paths.has(path)) {
    assert.isAbove(String(json.message).length, 10, summary)
    assert.isBelow(text.length, 10_000, summary)
  }
  if (!paths.has(path)) {
    // A page or its redirect from the deployment's assets, or nothing.
    if (status === 404 && sent.method !== "HEAD") assert.strictEqual(json._tag, "RouteNotFound", summary)
    assert.include([200, 204, 304, 307, 404, 405], status, summary)
    return
  }
  const operation = `${sent.method === "HEAD" ? "GET" : sent.method} ${path}`
  const documentedAnswers = operations.get(operation)
  if (documentedAnswers === undefined) {
    assert.strictEqual(status, 405, summary)
    if (sent.method !== "HEAD") assert.strictEqual(json._tag, "MethodNotAllowed", summary)
    return
  }
  const tags = documentedAnswers.get(status)
  assert.isDefined(tags, `${operation} does not document ${summary}`)
  if (sent.method === "HEAD") return
  if (status >= 400) assert.include(tags, json._tag, summary)
  else assert.isTrue(answers.get(operation)?.(json), summary)
}
