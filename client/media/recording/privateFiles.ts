/** Recordings in the browser's private file system: `recordings/<id>/`, with finished files in `finished/`. */

import { toSlot } from "./manifestSlots.js"
import { hasNoBlock } from "./webm.js"
import { noSyncFiles } from "./workerServer.js"

/** The part of FileSystemSyncAccessHandle that is used here; the DOM types of pages leave it out. */
export interface SyncFile {
  readonly write: (bytes: AllowSharedBufferSource, options?: { readonly at?: number }) => number
  readonly truncate: (size: number) => void
  readonly getSize: () => number
  readonly flush: () => void
  readonly close: () => void
}

interface OpensSync {
  readonly createSyncAccessHandle: () => Promise<SyncFile>
}

const opensSync = (file: FileSystemFileHandle): file is FileSystemFileHandle & OpensSync =>
  "createSyncAccessHandle" in file

/** Whether somebody else has a file open for writing. */
export const isHeld = (cause: unknown): boolean =>
  cause instanceof DOMException && cause.name === "NoModificationAllowedError"

/** The worker of a reloaded page may end later than its page, in the middle of a flush: wait this long for its file. */
const openTimeoutMs = 3_000

/** No event tells when a file is free. */
const retryMs = 50

/** Opens a file for writing, in a worker. Only one at a time may have it open. */
export const openSync = async (directory: FileSystemDirectoryHandle, name: string): Promise<SyncFile> => {
  const file = await directory.getFileHandle(name, { create: true })
  if (!opensSync(file)) throw new DOMException("No FileSystemSyncAccessHandle.", noSyncFiles)
  const until = performance.now() + openTimeoutMs
  for (;;) {
    try {
      return await file.createSyncAccessHandle()
    } catch (cause) {
      if (!isHeld(cause) || performance.now() >= until) throw cause
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}

/** Writes all bytes at this position. A disk that takes fewer is full. */
export const writeAll = (file: SyncFile, bytes: Uint8Array<ArrayBuffer>, at: number): void => {
  if (file.write(bytes, { at }) < bytes.byteLength) throw new DOMException("The disk is full.", "QuotaExceededError")
}

/** Whether a file has no picture and no sound: no byte, or only headers. */
export const isEmpty = async (file: File): Promise<boolean> =>
  file.size === 0 || (file.name.endsWith(".webm") && (await hasNoBlock(file)))

/** Deletes the file if it is empty. Nobody may be writing it. */
export const removeEmpty = async (directory: FileSystemDirectoryHandle, name: string): Promise<void> => {
  if (await isEmpty(await (await directory.getFileHandle(name)).getFile())) await directory.removeEntry(name)
}

/** The directory of all recordings. */
export const recordingsDirectory = async (create: boolean): Promise<FileSystemDirectoryHandle> => {
  // Undefined on pages that are not secure, whatever the DOM types say.
  const storage: StorageManager | undefined = navigator.storage
  if (storage?.getDirectory === undefined) throw new DOMException("No private file system.", noSyncFiles)
  return (await storage.getDirectory()).getDirectoryHandle("recordings", { create })
}

export const recordingDirectory = async (recording: string): Promise<FileSystemDirectoryHandle> =>
  (await recordingsDirectory(true)).getDirectoryHandle(recording, { create: true })

/**
 * Writes the text of a manifest. There are two files, written in turn, and each keeps its text until the new one is
 * there: a crash at any moment leaves one that is whole.
 */
export const writeManifest = async (
  directory: FileSystemDirectoryHandle,
  revision: number,
  text: string
): Promise<void> => {
  const slot = await toSlot(text)
  const file = await openSync(directory, manifestSlots[revision % 2 === 0 ? 0 : 1])
  try {
    writeAll(file, slot, 0)
    file.flush()
    file.truncate(slot.byteLength)
    file.flush()
  } finally {
    file.close()
  }
}

/** The names of the manifest's two files. */
export const manifestSlots = ["manifest-0.json", "manifest-1.json"] as const
