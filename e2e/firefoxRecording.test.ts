/// <reference lib="dom" />
import { readdir } from "node:fs/promises"
import type { Server } from "../scripts/Server.js"
import { downloadsTo, FirefoxPage, launchFirefox, stunForFirefox } from "./support/firefox.js"
import { test as base, expect, withServer } from "./support/fixtures.js"
import { openGuest } from "./support/people.js"
import { probeAll, withDirectory } from "./support/recordings.js"
import { humming } from "./support/sound.js"

const test = base.extend<{ readonly server: Server }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  server: [async ({}, use) => withServer(stunForFirefox, use), { scope: "file" }]
})

const within = { interval: 100 }

/** Waits until the page shows this text anywhere. */
const shows = ({ page }: FirefoxPage, words: RegExp) =>
  expect.poll(() => page.evaluate(() => document.body.innerText), within).toMatch(words)

test("a recording with Firefox, with a muted host and a screen without sound, ends at once, and all of it plays", async ({
  open,
  room,
  server
}) => {
  await withDirectory(async (directory) => {
    const firefox = await launchFirefox(process.env, downloadsTo(directory))
    try {
      const host = await FirefoxPage.open(firefox, `${server.url}/host?room=${room}`)
      await host.press("Start Listening")
      await host.press("Unmute")
      await host.press("Mute")
      await host.find("Unmute")
      const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
      await ada.button("Share screen").click()
      await host.find("Ada’s screen")
      await host.press("Record")
      await ada.page.getByText("This conference is being recorded").waitFor()
      await shows(host, /Recording, 0:(0[5-9]|[1-5]\d)/)
      await host.press("Stop recording")
      await host.find("Download")
      // The page waits five seconds for a recorder that does not stop, and then reports that seconds are missing.
      expect(await host.page.evaluate(() => document.body.innerText)).not.toMatch(
        /seconds are missing|Writing the recording failed/
      )

      await host.press("Download")
      await shows(host, /The recording is with your downloads/)
      const isThere = async () => {
        const names = await readdir(directory)
        return names.some((name) => name.endsWith("manifest.json")) && !names.some((name) => name.endsWith(".part"))
      }
      await expect.poll(isThere, within).toBe(true)
      const all = await probeAll(directory)
      const kindsOf = (file: RegExp) =>
        all.filter((one) => file.test(one.file)).map(({ streams }) => streams.map(({ kind }) => kind).sort())
      expect(kindsOf(/ Ada-sound-\d\.webm$/)).toEqual([["audio"]])
      expect(kindsOf(/ Ada-\d\.webm$/)).toContainEqual(["audio", "video"])
      expect(kindsOf(/ Ada-screen-\d\.webm$/)).toEqual([["video"]])
      // Half of the listed duration at least: a busy machine begins late.
      for (const { duration, durationMs, file } of all) {
        expect(duration, file).toBeGreaterThan((durationMs ?? Number.POSITIVE_INFINITY) / 2000)
      }
      // A promise rejected with `undefined`, about once in ten recordings: Firefox does not report whose it was.
      expect(host.errors.filter((error) => !error.endsWith("uncaught exception: undefined"))).toEqual([])
    } finally {
      await firefox.close()
    }
  })
})
