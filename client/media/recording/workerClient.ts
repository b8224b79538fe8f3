import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { problemOf, type RecordingProblem, StorageFailed } from "./problems.js"
import type { WorkerRequest, WorkerResponse } from "./workerServer.js"

/**
 * Sends a request to a worker that uses `serve`. It is sent as soon as the effect runs. Fails if the worker breaks or
 * is ended before it has answered.
 */
export type SendRequest<Payload, Result> = (request: Payload) => Effect.Effect<Result, RecordingProblem>

/** Talks to a worker until the scope closes, and ends it then. */
export const callWorker = <Payload, Result>(
  make: () => Worker
): Effect.Effect<SendRequest<Payload, Result>, never, Scope.Scope> =>
  Effect.gen(function* () {
    const waiting = new Map<number, (result: Effect.Effect<Result, RecordingProblem>) => void>()
    let lastNumber = 0
    let broken: RecordingProblem | undefined
    const failAll = (message: string) => {
      broken = new StorageFailed({ message })
      for (const resume of waiting.values()) resume(Effect.fail(broken))
      waiting.clear()
    }
    const worker = yield* Effect.acquireRelease(Effect.sync(make), (worker) =>
      Effect.sync(() => {
        worker.terminate()
        failAll("The worker was ended.")
      })
    )
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerResponse<Result>>) => {
      const resume = waiting.get(data.number)
      waiting.delete(data.number)
      resume?.("result" in data ? Effect.succeed(data.result) : Effect.fail(problemOf(data.failure)))
    })
    // The script failed, or could not be loaded: there is no network, or a new deployment has other files.
    worker.addEventListener("error", ({ message = "" }) => failAll(`The worker does not run. ${message}`))
    return (request: Payload) =>
      Effect.async<Result, RecordingProblem>((resume) => {
        if (broken !== undefined) return resume(Effect.fail(broken))
        const number = ++lastNumber
        waiting.set(number, resume)
        const message: WorkerRequest<Payload> = { number, request }
        worker.postMessage(message)
        return Effect.sync(() => void waiting.delete(number))
      })
  })
