/// <reference lib="dom" />
/// <reference lib="dom.asynciterable" />
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { BrowserContext, Page } from "playwright-core"
import { openProfile } from "./support/browser.js"
import { expect, test } from "./support/fixtures.js"
import { loudnessAt } from "./support/loudness.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { probe, samplesOf } from "./support/probe.js"
import { bringOut, leaveEmpty, pickable, probeAll, type Segment, unended, withDirectory } from "./support/recordings.js"
import { humming, hummingScreen } from "./support/sound.js"

/** Opens pages in this profile. */
const openIn =
  (context: BrowserContext) =>
  async (url: string, _: unknown, prepare?: (context: BrowserContext) => Promise<void>): Promise<Page> => {
    await prepare?.(context)
    const page = await context.newPage()
    await page.goto(url)
    return page
  }

const isRecorded = (guest: Person) => guest.page.getByText("This conference is being recorded").waitFor()

/** Waits until the page has recorded for this many more seconds. */
const records = async ({ page }: Person, seconds: number) => {
  const chip = page.getByRole("button", { name: /^Recording, / })
  const elapsed = async () => {
    const [, minutes, rest] = /(\d+):(\d\d)$/.exec(await chip.innerText()) ?? []
    return Number(minutes) * 60 + Number(rest)
  }
  const before = await elapsed()
  await expect.poll(elapsed, { interval: 100 }).toBeGreaterThanOrEqual(before + seconds)
}

/** Which of these tones, in hertz, are in the sound of a file. */
const hears = async (file: string, tones: ReadonlyArray<number>) => {
  const { samples, sampleRate } = await samplesOf(file)
  return tones.map((tone) => loudnessAt(samples, tone, sampleRate) > -40)
}

/** Waits until a programme file that began at this time (as `Date.now()`) or later has a picture in it. */
const recordsPicture = ({ page }: Person, since: number) =>
  expect
    .poll(async () => {
      const { segments, startedAt } = (await unended(page)).manifest
      return segments.some(
        ({ bytes, kind, mime, offsetMs }) =>
          kind === "programme" && mime.startsWith("video/") && bytes > 0 && Date.parse(startedAt) + offsetMs >= since
      )
    })
    .toBe(true)

const megabyte = 1_000_000

/** Lets a test set how much space the browser reports (`giveSpace`). It starts with plenty. */
const measured = (context: BrowserContext) =>
  context.addInitScript(() => {
    const space = { quota: 1e12, usage: 0 }
    Object.assign(globalThis, { space })
    if (navigator.storage !== undefined) Object.assign(navigator.storage, { estimate: async () => space })
  })

const giveSpace = (page: Page, bytes: number) =>
  page.evaluate((quota) => {
    const { space }: { readonly space?: object } = Object(globalThis)
    Object.assign(space ?? {}, { quota })
  }, bytes)

