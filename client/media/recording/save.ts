/**
 * Copies a recording out of the browser's private file system, and finishes each file in doing so.
 *
 * A folder is offered first, if the browser can pick one: files of any size are written there without a second copy,
 * and it is known when they have arrived. Otherwise each file is a download of its own, and not one archive of all: an
 * archive would be written to the disk once more beside the recording, and unpacked by the host before the first file
 * plays. The price is that browsers ask once whether this page may download several files.
 */
import * as Effect from "effect/Effect"
import type { TabLocks } from "../../browser/tabLocks.js"
import { encodeStoredManifest, type Manifest, manifestText, type StoredManifest } from "./manifest.js"
import type { RecordingProblem } from "./problems.js"
import { asSaved, finishFile, openRecording, type Progress } from "./saving.js"
import { attempt, deleteFiles } from "./storage.js"

/** What was written, and where. */
export interface Saved {
  /** The folder within the picked one, or the beginning of the downloads' names. */
  readonly name: string
  /** How many files, without the manifest. */
  readonly files: number
}

/** Browsers drop downloads that follow each other at once. */
const betweenDownloads = "300 millis"

/**
 * Saves to a folder that the host picked and lets the page write to. Afterwards the browser's own copy is deleted.
 */
export const saveToFolder = (
  locks: TabLocks,
  id: string,
  folder: FileSystemDirectoryHandle,
  progress: Progress
): Effect.Effect<Saved, RecordingProblem> =>
  Effect.gen(function* () {
    const opened = yield* openRecording(locks, id)
    const { files, stored, name } = opened
    const target = yield* attempt(() => folder.getDirectoryHandle(name, { create: true }))
    progress(0, files.length)
    const saved = new Map<string, { readonly bytes: number; readonly durationMs: number | null }>()
    yield* Effect.forEach(files, (file, index) =>
      Effect.map(finishFile(opened, file, target), (done) => {
        if (done !== null) saved.set(file.file, done)
        progress(index + 1, files.length)
      })
    )
    if (stored !== null) {
      const segments = stored.manifest.segments.flatMap((segment) => {
        const done = saved.get(segment.file)
        return done === undefined ? [] : [asSaved(segment, done)]
      })
      yield* attempt(async () => {
        const file = await (await target.getFileHandle("manifest.json", { create: true })).createWritable()
        await file.write(manifestText({ ...stored.manifest, segments }))
        await file.close()
      })
    }
    yield* deleteFiles(id)
    return { name, files: saved.size }
  }).pipe(Effect.scoped)

const download = (name: string, file: Blob) =>
  Effect.sync(() => {
    const link = document.createElement("a")
    // Never revoked: no event tells when a download has read its last byte, and the URL of a file holds no memory.
    link.href = URL.createObjectURL(file)
    link.download = name
    link.click()
  }).pipe(Effect.zipRight(Effect.sleep(betweenDownloads)))

/**
 * Gives each file to the browser's downloads. Each is finished in place first, which needs room for one more file;
 * without that room it is downloaded as it was recorded. Nothing tells a page whether a download arrived, so the
 * browser's own copy stays until the host deletes it; it is marked as downloaded.
 */
export const saveByDownloads = (
  locks: TabLocks,
  id: string,
  progress: Progress
): Effect.Effect<Saved, RecordingProblem> =>
  Effect.gen(function* () {
    const opened = yield* openRecording(locks, id)
    const { ask, directory, files, name } = opened
    let { stored } = opened
    const keep = (change: (stored: StoredManifest) => Partial<StoredManifest>) =>
      Effect.suspend((): Effect.Effect<void, RecordingProblem> => {
        if (stored === null) return Effect.void
        stored = { ...stored, ...change(stored), revision: stored.revision + 1 }
        return Effect.asVoid(
          ask({ type: "manifest", recording: id, revision: stored.revision, text: encodeStoredManifest(stored) })
        )
      })
    progress(0, files.length)
    const finished = yield* attempt(() => directory.getDirectoryHandle("finished", { create: true }))
    const downloads = yield* Effect.forEach(files, (file, index) =>
      Effect.gen(function* () {
        const done = yield* finishFile(opened, file, null)
        progress(index + 1, files.length)
        if (done === null) return []
        const isFinished = done.durationMs !== null
        if (isFinished && !file.finished) {
          yield* keep(({ manifest }) => ({
            manifest: {
              ...manifest,
              segments: manifest.segments.map((segment) =>
                segment.file === file.file ? asSaved(segment, done) : segment
              )
            }
          }))
          yield* attempt(() => directory.removeEntry(file.file))
        }
        return [{ name: file.file, from: isFinished || file.finished ? finished : directory }]
      })
    ).pipe(Effect.map((named) => named.flat()))
    yield* Effect.forEach(downloads, ({ from, name: file }) =>
      attempt(async () => (await from.getFileHandle(file)).getFile()).pipe(
        Effect.flatMap((content) => download(`${name} ${file}`, content))
      )
    )
    if (stored !== null) {
      const names = new Set(downloads.map((file) => file.name))
      const segments = stored.manifest.segments.filter(({ file }) => names.has(file))
      const manifest: Manifest = {
        ...stored.manifest,
        segments: segments.map((segment) => ({ ...segment, file: `${name} ${segment.file}` }))
      }
      yield* download(`${name} manifest.json`, new Blob([manifestText(manifest)], { type: "application/json" }))
    }
    // A recording whose files were downloaded is over: it does not go on by itself.
    yield* keep(() => ({ downloaded: true, ended: true }))
    return { name, files: downloads.length }
  }).pipe(Effect.scoped)
