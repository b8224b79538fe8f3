import * as Effect from "effect/Effect"
import type { TabLocks } from "../../browser/tabLocks.js"
import { recordingsDirectory } from "./privateFiles.js"
import { RecordingInUse, type RecordingProblem } from "./problems.js"
import { attempt, deleteFiles, lockOf, readStoredManifest, recordingFiles, recordingNames } from "./storage.js"

/** A recording that is stored in this browser: not saved yet, or downloaded and not deleted since. */
export interface UnsavedRecording {
  readonly id: string
  /** ISO 8601, UTC. If the manifest is lost: when the first of its files was last written. */
  readonly startedAt: string
  /** Until when it ran, ISO 8601, UTC; null if unknown. */
  readonly recordedUntil: string | null
  /** The people in it, each once. Null: its manifest cannot be read, and only the names of the files tell. */
  readonly names: ReadonlyArray<string> | null
  /** Those that are not empty. */
  readonly files: number
  readonly bytes: number
  readonly downloaded: boolean
}

const read = (locks: TabLocks, id: string) =>
  Effect.gen(function* () {
    if (yield* locks.isTaken(lockOf(id))) return null
    const directory = yield* attempt(async () => (await recordingsDirectory(true)).getDirectoryHandle(id))
    const stored = yield* readStoredManifest(directory)
    const files = yield* recordingFiles(directory)
    if (files.length === 0) return null
    const present = new Set(files.map(({ file }) => file))
    const segments = stored?.manifest.segments.filter(({ file }) => present.has(file))
    const found: UnsavedRecording = {
      id,
      startedAt:
        stored?.manifest.startedAt ?? new Date(Math.min(...files.map(({ modified }) => modified))).toISOString(),
      recordedUntil: stored?.manifest.recordedUntil ?? null,
      names: segments === undefined ? null : [...new Set(segments.map(({ name }) => name))],
      files: files.length,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      downloaded: stored?.downloaded ?? false
    }
    return found
  }).pipe(
    // Another page saved or deleted it meanwhile.
    Effect.catchTag("RecordingGone", () => Effect.succeed(null))
  )

/**
 * The recordings that were ended here, or that a crash, a closed tab or a host who went away left in this browser,
 * newest first. A recording that a page records or saves now is not among them: it is locked until that page ends.
 */
export const unsavedRecordings = (locks: TabLocks): Effect.Effect<ReadonlyArray<UnsavedRecording>, RecordingProblem> =>
  Effect.gen(function* () {
    const found = yield* Effect.forEach(yield* recordingNames, (id) => read(locks, id))
    return found.filter((one) => one !== null).sort((one, other) => other.startedAt.localeCompare(one.startedAt))
  })

/** Deletes a recording of this browser, unless another page is using it. */
export const deleteRecording = (locks: TabLocks, id: string): Effect.Effect<void, RecordingProblem> =>
  Effect.gen(function* () {
    if (!(yield* locks.take(lockOf(id)))) return yield* new RecordingInUse()
    yield* deleteFiles(id)
  }).pipe(Effect.scoped)
