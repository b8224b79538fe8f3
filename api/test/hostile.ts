/** Generators of requests that a schema may not foresee, and of any that HTTP can carry. */
import * as FastCheck from "effect/FastCheck"

/** Part of the hostile values, so that an answer that repeats one is found. */
export const marker = "unmistakable"

/** A placeholder for JSON that `JSON.stringify` cannot write. `write` replaces it. */
const raw = (json: string) => `${marker}:raw:${json}`
/** A placeholder for arrays nested to this depth. */
const nested = (depth: number) => `${marker}:nested:${depth}`

/** The value as JSON, with its placeholders replaced. */
export const write = (value: unknown): string =>
  JSON.stringify(value, (_, field) => (Object.is(field, -0) ? raw("-0") : field))
    .replaceAll(new RegExp(`"${marker}:raw:([^"]*)"`, "g"), "$1")
    .replaceAll(new RegExp(`"${marker}:nested:(\\d+)"`, "g"), (_, depth) => "[".repeat(depth) + "]".repeat(depth))

/** Values that a schema may not foresee. */
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

/** A change to one field of a request. */
export const change = FastCheck.record({
  at: FastCheck.nat(20),
  within: FastCheck.nat(5),
  how: FastCheck.constantFrom("drop", "replace", "replace", "replace", "add"),
  value: hostileValue
})
type Change = typeof change extends FastCheck.Arbitrary<infer A> ? A : never

const addedFields = ["__proto__", "constructor", "toJSON", "resume", "end", "complete", "hostPassword", marker]

/** Breaks one field, sometimes a nested one. */
export const changed = (value: unknown, { at, how, value: other, within }: Change): unknown => {
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

/** Like `Object.fromEntries`, but without a prototype, so that `__proto__` is a field like any other. */
const fromEntries = (entries: ReadonlyArray<readonly [string, unknown]>) => {
  const object = Object.create(null)
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return object
}

/** The methods that the runtime lets through to a Worker. */
export const method = FastCheck.constantFrom(
  ...["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "SEARCH", "PURGE", "REPORT"]
)
const operationPath = FastCheck.constantFrom("/signaling", "/messages", "/turn-credentials", "/health")
/** Paths of operations, similar paths, and any others. */
export const anyPath = FastCheck.oneof(
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
  // Any character of Latin-1 that is allowed in a request line.
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
/** Queries of a poll, and any others, with their `?`. */
export const anyQuery = FastCheck.oneof(
  FastCheck.constant(""),
  FastCheck.array(
    FastCheck.tuple(FastCheck.constantFrom("after", "wait", "after[]", "__proto__", "%"), queryValue).map(
      // No poll is held for longer than `answerTimeout` of sending.ts.
      ([name, value]) => `${name}=${name === "wait" && Number(value) > 1 && Number(value) < 26 ? "1" : value}`
    ),
    { maxLength: 4 }
  ).map((pairs) => `?${pairs.join("&")}`),
  FastCheck.webQueryParameters().map((query) => `?${query}`)
)
/** A valid field value of a header (RFC 9110, section 5.5). */
const headerText = FastCheck.stringMatching(/^[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]{0,98}[\x21-\x7e\x80-\xff])?$/)
/** Headers that the service reads, with values that it does not expect. `Bearer @1` means the token of that peer. */
export const anyHeaders = FastCheck.record(
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
/** Bodies that are not JSON, too large, too deep, or any JSON. */
export const anyBody = FastCheck.oneof(
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
