/** Writes a recording to the disk as it comes. Every chunk is flushed before the answer, so it survives a crash. */

import { openSync, recordingDirectory, removeEmpty, type SyncFile, writeAll, writeManifest } from "./privateFiles.js"
import { serve } from "./workerServer.js"

/** `recording`: the name of its directory. `file`: that of one segment. */
export type WriterRequest =
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

const handle = async (request: WriterRequest): Promise<void> => {
  switch (request.type) {
    case "manifest":
      return writeManifest(await recordingDirectory(request.recording), request.revision, request.text)
    case "open": {
      const directory = await recordingDirectory(request.recording)
      files.set(request.file, { directory, file: await openSync(directory, request.file) })
      return
    }
    case "append": {
      const bytes = new Uint8Array(await request.chunk.arrayBuffer())
      const { file } = openFile(request.file)
      writeAll(file, bytes, file.getSize())
      return file.flush()
    }
    case "close": {
      const { directory, file } = openFile(request.file)
      file.close()
      files.delete(request.file)
      return removeEmpty(directory, request.file)
    }
  }
}

serve(handle)
