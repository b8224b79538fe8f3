/**
 * Takes a recording out of the browser's private file system, each file finished on its way.
 *
 * A folder is offered first, where browsers have such a thing: files of any size go there without a second copy, and it
 * is known when they have arrived. Elsewhere each file is a download of its own, and not one archive of all: an archive
 * would be written to the disk once more beside the recording, and unpacked by the host before the first file plays. The
 * price is that browsers ask once whether this page may download several files.
 */
import * as Effect from "effect/Effect"
import type { Claims } from "../../signaling/claims.js"
import { type Ask, askWorker } from "./ask.js"
import type { FinishAnswer, FinishQuestion } from "./finish.worker.js"
import { attempt, claimOf, deleteFiles, readKept, sizeOf } from "./keeping.js"
import { encodeKept, type Kept, type Manifest, type ManifestSegment, manifestText } from "./manifest.js"
import { safeName } from "./names.js"
import { recordingsDirectory } from "./privateFiles.js"
import { RecordingGone, RecordingInUse, type RecordingProblem } from "./problems.js"

/** Called before the first file and after each. */
export type Progress = (done: number, of: number) => void

/** What was written: the files of the manifest, and where. */
export interface Saved {
  /** The folder in the folder that the host picked, or what the names of the downloads begin with. */
  readonly name: string
  readonly manifest: Manifest
}

/** Browsers drop downloads that come in one breath. */
const betweenDownloads = "300 millis"

/** Each recording has a name of its own, so that two saved to one place do not meet: `2026-11-23 03-21-17 room`. */
const nameOf = ({ room, startedAt }: Manifest) =>
  `${startedAt.slice(0, 19).replace("T", " ").replaceAll(":", "-")} ${safeName(room)}`

interface Opened {
  readonly id: string
  readonly directory: FileSystemDirectoryHandle
  readonly kept: Kept
  readonly ask: Ask<FinishQuestion, FinishAnswer>
}

const openRecording = (claims: Claims, id: string) =>
  Effect.gen(function* () {
    if (!(yield* claims.take(claimOf(id)))) return yield* new RecordingInUse()
    const directory = yield* attempt(async () => (await recordingsDirectory(true)).getDirectoryHandle(id))
    const kept = yield* readKept(directory)
    if (kept === null) return yield* new RecordingGone()
    const ask = yield* askWorker<FinishQuestion, FinishAnswer>(
      () => new Worker(new URL("./finish.worker.ts", import.meta.url), { type: "module" })
    )
    return { id, directory, kept, ask } satisfies Opened
  })

/** Finishes one file to its target. Null: nothing came of it while it was recorded. */
const finishSegment = (
  { ask, directory, id }: Opened,
  segment: ManifestSegment,
  folder: FileSystemDirectoryHandle | null
) =>
  Effect.gen(function* () {
    const { durationMs, file, finished, mime } = segment
    if (!finished && (yield* Effect.promise(() => sizeOf(directory, file))) === 0) return null
    const done = yield* ask({ type: "finish", recording: id, file, mime, recordedMs: durationMs, finished, folder })
    if (done === null) return segment
    return {
      ...segment,
      bytes: done.bytes,
      durationMs: done.durationMs ?? durationMs,
      finished: done.durationMs !== null
    }
  })

/** Saves to a folder that the host picked and lets the page write to. Afterwards the browser's own copy is deleted. */
export const saveToFolder = (
  claims: Claims,
  id: string,
  folder: FileSystemDirectoryHandle,
  progress: Progress
): Effect.Effect<Saved, RecordingProblem> =>
  Effect.gen(function* () {
    const opened = yield* openRecording(claims, id)
    const { manifest } = opened.kept
    const name = nameOf(manifest)
    const own = yield* attempt(() => folder.getDirectoryHandle(name, { create: true }))
    const of = manifest.segments.length
    progress(0, of)
    const segments = yield* Effect.forEach(manifest.segments, (segment, index) =>
      Effect.tap(finishSegment(opened, segment, own), () => Effect.sync(() => progress(index + 1, of)))
    )
    const written: Manifest = { ...manifest, segments: segments.filter((segment) => segment !== null) }
    yield* attempt(async () => {
      const file = await (await own.getFileHandle("manifest.json", { create: true })).createWritable()
      await file.write(manifestText(written))
      await file.close()
    })
    yield* deleteFiles(id)
    return { name, manifest: written }
  }).pipe(Effect.scoped)

const download = (name: string, file: Blob) =>
  Effect.sync(() => {
    const link = document.createElement("a")
    // Never revoked: nothing tells when a download has read its last byte, and the address of a file holds no memory.
    link.href = URL.createObjectURL(file)
    link.download = name
    link.click()
  }).pipe(Effect.zipRight(Effect.sleep(betweenDownloads)))

/**
 * Gives each file to the browser's downloads. Each is finished in place first, and so needs the disk for one file more.
 * Nothing tells a page whether a download arrived, so the browser's own copy stays until the host deletes it; it is
 * marked as downloaded.
 */
export const saveByDownloads = (
  claims: Claims,
  id: string,
  progress: Progress
): Effect.Effect<Saved, RecordingProblem> =>
  Effect.gen(function* () {
    const opened = yield* openRecording(claims, id)
    const { ask, directory } = opened
    let { kept } = opened
    const keep = (change: Partial<Kept>) =>
      Effect.suspend(() => {
        kept = { ...kept, ...change, revision: kept.revision + 1 }
        return ask({ type: "manifest", recording: id, revision: kept.revision, text: encodeKept(kept) })
      })
    const of = kept.manifest.segments.length
    progress(0, of)
    const empty = new Set<string>()
    yield* Effect.forEach(kept.manifest.segments, (segment, index) =>
      Effect.gen(function* () {
        const done = yield* finishSegment(opened, segment, null)
        if (done === null) empty.add(segment.file)
        else if (!segment.finished && done.finished) {
          const segments = kept.manifest.segments.map((one) => (one.file === done.file ? done : one))
          yield* keep({ manifest: { ...kept.manifest, segments } })
          yield* attempt(() => directory.removeEntry(done.file))
        }
        progress(index + 1, of)
      })
    )
    const name = nameOf(kept.manifest)
    const named = kept.manifest.segments
      .filter(({ file }) => !empty.has(file))
      .map((segment) => ({ ...segment, from: segment.file, file: `${name} ${segment.file}` }))
    const finished = yield* attempt(() => directory.getDirectoryHandle("finished", { create: true }))
    yield* Effect.forEach(named, (segment) =>
      attempt(async () => (await (segment.finished ? finished : directory).getFileHandle(segment.from)).getFile()).pipe(
        Effect.flatMap((file) => download(segment.file, file))
      )
    )
    const manifest: Manifest = { ...kept.manifest, segments: named.map(({ from: _, ...segment }) => segment) }
    yield* download(`${name} manifest.json`, new Blob([manifestText(manifest)], { type: "application/json" }))
    yield* keep({ downloaded: true })
    return { name, manifest }
  }).pipe(Effect.scoped)
