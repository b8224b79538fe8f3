/** Whatever is sent to the built Worker, it answers as spec/openapi.json says. */
import { readFile } from "node:fs/promises"
import * as http from "node:http"
import { assert, layer } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { paths } from "../../scripts/paths.js"
import { SignalingAnswer } from "../contract/Answers.js"
import { IceConfiguration } from "../contract/Ice.js"
import { Messages, Poll } from "../contract/Messages.js"
import { SignalingRequest } from "../contract/Requests.js"
import { makeKey, makeRoom, makeToken } from "./record.js"
import { type Answer, BuiltWorker } from "./server.js"

/** An answer that takes longer is a failure, in milliseconds. */
const patience = 5000
/** What one property may take: it ends in time on a busy machine, with fewer runs. */
const bounds = { interruptAfterTimeLimit: 11_000, markInterruptAsFailure: false } as const

interface Sent {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** What no answer may say. */
  readonly secrets?: ReadonlyArray<string>
}

/** Stands within hostile values, so that an answer that repeats one is found. */
const marker = "unmistakable"

/** Past `fetch`, which knows fewer methods, sends no body with GET, and tidies paths. */
const send = (url: string, { body, headers, method, path }: Sent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : Buffer.from(body)
    const length = content === undefined ? {} : { "content-length": String(content.byteLength) }
    const { hostname, port } = new URL(url)
    const options = { hostname, port, method, path, headers: { ...headers, ...length }, agent: false }
    const request = http.request({ ...options, signal: AbortSignal.timeout(patience) }, (response) => {
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

const Operation = Schema.Struct({ responses: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })
const Document = Schema.parseJson(
  Schema.Struct({
    paths: Schema.Record({ key: Schema.String, value: Schema.Record({ key: Schema.String, value: Operation }) }),
    components: Schema.Struct({ schemas: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })
  })
)

/** What each operation answers: of each method and path, the statuses and the tags of their errors. */
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
  ["POST /signaling", Schema.is(Schema.encodedSchema(SignalingAnswer))],
  ["GET /messages", Schema.is(Schema.encodedSchema(Messages))],
  ["POST /turn-credentials", Schema.is(IceConfiguration)],
  ["GET /health", (json) => Object(json).status === "ok"]
])

type Documented = Effect.Effect.Success<typeof documented>
const documented = Effect.promise(readDocument)

/** Throws unless the answer is one that the document foresees for what was sent. */
const check = ({ operations, paths }: Documented, url: string, sent: Sent, answer: Answer): void => {
  const { headers, json, status, text } = answer
  const said = `${status} ${text.slice(0, 400)}`
  const path = new URL(`${url}${sent.path}`).pathname
  for (const secret of sent.secrets ?? []) {
    assert.notInclude(`${text}${JSON.stringify([...headers])}`, secret, "a secret comes back")
  }
  assert.isBelow(status, 500, said)
  if (sent.method === "OPTIONS" && paths.has(path)) {
    assert.strictEqual(status, 204, said)
    return
  }
  if (sent.method === "HEAD") assert.strictEqual(text, "")
  else if (paths.has(path) || status === 404) {
    assert.match(headers.get("content-type") ?? "", /^application\/json/, said)
    assert.strictEqual(headers.get("cache-control"), "no-store", said)
  }
  if (status === 400) assert.notInclude(text, marker, "a value comes back")
  if (status >= 400 && sent.method !== "HEAD" && paths.has(path)) {
    assert.isAbove(String(json.message).length, 10, said)
    assert.isBelow(text.length, 10_000, said)
  }
  if (!paths.has(path)) {
    // A page or its redirect, which the deployment's own files answer, or nothing.
    if (status === 404 && sent.method !== "HEAD") assert.strictEqual(json._tag, "RouteNotFound", said)
    assert.include([200, 204, 304, 307, 404, 405], status, said)
    return
  }
  const operation = `${sent.method === "HEAD" ? "GET" : sent.method} ${path}`
  const foreseen = operations.get(operation)
  if (foreseen === undefined) {
    assert.strictEqual(status, 405, said)
    if (sent.method !== "HEAD") assert.strictEqual(json._tag, "MethodNotAllowed", said)
    return
  }
  const tags = foreseen.get(status)
  assert.isDefined(tags, `${operation} does not document ${said}`)
  if (sent.method === "HEAD") return
  if (status >= 400) assert.include(tags, json._tag, said)
  else assert.isTrue(answers.get(operation)?.(json), said)
}

const post = (body: unknown, token?: string, secrets: ReadonlyArray<string> = []): Sent => ({
  method: "POST",
  path: "/signaling",
  headers: { "content-type": "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  body: typeof body === "string" ? body : JSON.stringify(body),
  secrets
})

/** A host and two guests in a room of their own, whom requests may then mean. */
const meet = async (url: string) => {
  const [room, hostKey] = [makeRoom(), makeKey()]
  const tokens = [makeToken(), makeToken(), makeToken()]
  const [hostToken, ...guestTokens] = tokens
  const joins = [
    { type: "join", role: "host", token: hostToken, hostKey, room },
    ...guestTokens.map((token) => ({ type: "join", role: "guest", token, room }))
  ]
  const ids: Array<string> = []
  for (const join of joins) {
    const { json, status, text } = await send(url, post(join))
    assert.strictEqual(status, 200, text)
    ids.push(String(Object(json.peer).id))
  }
  return { room, hostKey, tokens, ids }
}
type Meeting = Awaited<ReturnType<typeof meet>>

/** Which of the things that the meeting knows a request means, where it means one. */
const aim = FastCheck.record({
  peer: FastCheck.nat(2),
  to: FastCheck.constantFrom(0, 1, 2, undefined),
  known: FastCheck.boolean(),
  token: FastCheck.constantFrom("known", "known", "known", "unknown", "malformed", "none"),
  key: FastCheck.option(FastCheck.stringMatching(/^[\x21-\x7e]{1,64}$/), { freq: 2, nil: undefined })
})
type Aim = typeof aim extends FastCheck.Arbitrary<infer A> ? A : never

/** Points a request of a schema at what is there, so that it gets further than to the first lookup. */
const pointed = (request: Readonly<Record<string, unknown>>, meeting: Meeting, { known, peer, to }: Aim) => ({
  ...request,
  ...("to" in request && to !== undefined ? { to: meeting.ids[to] } : {}),
  ...("token" in request && known ? { token: meeting.tokens[peer] } : {}),
  ...("hostKey" in request && known ? { hostKey: meeting.hostKey } : {}),
  ...("room" in request || known ? { room: meeting.room } : {})
})

const bearer = (meeting: Meeting, { peer, token }: Aim): string | undefined =>
  ({ known: meeting.tokens[peer], unknown: makeToken(), malformed: `${marker} ${peer}`, none: undefined })[token]

const validRequest = Arbitrary.make(SignalingRequest).map(
  (request): Readonly<Record<string, unknown>> => Schema.encodeSync(SignalingRequest)(request)
)
/** A hold ends before patience does, and few hold at all. */
const validPoll = Arbitrary.make(Poll).map(
  (poll) =>
    new URLSearchParams(
      Schema.encodeSync(Poll)("wait" in poll ? { ...poll, wait: (poll.wait ?? 0) % 10 === 9 ? 1 : 0 } : poll)
    )
)

/** Stands for JSON that JavaScript cannot write: put in place of the string. */
const raw = (json: string) => `${marker}:raw:${json}`
/** Stands for an array within an array, and so on. */
const nested = (depth: number) => `${marker}:nested:${depth}`

const write = (value: unknown): string =>
  JSON.stringify(value, (_, field) => (Object.is(field, -0) ? raw("-0") : field))
    .replaceAll(new RegExp(`"${marker}:raw:([^"]*)"`, "g"), "$1")
    .replaceAll(new RegExp(`"${marker}:nested:(\\d+)"`, "g"), (_, depth) => "[".repeat(depth) + "]".repeat(depth))

/** What a schema may not have thought of. Texts stand in a JSON string as they are. */
const hostile: ReadonlyArray<unknown> = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  raw("9007199254740993"),
  raw("1e400"),
  raw("-0"),
  raw(`1${"0".repeat(400)}`),
  "",
  "NaN",
  "Infinity",
  "1e3",
  "0x10",
  "__proto__",
  "constructor",
  [],
  {},
  [[]],
  [marker],
  { [marker]: marker },
  JSON.parse(`{"__proto__":{"type":"leave","${marker}":1},"constructor":{"prototype":1}}`),
  { toString: marker, valueOf: marker, length: 65 },
  marker,
  `${marker}\0`,
  `${marker}\ud800`,
  `\udfff${marker}`,
  `${marker}\u202e\u2028\ufeff\uffff`,
  `${marker}👩‍🚀${"\u0301".repeat(100)}`,
  `${marker}'; DROP TABLE peers; --`,
  `${marker}\r\nx: y`,
  marker.repeat(100),
  marker.repeat(4990),
  marker.repeat(6000),
  new Array(65).fill({ candidate: marker }),
  new Array(20_000).fill(0),
  nested(500),
  nested(5000),
  nested(30_000)
]

const hostileValue = FastCheck.oneof(
  { weight: 4, arbitrary: FastCheck.constantFrom(...hostile) },
  { weight: 1, arbitrary: FastCheck.jsonValue() },
  { weight: 1, arbitrary: FastCheck.string({ unit: "binary", maxLength: 80 }) }
)

const change = FastCheck.record({
  at: FastCheck.nat(20),
  within: FastCheck.nat(5),
  how: FastCheck.constantFrom("drop", "replace", "replace", "replace", "add"),
  value: hostileValue
})
type Change = typeof change extends FastCheck.Arbitrary<infer A> ? A : never

const addedFields = ["__proto__", "constructor", "toJSON", "resume", "end", "complete", "hostPassword", marker]

/** Breaks one field, sometimes one within it. */
const changed = (value: unknown, { at, how, value: other, within }: Change): unknown => {
  if (typeof value !== "object" || value === null) return other
  const entries: ReadonlyArray<readonly [string, unknown]> = Object.entries(value)
  if (how === "add" || entries.length === 0) {
    return fromEntries([...entries, [addedFields[at % addedFields.length] ?? marker, other]])
  }
  const index = at % entries.length
  const kept = entries.flatMap(([name, field], i): ReadonlyArray<readonly [string, unknown]> => {
    if (i !== index) return [[name, field]]
    if (how === "drop") return []
    const isDeep = within > 2 && typeof field === "object" && field !== null
    return [[name, isDeep ? changed(field, { at: within, how, value: other, within: 0 }) : other]]
  })
  return Array.isArray(value) ? kept.map(([, field]) => field) : fromEntries(kept)
}

/** `__proto__` is a field like any other. */
const fromEntries = (entries: ReadonlyArray<readonly [string, unknown]>) => {
  const object = Object.create(null)
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return object
}

/** The methods that the runtime lets through to a Worker. */
const method = FastCheck.constantFrom(
  ...["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "SEARCH", "PURGE", "REPORT"]
)
const operationPath = FastCheck.constantFrom("/signaling", "/messages", "/turn-credentials", "/health")
const anyPath = FastCheck.oneof(
  { weight: 4, arbitrary: operationPath },
  {
    weight: 3,
    arbitrary: FastCheck.tuple(
      operationPath,
      FastCheck.constantFrom(
        "/",
        "//",
        "/..",
        "/../health",
        "%00",
        "%",
        ";a=b",
        ".html",
        "\\",
        "%2f",
        "/%2e%2e/messages"
      )
    ).map(([path, end]) => path + end)
  },
  {
    weight: 1,
    arbitrary: FastCheck.constantFrom("//messages", "/%73ignaling", "/SIGNALING", "/index.html", "/docs", "/%ff")
  },
  { weight: 2, arbitrary: FastCheck.webPath().map((path) => `/${path}`) },
  // Any character of Latin 1 that may stand in a request line.
  { weight: 2, arbitrary: FastCheck.stringMatching(/^[\x21-\x7e\xa1-\xff]{0,40}$/).map((path) => `/${path}`) }
)
const queryValue = FastCheck.oneof(
  FastCheck.constantFrom(
    "",
    "0",
    "1",
    "-1",
    "-0",
    "26",
    "1e3",
    "0x1",
    "%201",
    "1+",
    "NaN",
    "Infinity",
    "null",
    "9".repeat(400)
  ),
  FastCheck.constantFrom("9007199254740991", "9007199254740992", "1.5", "%00", "%", "%ff", "%ED%A0%80", marker, "[]"),
  FastCheck.webQueryParameters()
)
const anyQuery = FastCheck.oneof(
  FastCheck.constant(""),
  FastCheck.array(
    FastCheck.tuple(FastCheck.constantFrom("after", "wait", "after[]", "__proto__", "%"), queryValue).map(
      // Nothing holds for longer than patience.
      ([name, value]) => `${name}=${name === "wait" && Number(value) > 1 && Number(value) < 26 ? "1" : value}`
    ),
    { maxLength: 4 }
  ).map((pairs) => `?${pairs.join("&")}`),
  FastCheck.webQueryParameters().map((query) => `?${query}`)
)
/** What may stand in a header, RFC 9110 section 5.5. */
const headerText = FastCheck.stringMatching(/^[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]{0,98}[\x21-\x7e\x80-\xff])?$/)
const anyHeaders = FastCheck.record(
  {
    "content-type": FastCheck.oneof(
      FastCheck.constantFrom("application/json", "application/json", "application/json; charset=utf-16", "text/plain"),
      FastCheck.constantFrom("multipart/form-data", "application/x-www-form-urlencoded", "APPLICATION/JSON ;", ";"),
      headerText
    ),
    authorization: FastCheck.oneof(
      FastCheck.constantFrom("Bearer", "Bearer  ", "bearer x", "Basic Og==", `Bearer ${marker}`, "B".repeat(4000)),
      FastCheck.nat(2).map((peer) => `Bearer @${peer}`),
      headerText
    ),
    "idempotency-key": FastCheck.oneof(FastCheck.constantFrom("k".repeat(65), "a b", marker.repeat(7)), headerText),
    origin: FastCheck.oneof(FastCheck.constantFrom("null", "https://example.com"), headerText),
    "content-encoding": FastCheck.constantFrom("gzip", "br", "identity", marker),
    accept: headerText,
    expect: FastCheck.constant("200-ok"),
    "if-none-match": FastCheck.oneof(FastCheck.constant("*"), headerText),
    range: FastCheck.constant("bytes=0-1"),
    "access-control-request-method": FastCheck.constantFrom("POST", "TRACE", marker),
    "x-http-method-override": FastCheck.constant("DELETE"),
    cookie: headerText
  },
  { requiredKeys: [] }
)
const anyBody = FastCheck.oneof(
  FastCheck.constant(undefined),
  FastCheck.uint8Array({ maxLength: 2000 }),
  FastCheck.json(),
  FastCheck.json().map((json) => Buffer.from(json, "utf16le")),
  FastCheck.constantFrom(
    "",
    "\ufeff{}",
    "null",
    "NaN",
    "{",
    '"',
    "[".repeat(65_000),
    "x".repeat(65_537),
    '{"a":1}{"b":2}'
  )
)

layer(BuiltWorker.layer(), { timeout: 60_000 })("the service under any request", (it) => {
  /** Runs a property to its bounds; a failure tells its seed and its smallest example. */
  const holds = <A>(
    numRuns: number,
    arbitrary: FastCheck.Arbitrary<A>,
    requests: (example: A, meeting: Meeting) => ReadonlyArray<Sent>
  ) =>
    Effect.gen(function* () {
      const { url } = yield* BuiltWorker
      const document = yield* documented
      const property = FastCheck.asyncProperty(arbitrary, async (example) => {
        const meeting = await meet(url)
        for (const sent of requests(example, meeting)) check(document, url, sent, await send(url, sent))
        // What was sent has broken nothing for others.
        const { status, text } = await send(url, { method: "GET", path: "/health", headers: {} })
        assert.strictEqual(status, 200, text)
      })
      yield* Effect.promise(() => FastCheck.assert(property, { ...bounds, numRuns }))
    })

  it.effect("answers valid requests as documented", () =>
    holds(
      60,
      FastCheck.array(FastCheck.tuple(validRequest, validPoll, aim), { minLength: 1, maxLength: 6 }),
      (steps, meeting) =>
        steps.flatMap(([request, poll, aimed], index) => {
          const token = bearer(meeting, aimed)
          const secrets = [...meeting.tokens, meeting.hostKey]
          const told = post(pointed(request, meeting, aimed), token, secrets)
          const { "content-type": _, ...headers } = told.headers
          return [
            {
              ...told,
              headers: { ...told.headers, ...(aimed.key === undefined ? {} : { "idempotency-key": aimed.key }) }
            },
            { method: index % 2 === 0 ? "GET" : "HEAD", path: `/messages?${poll}`, headers, secrets },
            ...(index === 0 ? [{ method: "POST", path: "/turn-credentials", headers, secrets }] : [])
          ]
        })
    )
  )

  it.effect("answers broken requests as documented, and repeats nothing of them", () =>
    holds(
      120,
      FastCheck.array(FastCheck.tuple(validRequest, FastCheck.array(change, { minLength: 1, maxLength: 2 }), aim), {
        minLength: 1,
        maxLength: 6
      }),
      (steps, meeting) =>
        steps.map(([request, changes, aimed]) =>
          post(write(changes.reduce<unknown>(changed, pointed(request, meeting, aimed))), bearer(meeting, aimed), [
            ...meeting.tokens,
            meeting.hostKey
          ])
        )
    )
  )

  it.effect("answers any method, path, query, header and body as documented", () =>
    holds(
      120,
      FastCheck.array(FastCheck.tuple(method, anyPath, anyQuery, anyHeaders, anyBody), { minLength: 1, maxLength: 6 }),
      (steps, meeting) =>
        steps.map(([method, path, query, headers, body]): Sent => {
          const given = Object.entries(headers).flatMap(([name, value]) =>
            typeof value === "string"
              ? [[name, value.replace(/@(\d)$/, (_, peer) => meeting.tokens[peer] ?? "")] as const]
              : []
          )
          return {
            method,
            path: path + query,
            headers: Object.fromEntries(given),
            secrets: meeting.tokens,
            ...(body === undefined ? {} : { body })
          }
        })
    )
  )
})
