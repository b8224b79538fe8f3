/** What saving to a folder and saving by downloads have in common: a recording taken in hand, and its files finished. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { TabLocks } from "../../browser/tabLocks.js"
import { savedName } from "./fileNames.js"
import type { FinishAnswer, FinishQuestion } from "./finish.worker.js"
import type { StoredManifest } from "./manifest.js"
import { typeOf } from "./mimes.js"
import { recordingsDirectory } from "./privateFiles.js"
import { RecordingGone, RecordingInUse, SavingStuck } from "./problems.js"
import { attempt, lockOf, type RecordingFile, readStoredManifest, recordingFiles, removeEmptyFiles } from "./storage.js"
import { type Ask, callWorker } from "./workerClient.js"

/** Called before the first file and after each. */
export type Progress = (done: number, of: number) => void

/** One file to save. */
export interface ToSave extends Pick<RecordingFile, "file" | "size" | "finished"> {
  readonly mime: string
  /** How long it was recorded; null where that is not known. */
  readonly recordedMs: number | null
}

export interface Opened {
  readonly id: string
  readonly directory: FileSystemDirectoryHandle
  /** Null: its manifest cannot be read. */
  readonly stored: StoredManifest | null
  /** Those with something in them. */
  readonly files: ReadonlyArray<ToSave>
  /** `savedName` */
  readonly name: string
  readonly ask: Ask<FinishQuestion, FinishAnswer>
}

const earliest = (files: ReadonlyArray<RecordingFile>) =>
  new Date(Math.min(...files.map(({ modified }) => modified))).toISOString()

/** Takes a recording in hand until the scope closes. */
export const openRecording = (locks: TabLocks, id: string) =>
  Effect.gen(function* () {
    if (!(yield* locks.take(lockOf(id)))) return yield* new RecordingInUse()
    const directory = yield* attempt(async () => (await recordingsDirectory(true)).getDirectoryHandle(id))
    const stored = yield* readStoredManifest(directory)
    yield* removeEmptyFiles(directory)
    const found = yield* recordingFiles(directory)
    if (found.length === 0) return yield* new RecordingGone()
    const ask = yield* callWorker<FinishQuestion, FinishAnswer>(
      () => new Worker(new URL("./finish.worker.ts", import.meta.url), { type: "module" })
    )
    const files = found.map((file): ToSave => {
      const segment = stored?.manifest.segments.find((one) => one.file === file.file)
      return { ...file, mime: segment?.mime ?? typeOf(file.file), recordedMs: segment?.durationMs ?? null }
    })
    const name = savedName(stored?.manifest.startedAt ?? earliest(found))
    return { id, directory, stored, files, name, ask } satisfies Opened
  })

/** A slow disk writes a megabyte a second, twice. */
const patienceFor = (bytes: number) => Duration.seconds(60 + bytes / 500_000)

/** Finishes one file to its target: a folder, or null for the recording's own directory of finished files. */
export const finishFile = (
  { ask, id }: Opened,
  { file, finished, mime, recordedMs, size }: ToSave,
  folder: FileSystemDirectoryHandle | null
) =>
  ask({ type: "finish", recording: id, file, mime, recordedMs, finished, folder }).pipe(
    Effect.timeoutFail({ duration: patienceFor(size), onTimeout: () => new SavingStuck({ file }) })
  )

/** A segment as it was saved. */
export const asSaved = <Segment extends { readonly durationMs: number | null }>(
  segment: Segment,
  { bytes, durationMs }: NonNullable<FinishAnswer>
) => ({ ...segment, bytes, durationMs: durationMs ?? segment.durationMs, finished: durationMs !== null })
