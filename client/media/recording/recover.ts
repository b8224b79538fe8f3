import * as Effect from "effect/Effect"
import type { Claims } from "../../signaling/claims.js"
import { attempt, claimOf, deleteFiles, readKept, recordingNames, sizeOf } from "./keeping.js"
import type { Kept } from "./manifest.js"
import { recordingsDirectory } from "./privateFiles.js"
import { RecordingInUse, type RecordingProblem } from "./problems.js"

/** A recording that lies in this browser: not saved yet, or given to the downloads and not deleted since. */
export interface UnsavedRecording {
  readonly id: string
  readonly room: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Those who are in it, each once. */
  readonly names: ReadonlyArray<string>
  readonly files: number
  readonly bytes: number
  readonly downloaded: boolean
}

const bytesOf = (directory: FileSystemDirectoryHandle, { manifest: { segments } }: Kept) =>
  attempt(async () => {
    const finished = await directory.getDirectoryHandle("finished", { create: true })
    const sizes = await Promise.all(
      segments.map((segment) => sizeOf(segment.finished ? finished : directory, segment.file))
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  })

const look = (claims: Claims, id: string) =>
  Effect.gen(function* () {
    if (yield* claims.isTaken(claimOf(id))) return null
    const directory = yield* attempt(async () => (await recordingsDirectory(true)).getDirectoryHandle(id))
    const kept = yield* readKept(directory)
    if (kept === null) return null
    const bytes = yield* bytesOf(directory, kept)
    const { room, segments, startedAt } = kept.manifest
    const names = [...new Set(segments.map(({ name }) => name))]
    return { id, room, startedAt, names, files: segments.length, bytes, downloaded: kept.downloaded }
  }).pipe(
    // Another page saved or deleted it meanwhile.
    Effect.catchTag("RecordingGone", () => Effect.succeed(null))
  )

/**
 * The recordings that a crash, a closed tab or a host who went away left in this browser, newest first. What a page
 * records or saves now is not among them: it holds a claim, which ends with the page.
 */
export const unsavedRecordings = (claims: Claims): Effect.Effect<ReadonlyArray<UnsavedRecording>, RecordingProblem> =>
  Effect.gen(function* () {
    const looked = yield* Effect.forEach(yield* recordingNames, (id) => look(claims, id))
    return looked
      .filter((one) => one !== null)
      .filter(({ bytes }) => bytes > 0)
      .sort((one, other) => other.startedAt.localeCompare(one.startedAt))
  })

/** Deletes a recording of this browser, unless another page has it in hand. */
export const deleteRecording = (claims: Claims, id: string): Effect.Effect<void, RecordingProblem> =>
  Effect.gen(function* () {
    if (!(yield* claims.take(claimOf(id)))) return yield* new RecordingInUse()
    yield* deleteFiles(id)
  }).pipe(Effect.scoped)
