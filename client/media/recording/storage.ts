/** The recordings that this browser stores: reading and deleting, which any page may do. */
/// <reference lib="dom.asynciterable" />
import * as Effect from "effect/Effect"
import { newestStoredManifest, type StoredManifest } from "./manifest.js"
import { fromSlot } from "./manifestSlots.js"
import { isEmpty, isHeld, manifestSlots, recordingsDirectory, removeEmpty } from "./privateFiles.js"
import { problemOf, type RecordingProblem } from "./problems.js"
import { failureOf } from "./workerServer.js"

/** The lock of the one page that records, saves or deletes a recording. */
export const lockOf = (recording: string): string => `recording:${recording}`

/** Runs a promise; its rejection becomes a `RecordingProblem`. */
export const attempt = <A>(run: () => Promise<A>): Effect.Effect<A, RecordingProblem> =>
  Effect.tryPromise({ try: run, catch: (cause) => problemOf(failureOf(cause)) })

const bytesOf = async (directory: FileSystemDirectoryHandle, name: string) => {
  try {
    return new Uint8Array(await (await (await directory.getFileHandle(name)).getFile()).arrayBuffer())
  } catch {
    return new Uint8Array()
  }
}

/** The newest manifest of a recording; null if none can be read. */
export const readStoredManifest = (directory: FileSystemDirectoryHandle): Effect.Effect<StoredManifest | null> =>
  Effect.promise(async () => {
    const slots = await Promise.all(manifestSlots.map(async (slot) => fromSlot(await bytesOf(directory, slot))))
    return newestStoredManifest(slots)
  })

/** One file of a recording on the disk. */
export interface RecordingFile {
  readonly file: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  /** Whether it is among the finished ones. */
  readonly finished: boolean
}

const slotNames: ReadonlyArray<string> = manifestSlots

const handlesIn = async (directory: FileSystemDirectoryHandle) => {
  const handles: Array<FileSystemFileHandle> = []
  for await (const handle of directory.values()) {
    if (handle instanceof FileSystemFileHandle && !slotNames.includes(handle.name)) handles.push(handle)
  }
  return handles
}

const filesIn = async (directory: FileSystemDirectoryHandle, finished: boolean) => {
  const files: Array<RecordingFile> = []
  for (const handle of await handlesIn(directory)) {
    const file = await handle.getFile()
    if (await isEmpty(file)) continue
    files.push({ file: handle.name, size: file.size, modified: file.lastModified, finished })
  }
  return files
}

/** All files that are not empty, each once: a finished file whose recorded one is still there counts as recorded. */
export const recordingFiles = (
  directory: FileSystemDirectoryHandle
): Effect.Effect<ReadonlyArray<RecordingFile>, RecordingProblem> =>
  attempt(async () => {
    const raw = await filesIn(directory, false)
    const finished = await filesIn(await directory.getDirectoryHandle("finished", { create: true }), true)
    const recorded = new Set(raw.map(({ file }) => file))
    return [...raw, ...finished.filter(({ file }) => !recorded.has(file))]
  })

/**
 * Deletes the empty files that a crash left. The caller holds the recording's lock. A file that the worker of a
 * reloaded page still holds stays until the next time.
 */
export const removeEmptyFiles = (directory: FileSystemDirectoryHandle): Effect.Effect<void, RecordingProblem> =>
  attempt(async () => {
    for (const { name } of await handlesIn(directory)) {
      await removeEmpty(directory, name).catch((cause: unknown) => {
        if (!isHeld(cause)) throw cause
      })
    }
  })

/** The names of all recordings that this browser has, running ones too. */
export const recordingNames: Effect.Effect<ReadonlyArray<string>, RecordingProblem> = attempt(async () => {
  const names: Array<string> = []
  for await (const [name, { kind }] of (await recordingsDirectory(true)).entries()) {
    if (kind === "directory") names.push(name)
  }
  return names
})

/** Deletes a recording with all that it holds. */
export const deleteFiles = (recording: string): Effect.Effect<void, RecordingProblem> =>
  attempt(async () => (await recordingsDirectory(true)).removeEntry(recording, { recursive: true })).pipe(
    Effect.catchTag("RecordingGone", () => Effect.void)
  )
