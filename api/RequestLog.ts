import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/**
 * One line for each request: its id, method, path, status and time. Every other line of the request bears the same id.
 * The query and the headers stay out: a path has no secret, and they may.
 */
export const requestLog = <E, R>(app: HttpApp.Default<E, R>): HttpApp.Default<E, R> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const path = request.url.split("?", 1)[0]
    const requestId = request.headers["cf-ray"] ?? crypto.randomUUID()
    const start = yield* Clock.currentTimeMillis
    return yield* app.pipe(
      Effect.map(HttpServerResponse.setHeader("x-request-id", requestId)),
      Effect.tap(({ status }) =>
        Effect.flatMap(Clock.currentTimeMillis, (end) =>
          Effect.logInfo("request").pipe(
            Effect.annotateLogs({ method: request.method, path, status, milliseconds: end - start })
          )
        )
      ),
      Effect.annotateLogs({ requestId }),
      Effect.withLogSpan(`${request.method} ${path}`)
    )
  })
