import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal, untrack } from "solid-js"
import { browserTabLocks } from "../../browser/tabLocks.js"
import { downloadedText, recordingProblemText, recordingUnloaded, savedText } from "../../i18n/recordingText.js"
import type { StatusText } from "../../i18n/StatusText.js"
import { browserFamily } from "../../media/browserFamily.js"
import { canPickFolder, mayHaveRecordings, pickFolder } from "../../media/recording/folder.js"
import type { RecordingProblem } from "../../media/recording/problems.js"
import type { Recorder, RecorderState } from "../../media/recording/Recorder.js"
import { askToKeep, isKept, retentionOf } from "../../media/recording/retention.js"
import type { Saved } from "../../media/recording/save.js"
import type { Progress } from "../../media/recording/saving.js"
import type { Source } from "../../media/recording/segments.js"
import type { UnsavedRecording } from "../../media/recording/unsavedRecordings.js"
import { createOpened } from "../../solid/createOpened.js"
import { createRunner } from "../../solid/createRunner.js"
import { fromObservable } from "../../solid/fromObservable.js"
import { createContinuing } from "./createContinuing.js"

/** A part of the page could not be loaded: no network, or a new deployment has other files. */
class RecordingUnloaded extends Data.TaggedError("RecordingUnloaded") {}

const part = <A>(load: () => Promise<A>) => Effect.tryPromise({ try: load, catch: () => new RecordingUnloaded() })

const recorderPart = part(() => import("../../media/recording/Recorder.js"))
const recoverPart = part(() => import("../../media/recording/unsavedRecordings.js"))
const resumePart = part(() => import("../../media/recording/resumeAfterCrash.js"))
const savePart = part(() => import("../../media/recording/save.js"))

/** Texts are read when they are shown: the language may change meanwhile. */
type ReadStatusText = () => StatusText

const statusTextOf = (problem: RecordingProblem | RecordingUnloaded): ReadStatusText =>
  problem._tag === "RecordingUnloaded" ? recordingUnloaded : () => recordingProblemText(problem)

/** A recording that is being saved: `done` of `of` files are written. */
export interface Saving {
  readonly id: string
  readonly done: number
  readonly of: number
}

/**
 * The host page's recordings as signals. The code that records and saves is loaded on demand; the list of unsaved
 * recordings, if this browser has ever recorded. A recording that was running goes on once the page listens.
 */
