/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from "playwright-core"
import { expect, test } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { channels, heard, humming, hummingScreen, listened, rushing } from "./support/sound.js"

/** The voices of the host, of Ada and of Grace, in hertz: none is a multiple of another. */
const tones = [440, 710, 1130] as const

/** In decibels: a tone that is heard is far above, one that is not is far below. */
const audible = -60

const hears = async (person: Person) => (await heard(person.page, tones)).map((level) => level > audible)

test("guests hear each other and the host but never themselves, and the host may speak to one only", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(tones[0]))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(tones[1]) })
  const grace = await openGuest(open, server.url, room, "Grace", { as: humming(tones[2]) })
  await host.sees("Ada")
  await host.sees("Grace")
  await expect.poll(() => hears(ada)).toEqual([false, false, true])
  await expect.poll(() => hears(grace)).toEqual([false, true, false])

  await host.button("Unmute").click()
  await expect.poll(() => hears(ada)).toEqual([true, false, true])
  await expect.poll(() => hears(grace)).toEqual([true, true, false])

  await host.act("Ada", "Speak to Ada alone")
  await ada.page.getByText("The host speaks to you alone").waitFor()
  await expect.poll(() => hears(grace)).toEqual([false, true, false])
  await expect.poll(() => hears(ada)).toEqual([true, false, true])
  await host.button("Speak to all again").click()
  await expect.poll(() => hears(grace)).toEqual([true, true, false])

  // Nobody hears a muted guest.
  await grace.button("Mute").click()
  await expect.poll(() => hears(ada)).toEqual([true, false, false])
  await host.figure("Grace").getByRole("img", { name: "Microphone off" }).waitFor()

  // Nobody else hears what was meant for a guest who has left.
  await host.act("Ada", "Speak to Ada alone")
  await ada.page.getByText("The host speaks to you alone").waitFor()
  await ada.page.close()
  await host.page.getByText("You are muted, so that nobody else hears what was meant for").waitFor()
  await host.button("Unmute").waitFor()
  await host.button("Speak to all again").waitFor({ state: "detached" })
})

test("the sound of a shared screen is heard beside the voice, and by itself while that is muted", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, hummingScreen(tones[0]))
  const ada = await openGuest(open, server.url, room, "Ada", {
    as: async (context) => {
      await humming(tones[1])(context)
      await hummingScreen(tones[2])(context)
    }
  })
  await host.sees("Ada")
  await expect.poll(() => hears(host)).toEqual([false, true, false])
  await ada.button("Share screen").click()
  await expect.poll(() => hears(host)).toEqual([false, true, true])
  await ada.button("Mute").click()
  await expect.poll(() => hears(host)).toEqual([false, false, true])
  await host.figure("Ada").getByRole("img", { name: "Microphone off" }).waitFor()
  const toAll = host.figure("Ada").getByRole("button", { name: "Show Ada’s screen to all" })
  await toAll.click()
  await expect.poll(() => hears(host)).toEqual([false, false, false])
  await toAll.click()
  await expect.poll(() => hears(host)).toEqual([false, false, true])
  await ada.button("Stop sharing").click()
  await expect.poll(() => hears(host)).toEqual([false, false, false])
  await ada.button("Unmute").click()
  await expect.poll(() => hears(host)).toEqual([false, true, false])

  await host.button("Share screen").click()
  await expect.poll(() => hears(ada)).toEqual([true, false, false])
  await host.button("Stop sharing").click()
  await expect.poll(() => hears(ada)).toEqual([false, false, false])
})

/** The bitrate at which the page sends its microphone, measured over 1.5 seconds, in kbit/s. */
const bitrate = (page: Page) =>
  page.evaluate(async () => {
    const { connections = [] }: { connections?: Array<RTCPeerConnection> } = Object(globalThis)
    const sender = connections
      .at(-1)
      ?.getSenders()
      .find(({ track }) => track?.kind === "audio")
    const look = async () => {
      const [sent] = [...((await sender?.getStats())?.values() ?? [])].filter(({ type }) => type === "outbound-rtp")
      return { bytes: Number(sent?.bytesSent ?? 0), time: Number(sent?.timestamp ?? 0) }
    }
    const first = await look()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const last = await look()
    return (8 * (last.bytes - first.bytes)) / Math.max(1, last.time - first.time)
  })

