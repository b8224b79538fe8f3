/// <reference lib="dom" />
/// <reference lib="dom.asynciterable" />
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { newestStoredManifest } from "../../client/media/recording/manifest.js"
import { fromSlot } from "../../client/media/recording/manifestSlots.js"
import { probe } from "./probe.js"

/** The part of a manifest that tests read. */
export interface Segment {
  readonly file: string
  readonly name: string
  readonly kind: "camera" | "screen" | "sound" | "programme"
  readonly offsetMs: number
  readonly durationMs: number | null
  readonly bytes: number
}

/** Every recording in this browser's private file system: its manifest, and how many bytes each of its files has. */
export const keptRecordings = async (page: Page) => {
  const found = await page.evaluate(async () => {
    const recordings = await (await navigator.storage.getDirectory()).getDirectoryHandle("recordings")
    const all: Array<{ slots: Array<Array<number>>; sizes: Record<string, number> }> = []
    for await (const directory of recordings.values()) {
      if (!(directory instanceof FileSystemDirectoryHandle)) continue
      const slots: Array<Array<number>> = []
      const sizes: Record<string, number> = {}
      for await (const handle of directory.values()) {
        if (!(handle instanceof FileSystemFileHandle)) continue
        const file = await handle.getFile()
        sizes[file.name] = file.size
        // One of the two may just be being written.
        if (file.name.endsWith(".json"))
          slots.push([...new Uint8Array(await file.arrayBuffer().catch(() => new ArrayBuffer()))])
      }
      all.push({ slots, sizes })
    }
    return all
  })
  return Promise.all(
    found.map(async ({ sizes, slots }) => {
      const kept = newestStoredManifest(await Promise.all(slots.map((slot) => fromSlot(new Uint8Array(slot)))))
      if (kept === null) throw new Error("A recording has no manifest.")
      return { ...kept, sizes }
    })
  )
}

/** The recording that was not ended, and until when it ran: as its manifest has it, and as the page shows it. */
export const unended = async (page: Page) => {
  const kept = (await keptRecordings(page)).find(({ ended }) => !ended)
  const until = kept?.manifest.recordedUntil
  if (kept === undefined || until === undefined) throw new Error("No recording says until when it ran.")
  const clock = await page.evaluate(
    (at) => new Intl.DateTimeFormat("en", { timeStyle: "medium" }).format(new Date(at)),
    until
  )
  return { ...kept, until, clock }
}

/** Puts a file with a header and no sound into every recording of this browser, as a crash may leave it. */
export const leaveEmpty = (page: Page, name: string) =>
  page.evaluate(async (name) => {
    const recordings = await (await navigator.storage.getDirectory()).getDirectoryHandle("recordings")
    for await (const directory of recordings.values()) {
      if (!(directory instanceof FileSystemDirectoryHandle)) continue
      const file = await (await directory.getFileHandle(name, { create: true })).createWritable()
      // The heads of an EBML header without content and of a segment.
      await file.write(new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, 0xff]))
      await file.close()
    }
  }, name)

/** Uses the page's own private directory as the folder that the host picks. */
export const pickable = (page: Page) =>
  page.evaluate(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle("picked", { create: true })
    })
  })

/** All files that were saved to the folder, by name, as base64. */
const picked = (page: Page) =>
  page.evaluate(async () => {
    const files: Record<string, string> = {}
    const walk = async (directory: FileSystemDirectoryHandle) => {
      for await (const handle of directory.values()) {
        if (handle instanceof FileSystemDirectoryHandle) await walk(handle)
        if (handle instanceof FileSystemFileHandle) {
          const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer())
          let text = ""
          for (const byte of bytes) text += String.fromCharCode(byte)
          files[handle.name] = btoa(text)
        }
      }
    }
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("picked"))
    return files
  })

/** Uses a temporary directory, which is deleted afterwards. */
export const withDirectory = async <A>(use: (directory: string) => Promise<A>): Promise<A> => {
  const directory = await mkdtemp(join(tmpdir(), "recording-"))
  try {
    return await use(directory)
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Copies what was saved to the folder into a directory of this machine. */
export const bringOut = async (page: Page, directory: string): Promise<void> => {
  for (const [name, content] of Object.entries(await picked(page))) {
    await writeFile(join(directory, name), Buffer.from(content, "base64"))
  }
}

/** A segment of the manifest with the actual content of its file. */
export type Probed = Segment & Awaited<ReturnType<typeof probe>> & { readonly duration: number }

const isManifest = (name: string) => name.endsWith("manifest.json")

/** The files of a saved recording, each read to its end. Fails if files and manifest do not agree. */
export const probeAll = async (directory: string): Promise<ReadonlyArray<Probed>> => {
  const names = await readdir(directory)
  const manifest = names.find(isManifest)
  if (manifest === undefined) throw new Error(`There is no manifest among ${names.join(", ")}.`)
  const { segments }: { readonly segments: ReadonlyArray<Segment> } = JSON.parse(
    await readFile(join(directory, manifest), "utf8")
  )
  const listed = segments.map(({ file }) => file).sort()
  const present = names.filter((name) => !isManifest(name)).sort()
  if (listed.join() !== present.join()) throw new Error(`The manifest lists ${listed}, and the files are ${present}.`)
  return Promise.all(
    segments.map(async (segment) => {
      const found = await probe(join(directory, segment.file))
      if (found.duration === undefined || found.streams.some(({ packets }) => packets === 0)) {
        throw new Error(`${segment.file} does not play: ${JSON.stringify(found)}`)
      }
      return { ...segment, ...found, duration: found.duration }
    })
  )
}