test("the panel shows what runs, what is stored, how long the space lasts, and who is not recorded", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, async (context) => {
    await humming(440)(context)
    await measured(context)
  })
  await host.panel("Settings")
  await host.button("Recordings").click()
  const panel = host.page.getByRole("region", { name: "Recordings", exact: true })
  await panel.getByText("Nothing is being recorded").waitFor()
  await panel.getByText("No recording is kept in this browser").waitFor()
  await panel.getByRole("button", { name: "Start recording" }).click()
  await host.page.getByText("You are muted, and will not be in the recording").waitFor()
  await panel.getByText("Nobody is in it yet").waitFor()
  await host.button("Unmute").click()
  await host.page.getByText("You are muted").waitFor({ state: "detached" })
  await panel.getByText("Space for days").waitFor()
  await panel.getByText("Host", { exact: true }).waitFor()
  await panel.getByText(/^[\d.]+ kB written$/).waitFor()

  // Little more than the reserve that is never used: about a minute of this voice.
  await giveSpace(host.page, 102 * megabyte)
  await host.page.getByText(/^Space for about (a minute|\d minutes) of recording is left$/).waitFor()
  await giveSpace(host.page, 50 * megabyte)
  await host.page.getByText("The space in this browser is used up").first().waitFor()
  await panel.getByText("Nothing is being recorded").waitFor()
  await panel.getByText(/Host \(1 file/).waitFor()
  await panel.getByText("This browser may delete them when the disk is nearly full").waitFor()
  await giveSpace(host.page, 500 * megabyte)

  // Away for too long for the recording to go on by itself.
  await panel.getByRole("button", { name: "Start recording" }).click()
  await records(host, 2)
  const noted = (await unended(host.page)).until
  await expect.poll(async () => (await unended(host.page)).until > noted).toBe(true)
  await leaveEmpty(host.page, "Host-sound-9.webm")
  await host.page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + 11 * 60_000
  })
  await host.page.reload()
  const stopped = host.page.getByRole("alert").filter({ hasText: "The recording stopped at" })
  await stopped.waitFor()
  const { clock } = await unended(host.page)
  expect(await stopped.innerText()).toContain(clock)
  await host.button("Record").waitFor()
  await host.button("Go on recording").click()
  await host.page.getByText(/Recording, 1[1-9]:/).click()
  await stopped.waitFor({ state: "detached" })
  // It went on in the same manifest, and the empty file is gone.
  const { manifest, sizes } = await unended(host.page)
  expect(manifest.segments.map(({ file }) => file)).toContain("Host-sound-1.webm")
  expect(Object.keys(sizes)).not.toContain("Host-sound-9.webm")
  await panel.getByText("Host", { exact: true }).waitFor()
  await panel.getByRole("button", { name: "Stop recording" }).click()
  await panel.getByText("Nothing is being recorded").waitFor()

  const contents = async () =>
    (await panel.getByRole("listitem").allInnerTexts()).map((words) => /\(\d+ files?, .+\)/.exec(words)?.[0])
  // The list is read again after the end.
  await expect.poll(async () => (await contents())[0]).toMatch(/^\(2 files/)
  const before = await contents()

  // Both copies of its manifest are lost: it can still be saved.
  await host.page.evaluate(async () => {
    const recordings = await (await navigator.storage.getDirectory()).getDirectoryHandle("recordings")
    for await (const recording of recordings.values()) {
      if (!(recording instanceof FileSystemDirectoryHandle)) continue
      for (const slot of ["manifest-0.json", "manifest-1.json"]) {
        await (await (await recording.getFileHandle(slot, { create: true })).createWritable()).close()
      }
    }
  })
  await host.page.reload()
  await host.panel("Settings")
  await host.button("Recordings").click()
  const lost = panel.getByRole("listitem").filter({ hasText: "without a list of who is in it" })
  await lost.first().waitFor()
  expect(await contents()).toEqual(before)
  await pickable(host.page)
  await lost.first().getByRole("button", { name: "Save to a folder" }).click()
  await host.page.getByText("The recording is saved").waitFor()
  await withDirectory(async (directory) => {
    await bringOut(host.page, directory)
    const [file = ""] = await readdir(directory)
    expect(file).toMatch(/^Host-sound-\d\.webm$/)
    expect((await probe(join(directory, file))).duration).toBeGreaterThan(0)
  })
  await lost.getByRole("button", { name: "Delete" }).click()
  await host.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
  await panel.getByText("No recording is kept in this browser").waitFor()
})

