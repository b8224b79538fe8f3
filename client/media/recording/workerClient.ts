import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { problemOf, type RecordingProblem, StorageFailed } from "./problems.js"
import type { Answered, Asked } from "./workerServer.js"

/** Asks a worker that answers with `answer`. The question is on its way as soon as the effect runs. */
export type Ask<Question, Answer> = (question: Question) => Effect.Effect<Answer, RecordingProblem>

/** Talks to a worker until the scope closes, and ends it then. */
export const callWorker = <Question, Answer>(
  make: () => Worker
): Effect.Effect<Ask<Question, Answer>, never, Scope.Scope> =>
  Effect.acquireRelease(Effect.sync(make), (worker) => Effect.sync(() => worker.terminate())).pipe(
    Effect.map((worker) => {
      const waiting = new Map<number, (answered: Effect.Effect<Answer, RecordingProblem>) => void>()
      let last = 0
      let broken: RecordingProblem | undefined
      worker.addEventListener("message", ({ data }: MessageEvent<Answered<Answer>>) => {
        const resume = waiting.get(data.number)
        waiting.delete(data.number)
        resume?.("answer" in data ? Effect.succeed(data.answer) : Effect.fail(problemOf(data.failure)))
      })
      // Its script could not be loaded, since there is no network or a new deployment has other files, or it has failed.
      worker.addEventListener("error", ({ message = "" }) => {
        broken = new StorageFailed({ message: `The worker does not run. ${message}` })
        for (const resume of waiting.values()) resume(Effect.fail(broken))
        waiting.clear()
      })
      return (question: Question) =>
        Effect.async<Answer, RecordingProblem>((resume) => {
          if (broken !== undefined) return resume(Effect.fail(broken))
          const number = ++last
          waiting.set(number, resume)
          const asked: Asked<Question> = { number, question }
          worker.postMessage(asked)
        })
    })
  )
