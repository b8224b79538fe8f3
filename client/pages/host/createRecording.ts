import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { createEffect, createMemo, createSignal, untrack } from "solid-js"
import { canPickFolder, mayHaveRecordings, pickFolder } from "../../media/recording/folder.js"
import type { RecordingProblem } from "../../media/recording/problems.js"
import type { Recorder, RecorderState } from "../../media/recording/Recorder.js"
import type { UnsavedRecording } from "../../media/recording/recover.js"
import type { Progress, Saved } from "../../media/recording/save.js"
import type { Source } from "../../media/recording/segments.js"
import { browserClaims } from "../../signaling/claims.js"
import { createOpened } from "../../solid/createOpened.js"
import { createRunner } from "../../solid/createRunner.js"
import { fromCell } from "../../solid/fromCell.js"
import {
  brokenSaying,
  downloadedSaying,
  recordingProblemSaying,
  recordingUnloaded,
  savedSaying
} from "../../words/recordingSaying.js"
import type { Saying } from "../../words/Saying.js"

/** A part of the page could not be loaded: no network, or a new deployment has other files. */
class RecordingUnloaded extends Data.TaggedError("RecordingUnloaded") {}

const part = <A>(load: () => Promise<A>) => Effect.tryPromise({ try: load, catch: () => new RecordingUnloaded() })

const recorderPart = part(() => import("../../media/recording/Recorder.js"))
const recoverPart = part(() => import("../../media/recording/recover.js"))
const savePart = part(() => import("../../media/recording/save.js"))

/** Sayings are read when they are shown: the language may change meanwhile. */
type ReadSaying = () => Saying

const sayingOf = (problem: RecordingProblem | RecordingUnloaded): ReadSaying =>
  problem._tag === "RecordingUnloaded" ? recordingUnloaded : () => recordingProblemSaying(problem)

/** A recording on its way out of this browser: `done` of `of` files are there. */
export interface Saving {
  readonly id: string
  readonly done: number
  readonly of: number
}

/**
 * The host page's recordings as signals. What records and saves is loaded when it is wanted; the list of unsaved
 * recordings where this browser has ever recorded.
 */
export const createRecording = (room: string | undefined) => {
  const run = createRunner()
  const opened = createOpened<Recorder, RecordingUnloaded>()
  const [asked, setAsked] = createSignal(false)
  const [said, setSaid] = createSignal<ReadSaying>()
  const say = (saying: ReadSaying | undefined) => void setSaid(() => saying)
  const [unsaved, setUnsaved] = createSignal<ReadonlyArray<UnsavedRecording>>([])
  const [saving, setSaving] = createSignal<Saving>()
  let sources: ReadonlyArray<Source> = []

  const shown = createMemo(() => {
    const recorder = opened.current()
    return recorder && fromCell(recorder.state)
  })
  const state = createMemo((): RecorderState => {
    const now = shown()
    if (now !== undefined) return now()
    return asked() && opened.failure() === undefined ? { _tag: "Starting" } : { _tag: "Idle" }
  })

  /** Says what went wrong. */
  const told = <A>(effect: Effect.Effect<A, RecordingProblem | RecordingUnloaded>) =>
    effect.pipe(Effect.catchAll((problem) => Effect.sync(() => say(sayingOf(problem)))))

  const refresh = Effect.gen(function* () {
    if (!(yield* mayHaveRecordings)) return
    const { unsavedRecordings } = yield* recoverPart
    setUnsaved(yield* unsavedRecordings(browserClaims))
  })
  // A list that cannot be read is no reason to bother a host who records nothing.
  run(Effect.ignore(refresh))

  createEffect(() => {
    if (opened.failure() !== undefined) say(recordingUnloaded)
    const now = state()
    if (now._tag !== "Problem") return
    const { problem } = now
    say(() => recordingProblemSaying(problem))
    run(Effect.ignore(refresh))
  })

  const open = Effect.gen(function* () {
    const { makeRecorder } = yield* recorderPart
    const recorder = yield* makeRecorder({ room: room ?? "main", claims: browserClaims })
    yield* Effect.forkScoped(Effect.suspend(() => recorder.start(sources)))
    return recorder
  })

  /** Saves one at a time: it is the disk that takes its time. */
  const save = (
    id: string,
    how: (progress: Progress) => Effect.Effect<ReadSaying | null, RecordingProblem | RecordingUnloaded>
  ) => {
    if (untrack(saving) !== undefined) return
    say(undefined)
    setSaving({ id, done: 0, of: 0 })
    run(
      how((done, of) => setSaving({ id, done, of })).pipe(
        Effect.tap((saying) => Effect.sync(() => say(saying ?? undefined))),
        told,
        Effect.ensuring(Effect.sync(() => void setSaving(undefined))),
        Effect.zipRight(told(refresh))
      )
    )
  }

  const count = ({ manifest }: Saved) => manifest.segments.length

  return {
    state,
    /** What went wrong, or what came of the last saving. */
    saying: (): Saying | undefined => {
      const now = state()
      return said()?.() ?? (now._tag === "Recording" && now.broken.length > 0 ? brokenSaying(now.broken) : undefined)
    },
    dismiss: () => say(undefined),
    /** To be called with all of them whenever one comes, goes or gets another track. */
    setSources: (now: ReadonlyArray<Source>) => {
      sources = now
      untrack(opened.current)?.setSources(now)
    },
    start: () => {
      say(undefined)
      const recorder = untrack(opened.current)
      if (recorder !== undefined) return run(recorder.start(sources))
      setAsked(true)
      opened.open(open)
    },
    stop: () => {
      const recorder = untrack(opened.current)
      if (recorder !== undefined) run(Effect.zipRight(recorder.stop, told(refresh)))
    },
    unsaved,
    saving,
    canPickFolder: canPickFolder(),
    /** In the handler of a press: the browser asks for the folder. */
    saveToFolder: (id: string) =>
      save(id, (progress) =>
        Effect.gen(function* () {
          const folder = yield* pickFolder
          if (folder === null) return null
          const { saveToFolder } = yield* savePart
          const saved = yield* saveToFolder(browserClaims, id, folder, progress)
          return () => savedSaying(saved.name, count(saved))
        })
      ),
    download: (id: string) =>
      save(id, (progress) =>
        Effect.gen(function* () {
          const { saveByDownloads } = yield* savePart
          const saved = yield* saveByDownloads(browserClaims, id, progress)
          return () => downloadedSaying(saved.name, count(saved))
        })
      ),
    remove: (id: string) =>
      run(
        told(
          Effect.gen(function* () {
            const { deleteRecording } = yield* recoverPart
            yield* deleteRecording(browserClaims, id)
            yield* refresh
          })
        )
      )
  } as const
}

export type RecordingModel = ReturnType<typeof createRecording>
