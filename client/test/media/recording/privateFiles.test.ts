import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { openSync, type SyncFile } from "../../../media/recording/privateFiles.js"

const opened: SyncFile = {
  write: () => 0,
  truncate: () => undefined,
  getSize: () => 0,
  flush: () => undefined,
  close: () => undefined
}

/** A directory whose files are held for this long, and cannot be opened until then. */
const heldFor = (ms: number): FileSystemDirectoryHandle => {
  const until = performance.now() + ms
  const createSyncAccessHandle = async () => {
    if (performance.now() < until) throw new DOMException("Held.", "NoModificationAllowedError")
    return opened
  }
  const directory: unknown = { getFileHandle: async () => ({ createSyncAccessHandle }) }
  const isDirectory = (one: unknown): one is FileSystemDirectoryHandle => one === directory
  if (!isDirectory(directory)) throw new Error("Never.")
  return directory
}

describe("a file that a page still holds which was reloaded", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** The result of opening it, and after how long. */
  const open = async (held: number) => {
    const begun = performance.now()
    const after = openSync(heldFor(held), "manifest-0.json").then(
      (file) => ({ file, ms: performance.now() - begun }),
      (cause: unknown) => ({ failed: Object(cause).name, ms: performance.now() - begun })
    )
    await vi.advanceTimersByTimeAsync(10_000)
    return after
  }

  it("is opened as soon as it is free", async () => {
    assert.deepStrictEqual(await open(0), { file: opened, ms: 0 })
    assert.deepStrictEqual(await open(1_000), { file: opened, ms: 1_000 })
  })

  it("is in use if it is not free within three seconds", async () => {
    assert.deepStrictEqual(await open(60_000), { failed: "NoModificationAllowedError", ms: 3_000 })
  })
})
