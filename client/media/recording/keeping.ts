/** What of recordings is kept in this browser: reading and deleting, which any page may do. */
/// <reference lib="dom.asynciterable" />
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { failureOf } from "./answer.js"
import { decodeKept, type Kept } from "./manifest.js"
import { manifestSlots, recordingsDirectory } from "./privateFiles.js"
import { problemOf, type RecordingProblem } from "./problems.js"

/** The claim of the one page that records, saves or deletes a recording. */
export const claimOf = (recording: string): string => `recording:${recording}`

/** A promise whose rejection is one of the storage's problems. */
export const attempt = <A>(run: () => Promise<A>): Effect.Effect<A, RecordingProblem> =>
  Effect.tryPromise({ try: run, catch: (cause) => problemOf(failureOf(cause)) })

const textOf = async (directory: FileSystemDirectoryHandle, name: string): Promise<string> => {
  try {
    return await (await (await directory.getFileHandle(name)).getFile()).text()
  } catch {
    return ""
  }
}

/** The newest manifest of a recording; null where it has none that can be read. */
export const readKept = (directory: FileSystemDirectoryHandle): Effect.Effect<Kept | null> =>
  Effect.promise(() => Promise.all(manifestSlots.map((slot) => textOf(directory, slot)))).pipe(
    Effect.map((texts) =>
      texts
        .flatMap((text) => Option.toArray(decodeKept(text)))
        .reduce<Kept | null>(
          (newest, kept) => (newest === null || kept.revision > newest.revision ? kept : newest),
          null
        )
    )
  )

/** The size of a file; 0 where there is none. */
export const sizeOf = async (directory: FileSystemDirectoryHandle, name: string): Promise<number> => {
  try {
    return (await (await directory.getFileHandle(name)).getFile()).size
  } catch {
    return 0
  }
}

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
