/** Finishes recorded files: see finish.ts. In a worker, because only workers can write to every browser's own files. */
import type { StreamTargetChunk } from "mediabunny"
import { betterAsRecorded, finish } from "./finish.js"
import { openSync, recordingDirectory, type SyncFile, writeAll, writeManifest } from "./privateFiles.js"
import { answer } from "./workerServer.js"

export type FinishQuestion =
  | { readonly type: "manifest"; readonly recording: string; readonly revision: number; readonly text: string }
  | {
      readonly type: "finish"
      readonly recording: string
      readonly file: string
      readonly mime: string
      /** How long it was recorded; null where the page ended first. */
      readonly recordedMs: number | null
      /** Finished before: copied as it is. */
      readonly finished: boolean
      /** Where to write. Null: the recording's own directory of finished files. */
      readonly folder: FileSystemDirectoryHandle | null
    }

/** What became of a file. Null: no packet was in it, and it is deleted. And the answer to a manifest. */
export type FinishAnswer = {
  readonly bytes: number
  /** Null where it could not be finished, and holds the bytes as they were recorded. */
  readonly durationMs: number | null
} | null

type FinishFile = Extract<FinishQuestion, { readonly type: "finish" }>

/** Where to write one file, more than once if need be. */
interface Target {
  readonly begin: () => Promise<WritableStream<StreamTargetChunk>>
  /** Lets go of what an attempt that failed left open. */
  readonly release: () => void
  readonly bytes: () => Promise<number>
}

const inFolder = (file: FileSystemFileHandle): Target => ({
  // Takes the same chunks as mediabunny gives. Nothing is in the folder until it is closed.
  begin: () => file.createWritable(),
  release: () => undefined,
  bytes: async () => (await file.getFile()).size
})

const inPrivate = (directory: FileSystemDirectoryHandle, name: string): Target => {
  let file: SyncFile | undefined
  const release = () => file?.close()
  return {
    begin: async () => {
      const opened = await openSync(directory, name)
      file = opened
      opened.truncate(0)
      return new WritableStream<StreamTargetChunk>({
        write: ({ data, position }) => writeAll(opened, data, position),
        close: () => {
          opened.flush()
          release()
        },
        abort: release
      })
    },
    release,
    bytes: async () => (await (await directory.getFileHandle(name)).getFile()).size
  }
}

/** The bytes as they are, with places. */
const placed = () => {
  let position = 0
  return new TransformStream<Uint8Array<ArrayBuffer>, StreamTargetChunk>({
    transform: (data, controller) => {
      controller.enqueue({ type: "write", data, position })
      position += data.byteLength
    }
  })
}

const copy = async (from: Blob, target: Target) =>
  from
    .stream()
    .pipeThrough(placed())
    .pipeTo(await target.begin())

/** A folder that is gone, or one that may not be written to, is no fault of the file: copying it would fail as well. */
const ofTheDisk = (cause: unknown) =>
  cause instanceof DOMException && !["DataError", "EncodingError", "TimeoutError"].includes(cause.name)

/** Gives what became of it. Null: the file lets itself not be finished, or not whole. */
const tryFinish = async ({ folder, mime, recordedMs }: FinishFile, recorded: Blob, target: Target) => {
  try {
    const done = await finish(recorded, mime, recordedMs, await target.begin())
    if (done === "nothing") return done
    const bytes = await target.bytes()
    return betterAsRecorded(done, bytes, recorded.size) ? null : { bytes, durationMs: done.durationMs }
  } catch (cause) {
    // Beside the recording there may be no room for a second copy; the first one is still there.
    const noRoom = folder === null && cause instanceof DOMException && cause.name === "QuotaExceededError"
    if (ofTheDisk(cause) && !noRoom) throw cause
    return null
  } finally {
    target.release()
  }
}

const handleFile = async (question: FinishFile): Promise<FinishAnswer> => {
  const { file, finished: before, folder, recordedMs, recording } = question
  const directory = await recordingDirectory(recording)
  const finished = await directory.getDirectoryHandle("finished", { create: true })
  const recorded = await (await (before ? finished : directory).getFileHandle(file)).getFile()
  if (before && folder === null) return { bytes: recorded.size, durationMs: recordedMs }
  const into = folder ?? finished
  const target =
    folder === null ? inPrivate(finished, file) : inFolder(await folder.getFileHandle(file, { create: true }))
  const done = before ? null : await tryFinish(question, recorded, target)
  if (done === "nothing") {
    await into.removeEntry(file)
    await directory.removeEntry(file)
    return null
  }
  if (done !== null) return done
  // As it is, rather than lost. In the private file system it lies already.
  if (folder !== null) await copy(recorded, target)
  else await finished.removeEntry(file)
  return { bytes: recorded.size, durationMs: before ? recordedMs : null }
}

const handle = async (question: FinishQuestion): Promise<FinishAnswer> => {
  if (question.type === "finish") return handleFile(question)
  await writeManifest(await recordingDirectory(question.recording), question.revision, question.text)
  return null
}

answer(handle)
