import { env, waitUntil } from "cloudflare:workers"
import * as HttpApp from "@effect/platform/HttpApp"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Runtime from "effect/Runtime"
import * as App from "./App.js"
import { Background } from "./Background.js"
import { Cleanup } from "./Cleanup.js"
import { Database } from "./Database.js"
import { objectBells } from "./Doorbell/objectBells.js"
import { isOperation } from "./Edge.js"
import { Pages } from "./Pages.js"
import { RateLimit } from "./RateLimit.js"
import { LogLive, workLog } from "./RequestLog.js"
import { Turn } from "./Turn.js"

export { RoomDoorbell } from "./Doorbell/RoomDoorbell.js"

/** The bindings of the Worker; everything else in its environment is a setting. */
const {
  ASSETS,
  DB,
  DOORBELL,
  LIMIT_ADDRESS,
  LIMIT_GUESS,
  LIMIT_JOIN,
  LIMIT_PASSWORD,
  LIMIT_PEER,
  LIMIT_PRESENCE,
  LIMIT_SEND,
  LIMIT_STRANGER,
  LIMIT_TURN,
  ...settings
} = env

/** Hands work that outlives its request to the platform, which would otherwise end it with the answer. */
const BackgroundLive = Layer.succeed(Background, {
  run: (effect) =>
    Effect.map(Effect.runtime(), (current) =>
      waitUntil(Runtime.runPromise(current)(workLog("after the answer")(effect)))
    )
})

const bindings = Layer.mergeAll(Database.layer(DB), RateLimit.layer(env), BackgroundLive, objectBells(DOORBELL))

const services = Layer.provideMerge(Pages.layer(ASSETS), App.layer(bindings)).pipe(Layer.provideMerge(LogLive))

/**
 * One runtime for each isolate, built at module scope and synchronously, because a layer built within a request would
 * hang the isolate if that request is aborted (Effect issue 6319). A wrong setting fails here, when the Worker starts.
 */
const runtime = ManagedRuntime.make(
  services.pipe(Layer.provide(Layer.setConfigProvider(ConfigProvider.fromJson(settings))))
)

const handle = HttpApp.toWebHandlerRuntime(runtime.runSync(runtime.runtimeEffect))(runtime.runSync(App.app))

/** The asset at this address; if there is none, the API's answer, which is `RouteNotFound`. */
const servePage = (request: Request) =>
  Effect.flatMap(Pages, ({ serve }) => serve(request)).pipe(
    Effect.flatMap((page) => (page === null ? Effect.promise(() => handle(request)) : Effect.succeed(page)))
  )

/** Deletes old rows of the database, then revokes the TURN credentials of the peers that were deleted. */
const scheduled = Effect.gen(function* () {
  yield* (yield* Cleanup).run()
  yield* (yield* Turn).revokeOrphans
}).pipe(workLog("cron"))

export default {
  fetch: (request) =>
    isOperation(new URL(request.url).pathname) ? handle(request) : runtime.runPromise(servePage(request)),
  scheduled: (_event, _env, context) => {
    context.waitUntil(runtime.runPromise(scheduled))
  }
} satisfies ExportedHandler
