/**
 * Finds the recordings that were cut off when their page went away, and how to go on with them. What is left after a
 * crash is reliable, since writer.worker.ts flushes every chunk before it answers, and since the manifest is written
 * to two slots in turn (privateFiles.ts), each with a checksum (manifestSlots.ts), so that one of the two is whole.
 */
import * as Effect from "effect/Effect"
import type { StoredManifest } from "./manifest.js"
import { recordingsDirectory } from "./privateFiles.js"
import { RecordingGone, type RecordingProblem } from "./problems.js"
import type { Beginning } from "./Session.js"
import { attempt, readStoredManifest, recordingFiles, recordingNames, removeEmptyFiles } from "./storage.js"

export interface Interrupted {
  readonly id: string
  /** Until when it ran by its manifest, in milliseconds since 1970. */
  readonly stoppedAt: number
}

const read = (id: string) =>
  Effect.gen(function* () {
    const directory = yield* attempt(async () => (await recordingsDirectory(false)).getDirectoryHandle(id))
    return { directory, stored: yield* readStoredManifest(directory) }
  })

/** In milliseconds since 1970. A manifest of an older page lacks the time: then that of the newest file. */
const ranUntil = (directory: FileSystemDirectoryHandle, { manifest: { recordedUntil, startedAt } }: StoredManifest) =>
  recordedUntil === undefined
    ? Effect.map(recordingFiles(directory), (files) =>
        Math.max(Date.parse(startedAt), ...files.map(({ modified }) => modified))
      )
    : Effect.succeed(Date.parse(recordedUntil))

/** Null: this recording is not to be resumed, since it was ended or is another room's. */
const interrupted = (room: string, id: string) =>
  Effect.gen(function* () {
    const { directory, stored } = yield* read(id)
    if (stored === null || stored.ended || stored.room !== room) return null
    const found: Interrupted = { id, stoppedAt: yield* ranUntil(directory, stored) }
    return found
  }).pipe(
    // Another page saved or deleted it meanwhile.
    Effect.catchTag("RecordingGone", () => Effect.succeed(null))
  )

/** The newest recording of this room that nobody has ended, running ones too. Null: there is none. */
export const interruptedRecording = (room: string): Effect.Effect<Interrupted | null, RecordingProblem> =>
  Effect.gen(function* () {
    let newest: Interrupted | null = null
    for (const id of yield* recordingNames) {
      const found = yield* interrupted(room, id)
      if (found !== null && (newest === null || found.stoppedAt > newest.stoppedAt)) newest = found
    }
    return newest
  })

/** Where a recording goes on. The caller holds its lock. */
export const readBeginning = (recording: string): Effect.Effect<Beginning, RecordingProblem> =>
  Effect.gen(function* () {
    const { directory, stored } = yield* read(recording)
    if (stored === null) return yield* new RecordingGone()
    yield* removeEmptyFiles(directory)
    const bytes = (yield* recordingFiles(directory)).reduce((sum, { size }) => sum + size, 0)
    const until = yield* ranUntil(directory, stored)
    const since = Date.parse(stored.manifest.startedAt)
    return { recording, room: stored.room, since, before: { stored, until, bytes } }
  })
