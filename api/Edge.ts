import * as HttpApi from "@effect/platform/HttpApi"
import { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Api } from "./contract/Api.js"
import {
  BodyTooLarge,
  InternalError,
  MethodNotAllowed,
  RouteNotFound,
  UnsupportedMediaType
} from "./contract/Errors.js"

/** Bytes that a body may have. */
export const maxBody = 65_536

/** Bytes of a body too large that are read all the same, so that its sender reads the answer. */
export const maxDiscarded = 1_048_576

/** What the edge itself answers, apart from the operations of the contract. */
const EdgeError = Schema.Union(
  BodyTooLarge,
  HttpApiDecodeError,
  InternalError,
  MethodNotAllowed,
  RouteNotFound,
  UnsupportedMediaType
)

const encode = Schema.encodeSync(EdgeError)

const statuses = new Map(
  EdgeError.members.map((member) => [member._tag, HttpApiSchema.getStatusError(member)] as const)
)

const answer = (error: typeof EdgeError.Type) =>
  HttpServerResponse.unsafeJson(encode(error), { status: statuses.get(error._tag) ?? 500 })

/** The methods of each path of the contract, and whether a request of them brings a body. */
const routes = new Map<string, Map<string, { readonly hasBody: boolean }>>()
HttpApi.reflect(Api, {
  onGroup: () => undefined,
  onEndpoint: ({ endpoint, payloads }) => {
    const methods = routes.get(endpoint.path) ?? new Map<string, { readonly hasBody: boolean }>()
    methods.set(endpoint.method, { hasBody: endpoint.method !== "GET" && payloads.size > 0 })
    routes.set(endpoint.path, methods)
  }
})

const findRoute = (request: HttpServerRequest.HttpServerRequest) => {
  const path = request.url.split("?", 1)[0] ?? "/"
  const methods = routes.get(path)
  if (methods === undefined) {
    return Effect.fail(new RouteNotFound({ message: `There is nothing at ${path}. See /docs for what there is.` }))
  }
  const route = methods.get(request.method === "HEAD" ? "GET" : request.method)
  return route === undefined
    ? Effect.fail(
        new MethodNotAllowed({
          message: `${path} does not answer to ${request.method}. Use ${[...methods.keys()].join(", ")}.`
        })
      )
    : Effect.succeed(route)
}

const notJson = (message: string) => new HttpApiDecodeError({ message, issues: [{ _tag: "Type", path: [], message }] })

/**
 * Reads the body and keeps it up to its limit. What lies beyond is thrown away as it comes, and only so much of it: a
 * connection that breaks while the caller is still sending would hide the answer from it.
 */
const readBody = (request: HttpServerRequest.HttpServerRequest) => {
  const tooLarge = new BodyTooLarge({
    message: `The body is larger than ${maxBody.toLocaleString("en")} bytes. Send less.`
  })
  if (Number(request.headers["content-length"] ?? 0) > maxDiscarded) return Effect.fail(tooLarge)
  return request.stream.pipe(
    Stream.mapError(() => notJson("The body broke off. Send it again.")),
    Stream.runFoldEffect({ chunks: [] as Uint8Array[], size: 0 }, ({ chunks, size: before }, chunk) => {
      const size = before + chunk.byteLength
      if (size > maxDiscarded) return Effect.fail(tooLarge)
      return Effect.succeed({ chunks: size > maxBody ? [] : [...chunks, chunk], size })
    }),
    Effect.filterOrFail(
      ({ size }) => size <= maxBody,
      () => tooLarge
    ),
    Effect.flatMap(({ chunks }) => Effect.promise(() => new Blob(chunks.map((c) => c.slice())).arrayBuffer())),
    Effect.flatMap((bytes) =>
      Effect.try({
        try: () => {
          const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)
          JSON.parse(text)
          return text
        },
        catch: () => notJson("The body is not JSON in UTF-8.")
      })
    )
  )
}

/** The same request with a body that was read, measured and found to be JSON. */
const withBody = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase()
  if (type !== "application/json") {
    return yield* new UnsupportedMediaType({ message: "Send the body as JSON, with Content-Type: application/json." })
  }
  const body = yield* readBody(request)
  const { headers, method, originalUrl } = request
  return HttpServerRequest.fromWeb(new Request(originalUrl, { method, headers, body }))
})

/** Seconds to wait before the next try, by status. */
const retryAfter = new Map([
  [429, "10"],
  [503, "2"]
])

const withHeaders = (response: HttpServerResponse.HttpServerResponse) => {
  const seconds = retryAfter.get(response.status)
  return HttpServerResponse.setHeaders(response, {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(seconds === undefined ? {} : { "retry-after": seconds })
  })
}

/**
 * What stands around the contract's operations: unknown paths and methods, bodies too large or not JSON, defects. Always
 * JSON; a defect is logged with its cause and answered without it.
 */
export const edge = <R>(app: HttpApp.Default<never, R>): HttpApp.Default<never, R> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const route = yield* findRoute(request)
    const checked = route.hasBody ? yield* withBody(request) : request
    return yield* Effect.provideService(app, HttpServerRequest.HttpServerRequest, checked)
  }).pipe(
    Effect.catchAll((error) => Effect.succeed(answer(error))),
    Effect.catchAllCause((cause) =>
      Cause.isInterruptedOnly(cause)
        ? Effect.interrupt
        : Effect.as(
            Effect.logError("A request failed", cause),
            answer(
              new InternalError({ message: "The service failed. Try again; if it goes on, tell whoever runs it." })
            )
          )
    ),
    Effect.map(withHeaders)
  )
