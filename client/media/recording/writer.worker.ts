/** Writes a recording to the disk as it comes. Every chunk is flushed: what was answered is there after a crash. */

import { openSync, recordingDirectory, removeEmpty, type SyncFile, writeAll, writeManifest } from "./privateFiles.js"
import { answer } from "./workerServer.js"

/** `recording` is the name of its directory, `file` of one segment. */
export type WriterQuestion =
  | { readonly type: "manifest"; readonly recording: string; readonly revision: number; readonly text: string }
  | { readonly type: "open"; readonly recording: string; readonly file: string }
  | { readonly type: "append"; readonly file: string; readonly chunk: Blob }
  | { readonly type: "close"; readonly file: string }

interface Open {
  readonly directory: FileSystemDirectoryHandle
  readonly file: SyncFile
}

const files = new Map<string, Open>()

const openFile = (name: string): Open => {
  const open = files.get(name)
  if (open === undefined) throw new DOMException(`${name} is not open.`, "InvalidStateError")
  return open
}

const handle = async (question: WriterQuestion): Promise<void> => {
  switch (question.type) {
    case "manifest":
      return writeManifest(await recordingDirectory(question.recording), question.revision, question.text)
    case "open": {
      const directory = await recordingDirectory(question.recording)
      files.set(question.file, { directory, file: await openSync(directory, question.file) })
      return
    }
    case "append": {
      const bytes = new Uint8Array(await question.chunk.arrayBuffer())
      const { file } = openFile(question.file)
      writeAll(file, bytes, file.getSize())
      return file.flush()
    }
    case "close": {
      const { directory, file } = openFile(question.file)
      file.close()
      files.delete(question.file)
      return removeEmpty(directory, question.file)
    }
  }
}

answer(handle)
