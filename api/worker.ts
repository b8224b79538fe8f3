import { env } from "cloudflare:workers"
import * as HttpApp from "@effect/platform/HttpApp"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as App from "./App.js"
import { Cleanup } from "./Cleanup.js"
import { Database } from "./Database.js"

const { DB, ...settings } = env

/**
 * One runtime for each isolate, built at module scope and synchronously: a layer built within a request would hang the
 * isolate when that request is aborted (Effect issue 6319). A wrong setting fails here, when the Worker starts.
 */
const runtime = ManagedRuntime.make(
  App.layer(Database.layer(DB)).pipe(Layer.provide(Layer.setConfigProvider(ConfigProvider.fromJson(settings))))
)

const handle = HttpApp.toWebHandlerRuntime(runtime.runSync(runtime.runtimeEffect))(runtime.runSync(App.app))

export default {
  fetch: (request) => handle(request),
  scheduled: (_event, _env, context) => {
    context.waitUntil(runtime.runPromise(Effect.flatMap(Cleanup, (cleanup) => cleanup.run())))
  }
} satisfies ExportedHandler
