import * as Effect from "effect/Effect"
import { problemOf, type RecordingProblem } from "./problems.js"
import { failureOf } from "./workerServer.js"

/** Only in Chromium, and not in the DOM types: https://wicg.github.io/file-system-access/ */
interface PicksFolders {
  readonly showDirectoryPicker: (options: {
    readonly id: string
    readonly mode: "readwrite"
    readonly startIn: "videos"
  }) => Promise<FileSystemDirectoryHandle>
}

const picks = (page: object): page is PicksFolders => "showDirectoryPicker" in page

/** Whether the host can pick a folder that this page may write to. */
export const canPickFolder = (): boolean => picks(window)

/**
 * Asks for a folder, and for permission to write there. To be run in the handler of a press. Null: the person closed
 * the question.
 */
export const pickFolder: Effect.Effect<FileSystemDirectoryHandle | null, RecordingProblem> = Effect.tryPromise({
  try: async () =>
    picks(window) ? window.showDirectoryPicker({ id: "recordings", mode: "readwrite", startIn: "videos" }) : null,
  catch: failureOf
}).pipe(
  Effect.catchAll((failure) => (failure.name === "AbortError" ? Effect.succeed(null) : Effect.fail(problemOf(failure))))
)

/** Whether this browser has ever stored a recording of this site: only then the code that lists them is loaded. */
export const mayHaveRecordings: Effect.Effect<boolean> = Effect.tryPromise(async () => {
  const root = await navigator.storage.getDirectory()
  await root.getDirectoryHandle("recordings")
  return true
}).pipe(Effect.orElseSucceed(() => false))
