import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { costFields, type RequestCost, withCost } from "./RequestCost.js"

/** Logs lines of JSON with the console method of their level, by which the platform tells errors from the rest. */
export const LogLive = Logger.replace(Logger.defaultLogger, Logger.withLeveledConsole(Logger.jsonLogger))

/** A request that takes this many milliseconds, not counting the time for which it is held, is logged as a warning. */
const slowMilliseconds = 1000

/** The status that nginx logs for a caller that hung up before its answer. */
const hungUpStatus = 499

const decodeError = Schema.decodeUnknownOption(Schema.parseJson(Schema.Struct({ _tag: Schema.String })))

/** The name of the error in an answer. */
const errorOf = ({ body, status }: HttpServerResponse.HttpServerResponse) =>
  status < 400 || body._tag !== "Uint8Array"
    ? Option.none()
    : Option.map(decodeError(new TextDecoder().decode(body.body)), ({ _tag }) => _tag)

/** Logs a server's error as an error and a slow request as a warning, so that an operator finds them. */
const logAtLevel = (status: number, ownMilliseconds: number) =>
  status >= 500
    ? Effect.logError("request")
    : ownMilliseconds >= slowMilliseconds
      ? Effect.logWarning("request")
      : Effect.logInfo("request")

const outcomeOf = (exit: Exit.Exit<HttpServerResponse.HttpServerResponse, unknown>) => {
  if (Exit.isSuccess(exit)) return { status: exit.value.status, error: errorOf(exit.value) }
  return { status: Exit.isInterrupted(exit) ? hungUpStatus : 500, error: Option.none<string>() }
}

const logRequest = (
  exit: Exit.Exit<HttpServerResponse.HttpServerResponse, unknown>,
  milliseconds: number,
  cost: Readonly<RequestCost>,
  request: Readonly<Record<"method" | "path", string>>
) => {
  const { error, status } = outcomeOf(exit)
  return logAtLevel(status, milliseconds - cost.held).pipe(
    Effect.annotateLogs({
      ...request,
      status,
      milliseconds,
      ...costFields(cost),
      ...Option.match(error, { onNone: () => ({}), onSome: (name) => ({ error: name }) })
    })
  )
}

/**
 * Logs one line for each request: its id, method, path, status, error, duration, cost, and the limits that it met.
 * Every other line of the request has the same id. The query and the headers are not logged, because they may contain
 * secrets; a path contains none.
 */
export const requestLog = <E, R>(app: HttpApp.Default<E, R>): HttpApp.Default<E, R> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const path = request.url.split("?", 1)[0] ?? "/"
    const requestId = request.headers["cf-ray"] ?? crypto.randomUUID()
    const start = yield* Clock.currentTimeMillis
    return yield* withCost((cost) =>
      app.pipe(
        Effect.map(HttpServerResponse.setHeader("x-request-id", requestId)),
        Effect.onExit((exit) =>
          Effect.flatMap(Clock.currentTimeMillis, (end) =>
            logRequest(exit, end - start, cost, { method: request.method, path })
          )
        )
      )
    ).pipe(Effect.annotateLogs("requestId", requestId))
  })

/** Logs one line with the cost of named work that no answer waits for, unless the work did not use the database. */
export const workLog =
  (name: string) =>
  <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    withCost((cost) =>
      Effect.flatMap(Clock.currentTimeMillis, (start) =>
        Effect.ensuring(
          work,
          Effect.flatMap(Clock.currentTimeMillis, (end) =>
            Effect.when(
              Effect.annotateLogs(Effect.logInfo(name), { milliseconds: end - start, ...costFields(cost) }),
              () => cost.trips > 0
            )
          )
        )
      )
    )
