/** Writes a recording to the disk as it comes. Every chunk is flushed: what was answered is there after a crash. */

import { answer } from "./answer.js"
import { openSync, recordingDirectory, type SyncFile, writeAll, writeManifest } from "./privateFiles.js"

/** `recording` is the name of its directory, `file` of one segment. */
export type WriterQuestion =
  | { readonly type: "manifest"; readonly recording: string; readonly revision: number; readonly text: string }
  | { readonly type: "open"; readonly recording: string; readonly file: string }
  | { readonly type: "append"; readonly file: string; readonly chunk: Blob }
  | { readonly type: "close"; readonly file: string }

const files = new Map<string, SyncFile>()

const fileOf = (name: string): SyncFile => {
  const file = files.get(name)
  if (file === undefined) throw new DOMException(`${name} is not open.`, "InvalidStateError")
  return file
}

const handle = async (question: WriterQuestion): Promise<void> => {
  switch (question.type) {
    case "manifest":
      return writeManifest(await recordingDirectory(question.recording), question.revision, question.text)
    case "open":
      files.set(question.file, await openSync(await recordingDirectory(question.recording), question.file))
      return
    case "append": {
      const bytes = new Uint8Array(await question.chunk.arrayBuffer())
      const file = fileOf(question.file)
      writeAll(file, bytes, file.getSize())
      return file.flush()
    }
    case "close":
      fileOf(question.file).close()
      files.delete(question.file)
  }
}

answer(handle)
