import * as Effect from "effect/Effect"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { OpenComposer } from "./Composer.js"
import { openCanvasComposer } from "./canvasComposer.js"
import { insertableStreams } from "./insertableStreams.js"
import { composerWorker, openWorkerComposer } from "./workerComposer.js"

/** Opens a composer: in a worker if this browser can, else in the page. */
export const openComposer: OpenComposer = Effect.gen(function* () {
  const streams = insertableStreams()
  if (streams === null) return yield* openCanvasComposer
  // What a worker's composer has opened is closed at once if it does not work.
  const scope = yield* Scope.fork(yield* Effect.scope, ExecutionStrategy.sequential)
  return yield* Scope.extend(openWorkerComposer(streams, composerWorker), scope).pipe(
    Effect.tapError(() => Scope.close(scope, Exit.void)),
    Effect.catchTag("ComposerBroken", ({ message }) =>
      Effect.logWarning(`The programme is composed in the page. ${message}`).pipe(Effect.zipRight(openCanvasComposer))
    )
  )
})
