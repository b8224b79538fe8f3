/** Where recordings lie in the browser's private file system: `recordings/<id>/`, with finished files in `finished/`. */

import { toSlot } from "./manifestSlots.js"
import { hasNoBlock } from "./webm.js"
import { noSyncFiles } from "./workerServer.js"

/** What the project uses of FileSystemSyncAccessHandle, which the types of pages leave out. */
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

/** The worker of a page that was reloaded may end later than its page, in the middle of a flush: there is this time to wait. */
const heldMs = 3_000

/** Nothing tells when a file is free. */
const retryMs = 50

/** Opens a file for writing, in a worker. One at a time may. */
export const openSync = async (directory: FileSystemDirectoryHandle, name: string): Promise<SyncFile> => {
  const file = await directory.getFileHandle(name, { create: true })
  if (!opensSync(file)) throw new DOMException("No FileSystemSyncAccessHandle.", noSyncFiles)
  const until = performance.now() + heldMs
  for (;;) {
    try {
      return await file.createSyncAccessHandle()
    } catch (cause) {
      if (!isHeld(cause) || performance.now() >= until) throw cause
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}

/** Writes all of it at this place. A disk that takes less is full. */
export const writeAll = (file: SyncFile, bytes: Uint8Array<ArrayBuffer>, at: number): void => {
  if (file.write(bytes, { at }) < bytes.byteLength) throw new DOMException("The disk is full.", "QuotaExceededError")
}

/** Whether nothing of a person is in a file: no byte, or no more than what stands before the first picture or sound. */
export const isEmpty = async (file: File): Promise<boolean> =>
  file.size === 0 || (file.name.endsWith(".webm") && (await hasNoBlock(file)))

/** Deletes a file in which nothing is. Nobody writes it any more. */
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
 * Writes the text of a manifest. There are two files, written in turns, and each holds what it held until the new text is
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
