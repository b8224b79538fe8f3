import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { makeObservable, type Observable } from "../../browser/Observable.js"
import type { TabLocks } from "../../browser/tabLocks.js"
import { recordedType } from "./mimes.js"
import { RecordingInUse, type RecordingProblem, RecordingUnsupported, SpaceUsedUp } from "./problems.js"
import { readBeginning } from "./resumeAfterCrash.js"
import { type Beginning, type Finished, type Progress, Session } from "./Session.js"
import type { Source } from "./segments.js"
import { lockOf } from "./storage.js"
import { watchSpace } from "./watchSpace.js"
import { callWorker } from "./workerClient.js"
import type { WriterRequest } from "./writer.worker.js"

export type RecorderState =
  /** Nothing is being recorded. */
  | { readonly _tag: "Idle" }
  /** The directory on the disk is being created, or looked for. */
  | { readonly _tag: "Starting" }
  | (Progress & {
      readonly _tag: "Recording"
      readonly recording: string
      /** Milliseconds since 1970. */
      readonly since: number
      /** How many seconds the space in this browser still lasts; null while unknown. */
      readonly secondsLeft: number | null
    })
  /** The last chunks are being written: `done` of `of` files are closed. */
  | { readonly _tag: "Finishing"; readonly done: number; readonly of: number }
  /** It stopped by itself, or did not start. What was written until then is kept: `unsavedRecordings` has it. */
  | { readonly _tag: "Problem"; readonly problem: RecordingProblem }

/** Records every source into files of its own, to the disk as it comes. */
export interface Recorder {
  readonly state: Observable<RecorderState>
  /**
   * Goes on with the recording of this id, or begins a new one if it is null. Does nothing if it is recording already.
   * Problems are in the state.
   */
  readonly start: (resume: string | null) => Effect.Effect<void>
  /** To be called whenever a source comes, goes or gets another track. What changed starts a new file. */
  readonly setSources: (sources: ReadonlyArray<Source>) => void
  /** Null: nothing was being recorded. */
  readonly stop: Effect.Effect<Finished | null>
}

export interface RecorderOptions {
  readonly room: string
  /** Keep other pages of this browser away from a running recording. */
  readonly locks: TabLocks
}

const supported = Effect.suspend(() =>
  globalThis.MediaRecorder !== undefined &&
  recordedType("audio", (mime) => MediaRecorder.isTypeSupported(mime)) !== undefined
    ? Effect.void
    : Effect.fail(new RecordingUnsupported())
)

/** Recorders of this browser: one recording at a time. Closing the scope stops it, and keeps what was recorded. */
export const makeRecorder = Effect.fn("makeRecorder")(function* ({
  locks,
  room
}: RecorderOptions): Effect.fn.Return<Recorder, never, Scope.Scope> {
  const state = makeObservable<RecorderState>({ _tag: "Idle" })
  const inTurn = (yield* Effect.makeSemaphore(1)).withPermits(1)
  let current: { readonly session: Session; readonly scope: Scope.CloseableScope } | undefined
  let wanted: ReadonlyArray<Source> = []

  /** Stops the recording. `why`: the problem of the state afterwards, else that of the end itself, if it had one. */
  const end = (why: RecordingProblem | null) =>
    Effect.suspend(() => {
      if (current === undefined) return Effect.succeed(null)
      const { scope, session } = current
      current = undefined
      return session.finish.pipe(
        Effect.ensuring(Scope.close(scope, Exit.void)),
        Effect.map(({ finished, problem }) => {
          const reported = why ?? problem
          state.set(reported === null ? { _tag: "Idle" } : { _tag: "Problem", problem: reported })
          return finished
        })
      )
    }).pipe(inTurn, Effect.uninterruptible)

  const begin = (resume: string | null) =>
    Effect.gen(function* () {
      yield* supported
      const recording = resume ?? crypto.randomUUID()
      // Interruptible, so that the wait for another page's lock can be cut short.
      const hasLock = yield* Effect.interruptible(locks.take(lockOf(recording)))
      if (!hasLock) return yield* new RecordingInUse()
      const beginning: Beginning =
        resume === null
          ? { recording, room, since: yield* Clock.currentTimeMillis, before: null }
          : yield* readBeginning(recording)
      const ask = yield* callWorker<WriterRequest, void>(
        () => new Worker(new URL("./writer.worker.ts", import.meta.url), { type: "module" })
      )
      let progress: Progress = { bytes: beginning.before?.bytes ?? 0, names: [], broken: [] }
      let secondsLeft: number | null = null
      const show = () => state.set({ _tag: "Recording", recording, since: beginning.since, secondsLeft, ...progress })
      const session = new Session(beginning, ask, {
        progress: (now) => {
          progress = now
          show()
        },
        finishing: (done, of) => state.set({ _tag: "Finishing", done, of }),
        // Writes that were still pending at the end of a recording fail, and must not end the next one.
        failed: (problem) => {
          if (current?.session === session) Effect.runFork(end(problem))
        }
      })
      // The first write shows whether anything can be written.
      yield* ask(session.keepManifest())
      const space = watchSpace(
        () => progress.bytes,
        (seconds) => {
          secondsLeft = seconds
          if (current?.session === session) show()
        }
      )
      // `end` closes the scope in which this runs, so it cannot be awaited here.
      yield* space.pipe(
        Effect.tap(() => Effect.sync(() => Effect.runFork(end(new SpaceUsedUp())))),
        Effect.interruptible,
        Effect.forkScoped
      )
      for (const work of [session.note, session.check]) yield* work.pipe(Effect.interruptible, Effect.forkScoped)
      return session
    })

  const start = (resume: string | null) =>
    Effect.suspend(() => {
      if (current !== undefined) return Effect.void
      state.set({ _tag: "Starting" })
      return Effect.gen(function* () {
        const scope = yield* Scope.make()
        const begun = yield* Effect.exit(Scope.extend(begin(resume), scope))
        if (Exit.isSuccess(begun)) {
          current = { session: begun.value, scope }
          begun.value.setSources(wanted)
          return
        }
        yield* Scope.close(scope, Exit.void)
        return yield* begun
      }).pipe(Effect.catchAll((problem) => Effect.sync(() => state.set({ _tag: "Problem", problem }))))
    }).pipe(inTurn, Effect.uninterruptible)

  const stop = end(null)
  yield* Effect.addFinalizer(() => stop)

  return {
    state,
    start,
    setSources: (sources) => {
      wanted = sources
      current?.session.setSources(sources)
    },
    stop
  }
})
