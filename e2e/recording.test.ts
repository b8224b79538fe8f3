/// <reference lib="dom" />
/// <reference lib="dom.asynciterable" />
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { expect, test } from "./fixtures.js"
import { openGuest, openHost } from "./people.js"
import { probe } from "./probe.js"
import { humming } from "./sound.js"

interface Segment {
  readonly file: string
  readonly name: string
  readonly kind: "camera" | "screen" | "sound"
  readonly offsetMs: number
  readonly durationMs: number | null
}

/** The page's own directory stands for a folder that the host picks: nobody is there to pick one. */
const pickable = (page: Page) =>
  page.evaluate(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle("picked", { create: true })
    })
  })

/** All files below that directory, by name, as base64. */
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

const recorded = (page: Page, seconds: number) =>
  page.getByText(new RegExp(`Recording, 0:0?(${seconds}|${seconds + 1}|${seconds + 2})$`)).waitFor()

test("each guest is a file of its own, on the disk to the last second whatever becomes of the page", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  const grace = await openGuest(open, server.url, room, "Grace", { as: humming(1130) })
  await host.sees("Ada")
  await host.sees("Grace")
  await host.button("Unmute").click()
  await host.button("Record").click()
  await recorded(host.page, 4)
  // A guest who comes again begins a new file.
  await grace.page.reload()
  await host.figure("Grace").waitFor()
  await recorded(host.page, 9)
  await host.sees("Grace")
  await recorded(host.page, 12)

  // The page dies without a word, as a closed tab's does.
  const context = host.page.context()
  await host.page.close({ runBeforeUnload: false })
  const again = await context.newPage()
  await again.goto(`${server.url}/host?room=${room}`)
  await again.getByText("Recordings in this browser").waitFor()
  await pickable(again)
  await again.getByRole("button", { name: "Save to a folder" }).click()
  await again.getByText("The recording is saved").waitFor({ timeout: 30_000 })

  const directory = await mkdtemp(join(tmpdir(), "recording-"))
  try {
    const files = await picked(again)
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(directory, name), Buffer.from(content, "base64"))
    }
    const manifest: { segments: ReadonlyArray<Segment> } = JSON.parse(
      await readFile(join(directory, "manifest.json"), "utf8")
    )
    const of = (name: string, kind: Segment["kind"]) =>
      manifest.segments.filter((segment) => segment.name === name && segment.kind === kind)
    expect(of("Ada", "camera").length).toBe(1)
    expect(of("Ada", "sound").map(({ file }) => file)).toEqual(["Ada-sound-1.webm"])
    expect(of("Host", "sound").length).toBe(1)
    expect(of("Host", "camera")).toEqual([])
    expect(of("Grace", "sound").length).toBeGreaterThanOrEqual(2)
    for (const { file } of manifest.segments) {
      const { duration = 0, streams } = await probe(join(directory, file))
      expect(duration, file).toBeGreaterThan(0)
      expect(streams.length, file).toBeGreaterThan(0)
    }
    const whole = await probe(join(directory, of("Ada", "camera")[0]?.file ?? ""))
    expect(whole.streams.map(({ kind }) => kind).sort()).toEqual(["audio", "video"])
    expect(whole.duration).toBeGreaterThan(10.5)
    expect(whole.duration).toBeLessThan(17)
    const [first, second] = of("Grace", "camera")
    const early = await probe(join(directory, first?.file ?? ""))
    expect(second?.offsetMs ?? 0).toBeGreaterThan((first?.offsetMs ?? 0) + 1000 * (early.duration ?? 0) - 1500)
    const voice = await probe(join(directory, of("Host", "sound")[0]?.file ?? ""))
    expect(voice.streams.map(({ kind }) => kind)).toEqual(["audio"])
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
  expect(await ada.button("Leave").isVisible()).toBe(true)
})
