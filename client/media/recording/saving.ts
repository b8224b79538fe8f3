/** What saving to a folder and saving by downloads have in common: opening a recording, and finishing its files. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { TabLocks } from "../../browser/tabLocks.js"
import { savedName } from "./fileNames.js"
import type { FinishRequest, FinishResult } from "./finish.worker.js"
import type { StoredManifest } from "./manifest.js"
import { typeOf } from "./mimes.js"
import { recordingsDirectory } from "./privateFiles.js"
import { RecordingGone, RecordingInUse, SavingStuck } from "./problems.js"
import { attempt, lockOf, type RecordingFile, readStoredManifest, recordingFiles, removeEmptyFiles } from "./storage.js"
import { callWorker, type SendRequest } from "./workerClient.js"

/** Called before the first file and after each. */
export type Progress = (done: number, of: number) => void

/** One file to save. */
export interface ToSave extends Pick<RecordingFile, "file" | "size" | "finished"> {
  readonly mime: string
  /** How long it was recorded; null if unknown. */
  readonly recordedMs: number | null
}

export interface Opened {
  readonly id: string
  readonly directory: FileSystemDirectoryHandle
  /** Null: its manifest cannot be read. */
  readonly stored: StoredManifest | null
  /** Those that are not empty. */
  readonly files: ReadonlyArray<ToSave>
  /** `savedName` */
  readonly name: string
  readonly ask: SendRequest<FinishRequest, FinishResult>
}

const earliest = (files: ReadonlyArray<RecordingFile>) =>
  new Date(Math.min(...files.map(({ modified }) => modified))).toISOString()

/** Locks a recording until the scope closes, and lists its files. */
export const openRecording = (locks: TabLocks, id: string) =>
  Effect.gen(function* () {
    if (!(yield* locks.take(lockOf(id)))) return yield* new RecordingInUse()
    const directory = yield* attempt(async () => (await recordingsDirectory(true)).getDirectoryHandle(id))
    const stored = yield* readStoredManifest(directory)
    yield* removeEmptyFiles(directory)
    const found = yield* recordingFiles(directory)
    if (found.length === 0) return yield* new RecordingGone()
    const ask = yield* callWorker<FinishRequest, FinishResult>(
      () => new Worker(new URL("./finish.worker.ts", import.meta.url), { type: "module" })
    )
    const files = found.map((file): ToSave => {
      const segment = stored?.manifest.segments.find((one) => one.file === file.file)
      return { ...file, mime: segment?.mime ?? typeOf(file.file), recordedMs: segment?.durationMs ?? null }
    })
    const name = savedName(stored?.manifest.startedAt ?? earliest(found))
    return { id, directory, stored, files, name, ask } satisfies Opened
  })

/** Enough for a slow disk, which writes a megabyte a second, to write them twice. */
const timeoutFor = (bytes: number) => Duration.seconds(60 + bytes / 500_000)

/** Finishes one file into a folder. Null: into the recording's own directory of finished files. */
export const finishFile = (
  { ask, id }: Opened,
  { file, finished, mime, recordedMs, size }: ToSave,
  folder: FileSystemDirectoryHandle | null
) =>
  ask({ type: "finish", recording: id, file, mime, recordedMs, finished, folder }).pipe(
    Effect.timeoutFail({ duration: timeoutFor(size), onTimeout: () => new SavingStuck({ file }) })
  )

/** A segment as it was saved. */
export const asSaved = <Segment extends { readonly durationMs: number | null }>(
  segment: Segment,
  { bytes, durationMs }: NonNullable<FinishResult>
) => ({ ...segment, bytes, durationMs: durationMs ?? segment.durationMs, finished: durationMs !== null })
