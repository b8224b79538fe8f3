/** Finishes recorded files: see finish.ts. In a worker, because only there every browser can write private files. */
import type { StreamTargetChunk } from "mediabunny"
import { betterAsRecorded, finish } from "./finish.js"
import { openSync, recordingDirectory, type SyncFile, writeAll, writeManifest } from "./privateFiles.js"
import { serve } from "./workerServer.js"

export type FinishRequest =
  | { readonly type: "manifest"; readonly recording: string; readonly revision: number; readonly text: string }
  | {
      readonly type: "finish"
      readonly recording: string
      readonly file: string
      readonly mime: string
      /** How long it was recorded; null if the page ended first. */
      readonly recordedMs: number | null
      /** It is finished already, and copied as it is. */
      readonly finished: boolean
      /** The folder to write to. Null: the recording's own directory of finished files. */
      readonly folder: FileSystemDirectoryHandle | null
    }

/** What became of a file. Null: it had no packet, and is deleted; or the request was a manifest. */
export type FinishResult = {
  readonly bytes: number
  /** Null if it could not be finished, and holds the bytes as they were recorded. */
  readonly durationMs: number | null
} | null

type FinishFile = Extract<FinishRequest, { readonly type: "finish" }>

/** Where one file is written, again if the first attempt fails. */
interface Target {
  readonly begin: () => Promise<WritableStream<StreamTargetChunk>>
  /** Closes what a failed attempt left open. */
  readonly release: () => void
  readonly bytes: () => Promise<number>
}

const inFolder = (file: FileSystemFileHandle): Target => ({
  // Takes chunks as mediabunny makes them. The folder has no file until it is closed.
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

/** Chunks with the bytes as they are and their positions. */
const withPositions = () => {
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
    .pipeThrough(withPositions())
    .pipeTo(await target.begin())

/** The folder is gone, or may not be written to: copying the file would fail as well. */
const isStorageFailure = (cause: unknown) =>
  cause instanceof DOMException && !["DataError", "EncodingError", "TimeoutError"].includes(cause.name)

/** Returns what became of it. Null: the file cannot be finished, or not as a whole. */
const tryFinish = async ({ folder, mime, recordedMs }: FinishFile, recorded: Blob, target: Target) => {
  try {
    const done = await finish(recorded, mime, recordedMs, await target.begin())
    if (done === "nothing") return done
    const bytes = await target.bytes()
    return betterAsRecorded(done, bytes, recorded.size) ? null : { bytes, durationMs: done.durationMs }
  } catch (cause) {
    // There may be no room for a second copy beside the recording; the first one is still there.
    const noRoom = folder === null && cause instanceof DOMException && cause.name === "QuotaExceededError"
    if (isStorageFailure(cause) && !noRoom) throw cause
    return null
  } finally {
    target.release()
  }
}

const handleFile = async (request: FinishFile): Promise<FinishResult> => {
  const { file, finished: isFinishedAlready, folder, recordedMs, recording } = request
  const directory = await recordingDirectory(recording)
  const finished = await directory.getDirectoryHandle("finished", { create: true })
  const recorded = await (await (isFinishedAlready ? finished : directory).getFileHandle(file)).getFile()
  if (isFinishedAlready && folder === null) return { bytes: recorded.size, durationMs: recordedMs }
  const into = folder ?? finished
  const target =
    folder === null ? inPrivate(finished, file) : inFolder(await folder.getFileHandle(file, { create: true }))
  const done = isFinishedAlready ? null : await tryFinish(request, recorded, target)
  if (done === "nothing") {
    await into.removeEntry(file)
    await directory.removeEntry(file)
    return null
  }
  if (done !== null) return done
  // Better copied as it is than lost. In the private file system it is already.
  if (folder !== null) await copy(recorded, target)
  else await finished.removeEntry(file)
  return { bytes: recorded.size, durationMs: isFinishedAlready ? recordedMs : null }
}

const handle = async (request: FinishRequest): Promise<FinishResult> => {
  if (request.type === "finish") return handleFile(request)
  await writeManifest(await recordingDirectory(request.recording), request.revision, request.text)
  return null
}

serve(handle)