export const createRecording = (givenRoom: string | undefined, listening: Accessor<boolean>) => {
  const room = givenRoom ?? "main"
  const run = createRunner()
  const opened = createOpened<Recorder, RecordingUnloaded>()
  const [asked, setAsked] = createSignal(false)
  const [said, setSaid] = createSignal<ReadStatusText>()
  const say = (status: ReadStatusText | undefined) => void setSaid(() => status)
  const [unsaved, setUnsaved] = createSignal<ReadonlyArray<UnsavedRecording>>([])
  const [saving, setSaving] = createSignal<Saving>()
  const [kept, setKept] = createSignal(false)
  run(Effect.map(isKept, setKept))
  let sources: ReadonlyArray<Source> = []
  let stopWanted = false

  const shown = createMemo(() => {
    const recorder = opened.current()
    return recorder && fromObservable(recorder.state)
  })
  const state = createMemo((): RecorderState => {
    const current = shown()
    if (current !== undefined) return current()
    return asked() && opened.failure() === undefined ? { _tag: "Starting" } : { _tag: "Idle" }
  })

  /** Shows what went wrong. */
  const reportProblem = <A>(effect: Effect.Effect<A, RecordingProblem | RecordingUnloaded>) =>
    effect.pipe(Effect.catchAll((problem) => Effect.sync(() => say(statusTextOf(problem)))))

  const refresh = Effect.gen(function* () {
    if (!(yield* mayHaveRecordings)) return
    const { unsavedRecordings } = yield* recoverPart
    setUnsaved(yield* unsavedRecordings(browserTabLocks))
  })
  // An unreadable list is not reported: the host may not record at all.
  run(Effect.ignore(refresh))

  const open = (resume: string | null) =>
    Effect.gen(function* () {
      const { makeRecorder } = yield* recorderPart
      const recorder = yield* makeRecorder({ room, locks: browserTabLocks })
      recorder.setSources(sources)
      yield* recorder.start(resume)
      return recorder
    })
  // It was stopped while the recorder was still being loaded.
  createEffect(() => {
    const recorder = opened.current()
    if (recorder === undefined || !stopWanted) return
    stopWanted = false
    run(Effect.zipRight(recorder.stop, reportProblem(refresh)))
  })
  // They may have changed while it started.
  createEffect(() => opened.current()?.setSources(sources))

  const begin = (resume: string | null) => {
    say(undefined)
    stopWanted = false
    run(Effect.map(askToKeep, setKept))
    const recorder = untrack(opened.current)
    if (recorder !== undefined) return run(recorder.start(resume))
    setAsked(true)
    opened.open(open(resume))
  }

  const continuing = createContinuing(run, {
    room,
    listening,
    state,
    start: begin,
    find: Effect.gen(function* () {
      if (!(yield* mayHaveRecordings)) return null
      const { interruptedRecording } = yield* resumePart
      return yield* interruptedRecording(room)
    }).pipe(Effect.catchTag("RecordingUnloaded", () => Effect.fail("unloaded" as const)))
  })

  createEffect(() => {
    if (opened.failure() !== undefined && untrack(continuing.stopped) === undefined) say(recordingUnloaded)
    const current = state()
    if (current._tag !== "Problem") return
    const { problem } = current
    // A recording that does not go on has a notice of its own with the same problem.
    if (untrack(continuing.stopped)?.why !== problem) say(() => recordingProblemText(problem))
    run(Effect.ignore(refresh))
  })

  /** Saves one recording at a time, because the disk is what takes the time. */
  const save = (
    id: string,
    how: (progress: Progress) => Effect.Effect<ReadStatusText | null, RecordingProblem | RecordingUnloaded>
  ) => {
    if (untrack(saving) !== undefined) return
    say(undefined)
    setSaving({ id, done: 0, of: 0 })
    run(
      how((done, of) => setSaving({ id, done, of })).pipe(
        Effect.tap((status) =>
          Effect.sync(() => {
            if (status === null) return
            say(status)
            continuing.forget(id)
          })
        ),
        reportProblem,
        Effect.ensuring(Effect.sync(() => void setSaving(undefined))),
        Effect.zipRight(reportProblem(refresh))
      )
    )
  }

  return {
    state,
    /** Whether guests are told of a recording: it runs, or goes on in a moment. */
    running: () => state()._tag === "Recording" || continuing.trying(),
    /** What went wrong, or the result of the last save. */
    status: (): StatusText | undefined => said()?.(),
    dismiss: () => say(undefined),
    continuing,
    /** How long this browser promises to keep recordings. */
    retention: () =>
      retentionOf(kept(), browserFamily(navigator.userAgent, navigator.maxTouchPoints), navigator.userAgent),
    /** Call it with all sources whenever one comes, goes or gets another track. */
    setSources: (updated: ReadonlyArray<Source>) => {
      sources = updated
      untrack(opened.current)?.setSources(updated)
    },
    start: () => begin(null),
    stop: () => {
      const recorder = untrack(opened.current)
      if (recorder !== undefined) run(Effect.zipRight(recorder.stop, reportProblem(refresh)))
      else stopWanted = true
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
          const saved = yield* saveToFolder(browserTabLocks, id, folder, progress)
          return savedAs(savedText, saved)
        })
      ),
    download: (id: string) =>
      save(id, (progress) =>
        Effect.gen(function* () {
          const { saveByDownloads } = yield* savePart
          return savedAs(downloadedText, yield* saveByDownloads(browserTabLocks, id, progress))
        })
      ),
    remove: (id: string) => {
      continuing.forget(id)
      run(
        reportProblem(
          Effect.gen(function* () {
            const { deleteRecording } = yield* recoverPart
            yield* deleteRecording(browserTabLocks, id)
            yield* refresh
          })
        )
      )
    }
  } as const
}

const savedAs =
  (text: (name: string, files: number) => StatusText, { files, name }: Saved): ReadStatusText =>
  () =>
    text(name, files)

export type RecordingModel = ReturnType<typeof createRecording>
