import * as HttpApi from "@effect/platform/HttpApi"
import { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Api } from "./contract/Api.js"
import {
  BodyTooLarge,
  InternalError,
  MethodNotAllowed,
  RouteNotFound,
  UnsupportedMediaType
} from "./contract/Errors.js"
import { discardBody, withJsonBody } from "./RequestBody.js"

/** The errors that the edge itself answers, apart from those of the operations. */
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

/** The methods of each path of the contract, and whether their requests have a body. */
const routes = new Map<string, Map<string, { readonly hasBody: boolean }>>()
HttpApi.reflect(Api, {
  onGroup: () => undefined,
  onEndpoint: ({ endpoint, payloads }) => {
    const methods = routes.get(endpoint.path) ?? new Map<string, { readonly hasBody: boolean }>()
    methods.set(endpoint.method, { hasBody: endpoint.method !== "GET" && payloads.size > 0 })
    routes.set(endpoint.path, methods)
  }
})

/** Whether the contract has operations at this path. */
export const isOperation = (path: string): boolean => routes.has(path)

const findRoute = (request: HttpServerRequest.HttpServerRequest) => {
  const path = request.url.split("?", 1)[0] ?? "/"
  const methods = routes.get(path)
  if (methods === undefined) {
    return Effect.fail(new RouteNotFound({ message: "There is nothing at this path. See /docs for what there is." }))
  }
  const route = methods.get(request.method === "HEAD" ? "GET" : request.method)
  return route === undefined
    ? Effect.fail(
        new MethodNotAllowed({
          message: `This path does not support that method. Use ${[...methods.keys()].join(", ")}.`
        })
      )
    : Effect.succeed(route)
}

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

/** The answer to a fault of the service itself. */
export const defect = withHeaders(
  answer(new InternalError({ message: "The service failed. Try again; if it keeps failing, tell whoever runs it." }))
)

/**
 * Wraps the contract's operations: answers unknown paths and methods, bodies that are too large or not JSON, and
 * defects. Every answer is JSON; a defect is logged with its cause and answered without it.
 */
export const edge = <R>(app: HttpApp.Default<never, R>): HttpApp.Default<never, R> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const route = yield* findRoute(request)
    const checked = route.hasBody ? yield* withJsonBody(request) : request
    return yield* Effect.provideService(app, HttpServerRequest.HttpServerRequest, checked)
  }).pipe(
    Effect.catchAll((error) => Effect.succeed(answer(error))),
    Effect.catchAllCause((cause) =>
      Cause.isInterruptedOnly(cause) ? Effect.interrupt : Effect.as(Effect.logError("A request failed", cause), defect)
    ),
    Effect.map(withHeaders)
  )

/** Answers only after the body was read to its end, even one that no operation has read. */
export const afterBody = <E, R>(app: HttpApp.Default<E, R>): HttpApp.Default<E, R> =>
  Effect.tap(app, () =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ source }) =>
      source instanceof Request ? discardBody(source) : Effect.void
    )
  )
