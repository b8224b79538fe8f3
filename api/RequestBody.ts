import { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { BodyTooLarge, UnsupportedMediaType } from "./contract/Errors.js"

/** The most bytes that a body may have. */
const maxBody = 65_536

/** The most bytes of a body that are read. What is too large is discarded, so that its sender reads the answer. */
export const maxDiscarded = 8_388_608

/** How long discarding the rest of a body may take. */
const discardTimeout = Duration.seconds(10)

/** The most chunks that a body may come in. Each chunk takes time, however small it is. */
const maxChunks = 8192

/** The most levels of nesting that a body may have. The bodies of the contract have 4. */
const maxDepth = 32

const notJson = (message: string) => new HttpApiDecodeError({ message, issues: [{ _tag: "Type", path: [], message }] })

const tooLarge = new BodyTooLarge({
  message: `The body is larger than ${maxBody.toLocaleString("en")} bytes. Send less.`
})

const tooManyChunks = new BodyTooLarge({
  message: `The body comes in more than ${maxChunks.toLocaleString("en")} pieces. Send it in fewer.`
})

/**
 * Whether a value can be converted to a string, as error messages do. It cannot if it is nested so deep that the
 * conversion overflows the stack, or if it has its own `toString` or `valueOf`, which is never a function in JSON.
 */
const isPrintable = (value: unknown, levels: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 &&
    !Object.hasOwn(value, "toString") &&
    !Object.hasOwn(value, "valueOf") &&
    Object.values(value).every((inner) => isPrintable(inner, levels - 1)))

const parse = (bytes: Uint8Array) =>
  Effect.try({
    try: (): unknown => JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)),
    catch: () => notJson("The body is not JSON in UTF-8.")
  }).pipe(
    Effect.filterOrFail(
      (value) => isPrintable(value, maxDepth),
      () => notJson(`The body is deeper than ${maxDepth} levels, or has a field named toString or valueOf.`)
    )
  )

const announcedSize = (length: string | null | undefined) => Number(length ?? 0)

/** Reads a body chunk by chunk, to its end or until `takeChunk` returns false. Fails if the body breaks off. */
const readChunks = (body: ReadableStream<Uint8Array>, takeChunk: (chunk: Uint8Array) => boolean) =>
  Effect.acquireUseRelease(
    Effect.sync(() => body.getReader()),
    (reader) =>
      Effect.tryPromise(async () => {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          if (!takeChunk(next.value)) return
        }
      }),
    (reader) => Effect.promise(() => reader.cancel().catch(() => undefined))
  )

/**
 * Reads the body and keeps it up to `maxBody`. The rest is discarded as it comes, up to `maxDiscarded`: if the
 * connection broke while the caller is still sending, the caller would not see the answer.
 */
const read = ({ body, headers }: Request) =>
  Effect.suspend(() => {
    if (announcedSize(headers.get("content-length")) > maxDiscarded) return Effect.fail(tooLarge)
    const kept = new Uint8Array(maxBody)
    let size = 0
    let chunks = 0
    const takeChunk = (chunk: Uint8Array) => {
      if (size + chunk.byteLength <= maxBody) kept.set(chunk, size)
      size += chunk.byteLength
      chunks += 1
      return size <= maxDiscarded && chunks <= maxChunks
    }
    return (body === null ? Effect.void : readChunks(body, takeChunk)).pipe(
      Effect.mapError(() => notJson("The body broke off. Send it again.")),
      Effect.filterOrFail(
        () => size <= maxBody && chunks <= maxChunks,
        () => (chunks <= maxChunks ? tooLarge : tooManyChunks)
      ),
      Effect.flatMap(() => parse(kept.subarray(0, size)))
    )
  })

/**
 * Reads the rest of a body to its end, within limits, and discards it. An answer that leaves a body unread breaks the
 * connection for the sender's next request: the runtime can neither skip the rest nor announce that it closes.
 */
export const discardBody = (request: Request): Effect.Effect<void> =>
  Effect.suspend(() => {
    const { body } = request
    if (body === null || request.bodyUsed || announcedSize(request.headers.get("content-length")) > maxDiscarded) {
      return Effect.void
    }
    let size = 0
    const takeChunk = (chunk: Uint8Array) => {
      size += chunk.byteLength
      return size <= maxDiscarded
    }
    return readChunks(body, takeChunk).pipe(
      Effect.timeout(discardTimeout),
      // The sender has gone, or takes too long: the connection cannot be saved.
      Effect.catchAllCause(() => Effect.void)
    )
  })

/** The same request with its body read, measured and parsed as JSON, so that nobody reads or parses it again. */
export const withJsonBody = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase()
  if (type !== "application/json") {
    return yield* new UnsupportedMediaType({ message: "Send the body as JSON, with Content-Type: application/json." })
  }
  const value = yield* read(yield* Effect.orDie(HttpServerRequest.toWeb(request)))
  const checked: HttpServerRequest.HttpServerRequest = Object.create(request, {
    json: { value: Effect.succeed(value) }
  })
  return checked
})
