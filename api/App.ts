import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpMiddleware from "@effect/platform/HttpMiddleware"
import * as HttpServer from "@effect/platform/HttpServer"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Background } from "./Background.js"
import { Cleanup } from "./Cleanup.js"
import { Api } from "./contract/Api.js"
import type { Database } from "./Database.js"
import { DecodeErrors } from "./decodeErrors.js"
import { afterBody, edge } from "./Edge.js"
import { HealthHttp } from "./HealthHttp.js"
import type { RateLimit } from "./RateLimit.js"
import { requestLog } from "./RequestLog.js"
import { Settings } from "./Settings.js"
import { SignalingHttp } from "./Signaling/Http.js"
import { TurnHttp } from "./Turn/Http.js"
import { Turn } from "./Turn.js"

/** Spans are disabled, because nothing collects them. Only their names remain: they locate a defect in the log. */
const Untraced = Layer.merge(
  Layer.setTracerEnabled(false),
  Layer.scopedDiscard(Effect.locallyScoped(HttpMiddleware.currentTracerDisabledWhen, () => true))
)

/** Every layer of the service, over the given bindings. Can be built synchronously, because no layer does I/O. */
export const layer = <E>(bindings: Layer.Layer<Background | Database | RateLimit, E>) =>
  Layer.mergeAll(
    HttpApiBuilder.api(Api).pipe(Layer.provide([SignalingHttp, TurnHttp, HealthHttp])),
    HttpApiBuilder.Router.Live,
    HttpApiBuilder.Middleware.layer,
    HttpServer.layerContext,
    Cleanup.Default,
    Turn.Default,
    Untraced
  ).pipe(
    Layer.provideMerge(DecodeErrors.pipe(Layer.provideMerge(HttpApiBuilder.Middleware.layer))),
    Layer.provideMerge(Settings.Default),
    Layer.provide([bindings, FetchHttpClient.layer])
  )

/** The whole service as one HTTP app: CORS, log, edge, and the contract's operations within. */
export const app = Effect.gen(function* () {
  const api = yield* HttpApiBuilder.httpApp
  const { allowedOrigins } = yield* Settings
  const cors = HttpMiddleware.cors({
    allowedOrigins: Option.match(allowedOrigins, {
      onNone: () => [],
      onSome: (origins) => (origin: string) => origins.includes(origin)
    }),
    allowedMethods: ["GET", "HEAD", "POST"],
    allowedHeaders: ["authorization", "content-type", "idempotency-key"],
    exposedHeaders: ["retry-after", "x-request-id"],
    maxAge: 86_400
  })
  return afterBody(cors(requestLog(edge(api))))
})