test("a recording outlives a reload and a crash of the host, and no mute or camera switch cuts a voice", async ({
  expected,
  open,
  room,
  server
}) => {
  // The guest's page polls once more after the end.
  expected.push(/410 \(Gone\)/)
  await withDirectory(async (profile) => {
    let browser = await openProfile(profile)
    try {
      const host = await openHost(openIn(browser.context), server.url, room, async (context) => {
        await humming(440)(context)
        await hummingScreen(1130)(context)
      })
      await host.button("Unmute").click()
      const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
      await host.sees("Ada")
      await host.button("Record").click()
      await isRecorded(ada)
      const begun = performance.now()
      for (let toggle = 0; toggle < 3; toggle++) {
        await ada.button("Stop video").click()
        await ada.button("Mute").click()
        await host.button("Mute").click()
        await host.figure("Ada").getByText("No picture").waitFor()
        await ada.button("Start video").click()
        await ada.button("Unmute").click()
        await host.button("Unmute").click()
        await host.sees("Ada")
      }
      await host.button("Share screen").click()
      await records(host, 2)
      await host.button("Stop sharing").click()
      const first = (performance.now() - begun) / 1000

      // A reload of the same tab needs no press.
      const reloaded = Date.now()
      await host.page.reload()
      await host.page.getByText("The recording goes on").waitFor()
      await host.sees("Ada")
      await isRecorded(ada)
      await records(host, 3)
      await recordsPicture(host, reloaded)

      await browser.kill()
      const killed = Date.now()
      browser = await openProfile(profile)
      const looking = await browser.context.newPage()
      await looking.goto(server.url)
      const atCrash = await unended(looking)
      await looking.close()
      // What a manifest lists is on the disk before it is written. A file without content is not kept.
      for (const { bytes, file } of atCrash.manifest.segments) {
        expect(atCrash.sizes[file] ?? 0, file).toBeGreaterThanOrEqual(bytes)
      }
      const pictures = atCrash.manifest.segments.filter(({ bytes, kind }) => kind === "camera" && bytes > 0)
      const again = await openHost(openIn(browser.context), server.url, room, humming(440))
      await again.page.getByText("The recording goes on").waitFor()
      expect(await again.page.getByText(/nothing was recorded/).innerText()).toContain(`From ${atCrash.clock} to `)
      await again.sees("Ada")
      await isRecorded(ada)
      await records(again, 3)
      await recordsPicture(again, killed)
      await again.button("Leave").click()
      await again.button("End for all").click()
      await again.page.getByText("Recordings in this browser").waitFor()
      await pickable(again.page)
      await again.button("Save to a folder").click()
      await again.page.getByText("The recording is saved").waitFor()
      await withDirectory(async (directory) => {
        await bringOut(again.page, directory)
        const all = await probeAll(directory)
        const of = (name: string, kind: Segment["kind"]) => all.filter((one) => one.name === name && one.kind === kind)
        const kinds = (one: (typeof all)[number] | undefined) => (one?.streams ?? []).map(({ kind }) => kind).sort()

        const seconds = (some: typeof all) => some.reduce((sum, { duration }) => sum + duration, 0)

        // The toggles before the reload cut nothing: only the last chunks were lost, of a second each.
        const voice = of("Ada", "sound")
        expect(voice[0]?.duration).toBeGreaterThan(first - 4)
        // At least one file for each load of the host's page: a busy machine may connect twice.
        expect(voice.length).toBeGreaterThanOrEqual(3)
        for (const one of voice) expect(kinds(one)).toEqual(["audio"])
        for (const [index, { duration, offsetMs }] of voice.entries()) {
          const next = voice[index + 1]
          if (next !== undefined) expect(next.offsetMs).toBeGreaterThan(offsetMs + 1000 * duration - 500)
        }
        expect(seconds(voice.filter(({ file }) => atCrash.sizes[file] === undefined))).toBeGreaterThan(1)
        // The crash costs what was not written yet, and of what was written only the frame that it cut.
        for (const { bytes, file } of voice) expect(bytes, file).toBeGreaterThan((atCrash.sizes[file] ?? 0) - 2_000)

        const camera = of("Ada", "camera")
        expect(camera.length).toBeGreaterThan(pictures.length)
        expect(kinds(camera[0])).toEqual(["audio", "video"])
        // A new tab begins without the host's microphone.
        expect(of("Host", "sound").map(({ file }) => file)).toEqual(["Host-sound-1.webm", "Host-sound-2.webm"])
        expect(of("Host", "sound")[0]?.duration).toBeGreaterThan(first - 4)
        expect(of("Host", "camera")).toEqual([])
        // The shared screen is heard in its own files, and the host is not. A busy machine may begin a second file.
        const shared = of("Host", "screen").filter((file) => kinds(file).includes("audio"))
        const heard = await Promise.all(shared.map(({ file }) => hears(join(directory, file), [440, 1130])))
        expect(shared.some((file) => kinds(file).includes("video"))).toBe(true)
        expect(heard.map(([host]) => host)).not.toContain(true)
        expect(heard.map(([, film]) => film)).toContain(true)

        // The programme is recorded whatever cameras do, also with one guest, who gets the host's camera. A busy
        // machine may begin a second file here, too.
        const whole = of("Everyone together", "programme")
        const begins = ({ offsetMs }: Segment) => Date.parse(atCrash.manifest.startedAt) + offsetMs
        for (const life of [0, 1, 2]) {
          const ofLife = whole.filter((one) => [reloaded, killed].filter((end) => begins(one) >= end).length === life)
          expect(ofLife.map((one) => kinds(one).join())).toContain("audio,video")
        }
        expect(seconds(whole.filter(({ offsetMs }) => offsetMs < (voice[1]?.offsetMs ?? 0)))).toBeGreaterThan(first - 6)
      })
    } finally {
      await browser.kill()
    }
  })
})