/** The page's media elements: whether every video is muted, and whether each voice plays. */
const elements = (page: Page) =>
  page.evaluate(async () => {
    const voices = [...document.querySelectorAll("audio")]
    const before = voices.map(({ currentTime }) => currentTime)
    await new Promise((resolve) => setTimeout(resolve, 200))
    return {
      pictures: [...document.querySelectorAll("video")].every(({ muted }) => muted),
      voices: voices.map((voice, index) => !voice.paused && !voice.muted && voice.currentTime > (before[index] ?? 0))
    }
  })

test("with every camera off each voice plays by itself, and no video has sound", async ({ open, room, server }) => {
  const host = await openHost(open, server.url, room)
  const cameraOff = {
    before: async (page: Page) => {
      await page.getByRole("button", { name: "Stop video" }).click()
    }
  }
  const ada = await openGuest(open, server.url, room, "Ada", cameraOff)
  const grace = await openGuest(open, server.url, room, "Grace", cameraOff)
  for (const [person, voices] of [
    [host, 2],
    [ada, 1],
    [grace, 1]
  ] as const) {
    const all = { pictures: true, voices: Array.from({ length: voices }, () => true) }
    await expect.poll(() => elements(person.page)).toEqual(all)
  }
  // Muted, reloaded and unmuted again, the voice still plays.
  await grace.button("Mute").click()
  await grace.page.reload()
  await host.figure("Grace").getByRole("img", { name: "Microphone off" }).waitFor()
  await grace.button("Unmute").click()
  await host.figure("Grace").getByRole("img", { name: "Microphone off" }).waitFor({ state: "detached" })
  await expect.poll(() => elements(host.page)).toEqual({ pictures: true, voices: [true, true] })
})

/** Waits for one measurement near the wanted bitrate, in kbit/s: a busy machine sends in bursts. */
const sendsAbout = (page: Page, wanted: number) =>
  expect.poll(async () => Math.abs((await bitrate(page)) / wanted - 1), { interval: 0 }).toBeLessThan(0.15)

test("a voice is sent at 64 kbit/s, the original sound in stereo at 128, and nothing is renegotiated", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada", { as: rushing })
  await host.figure("Ada").getByText("Live").waitFor()
  const descriptions = () => ada.page.evaluate(listened)
  const before = await descriptions()
  expect(before.stereo).toEqual([true, true])
  await sendsAbout(ada.page, 64)

  await ada.button("Mute").click()
  await (await ada.panel("Settings")).getByLabel("Original sound").click()
  await ada.button("Unmute").click()
  await sendsAbout(ada.page, 128)
  await expect.poll(() => channels(host.page)).toEqual([true, true])
  expect(await descriptions()).toEqual(before)
})

test("a page that may not play sound asks for a press, and plays from then on", async ({ open, room, server }) => {
  await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada", {
    as: (context) =>
      context.addInitScript(() => {
        const play = HTMLMediaElement.prototype.play
        let pressed = false
        // What browsers do in a page that nobody has touched: automation tools count as a touch.
        HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
          return pressed || this.muted ? play.call(this) : Promise.reject(new DOMException("", "NotAllowedError"))
        }
        const press = (event: Event) => {
          if (event.target instanceof Element && event.target.textContent === "Play sound") pressed = true
        }
        addEventListener("pointerdown", press, { capture: true })
        const keep = ({ target }: Event) => {
          if (!pressed && target instanceof HTMLAudioElement) target.pause()
        }
        addEventListener("play", keep, { capture: true })
      })
  })
  await ada.button("Play sound").click()
  await expect.poll(() => elements(ada.page)).toEqual({ pictures: true, voices: [true] })
  await ada.button("Play sound").waitFor({ state: "detached" })
})
