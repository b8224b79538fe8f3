import * as Effect from "effect/Effect"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { OpenComposer } from "./Composer.js"
import { openCanvasComposer } from "./canvasComposer.js"
import { insertableStreams } from "./insertableStreams.js"
import { composerWorker, openWorkerComposer } from "./workerComposer.js"

/** Opens a composer of this browser: in a worker where it can, else in the page. */
export const openComposer: OpenComposer = Effect.gen(function* () {
  const streams = insertableStreams()
  if (streams === null) return yield* openCanvasComposer
  // What was opened of a worker's composer that does not work goes at once.
  const scope = yield* Scope.fork(yield* Effect.scope, ExecutionStrategy.sequential)
  return yield* Scope.extend(openWorkerComposer(streams, composerWorker), scope).pipe(
    Effect.tapError(() => Scope.close(scope, Exit.void)),
    Effect.catchTag("ComposerBroken", ({ message }) =>
      Effect.logWarning(`The programme is composed in the page. ${message}`).pipe(Effect.zipRight(openCanvasComposer))
    )
  )
})
