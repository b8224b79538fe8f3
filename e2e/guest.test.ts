/// <reference lib="dom" />
import type { Page } from "playwright-core"
import { capturing, keepCaptures } from "./support/captures.js"
import { expect, test } from "./support/fixtures.js"
import { openGuest, openHost, Person } from "./support/people.js"
import { humming } from "./support/sound.js"

/** Ends what the page captured, as an unplugged device does. */
const unplug = (page: Page) =>
  page.getByLabel("You", { exact: true }).evaluate((video: HTMLVideoElement) => {
    if (!(video.srcObject instanceof MediaStream)) return
    for (const track of video.srcObject.getTracks()) {
      track.stop()
      track.dispatchEvent(new Event("ended"))
    }
  })

test("the lobby remembers the picked devices and the name, shows the microphone's level, and plays a tone", async ({
  open,
  room,
  server
}) => {
  const page = await open(`${server.url}/client?room=${room}`)
  const level = page.getByRole("meter", { name: "Microphone level" })
  await expect.poll(() => level.evaluate((meter: HTMLMeterElement) => meter.value)).toBeGreaterThan(0.2)
  const camera = page.getByLabel("Camera", { exact: true })
  // Browsers name devices only once they are allowed.
  const other = await camera.locator("option", { hasText: "fake_device_2" }).innerText()
  await camera.selectOption({ label: other })
  await page.getByLabel("Speaker", { exact: true }).waitFor()
  await new Person(page).playTestTone()
  await page.getByLabel("Your name").fill("Ada")
  await page.getByRole("button", { name: "Join", exact: true }).click()
  await page.getByRole("button", { name: "Leave", exact: true }).click()
  await page.reload()
  await expect.poll(() => camera.evaluate((picker: HTMLSelectElement) => picker.selectedOptions[0]?.label)).toBe(other)
  expect(await page.getByLabel("Your name").inputValue()).toBe("Ada")
})

test("a camera that is off is closed, a muted microphone is not, and one button brings a lost device back", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada", {
    as: keepCaptures,
    before: async (page) => {
      await page.getByLabel("You", { exact: true }).waitFor()
      await page.getByRole("button", { name: "Stop video" }).click()
      await page.getByRole("button", { name: "Mute" }).click()
      await expect.poll(() => capturing(page)).toEqual(["muted audio"])
    }
  })
  // A press that removes its own button moves the focus to the new title.
  expect(await ada.focused()).toBe("H1: The conference")
  await ada.page.getByRole("status").getByText("The host neither sees nor hears you").waitFor({ state: "attached" })
  await host.figure("Ada").getByText("No picture").waitFor()
  await host.figure("Ada").getByRole("img", { name: "Microphone off" }).waitFor()
  await ada.page.keyboard.press("v")
  await host.sees("Ada")
  expect(await capturing(ada.page)).toEqual(["muted audio", "video"])
  await ada.button("Unmute").click()
  await expect.poll(() => capturing(ada.page)).toEqual(["audio", "video"])

  await unplug(ada.page)
  await ada.page.getByRole("alert").filter({ hasText: "Your camera stopped" }).waitFor()
  await ada.button("Start a camera again").click()
  await host.sees("Ada")
  await ada.button("Leave").click()
  await expect.poll(() => ada.focused()).toBe("H1: Join the conference")
  await expect.poll(() => capturing(ada.page)).toEqual([])
  await ada.page.getByText("Your camera starts when you join again").waitFor()
})

test("guests know who is in, who is muted, and that the host’s camera is off", async ({
  expected,
  open,
  room,
  server
}) => {
  // What the browser logs for a request that is under way as the session ends.
  expected.push(/status of 410/)
  const host = await openHost(open, server.url, room)
  const ada = await openGuest(open, server.url, room, "Ada")
  await host.sees("Ada")
  // A host begins without a camera: a guest is told so, and sees no black picture.
  await ada.page.getByText("The host sends no picture").waitFor()
  await host.button("Start video").click()
  await ada.moves(ada.page.getByLabel("The host", { exact: true }))
  await ada.page.getByText("The host sends no picture").waitFor({ state: "detached" })
  await host.button("Stop video").click()
  await ada.page.getByText("The host sends no picture").waitFor()

  const bo = await openGuest(open, server.url, room, "Bo")
  await host.sees("Bo")
  await ada.page.getByText("3 people").waitFor()
  const people = (await ada.panel("People")).getByRole("listitem")
  await expect
    .poll(() => people.allInnerTexts().then((texts) => texts.map((text) => text.replace(/\s+/g, " "))))
    .toEqual([expect.stringMatching(/ Host In the picture Muted$/), "Ada You In the picture", "Bo In the picture"])
  await bo.button("Mute").click()
  await people.filter({ hasText: "Bo" }).getByText("Muted").waitFor()
  await bo.button("Raise hand").click()
  await people.filter({ hasText: "Bo" }).getByText("Hand raised").waitFor()
  await bo.button("Leave").click()
  await ada.page.getByText("2 people").waitFor()
  // Alone with the host again.
  await ada.page.getByText("The host sends no picture").waitFor()
  await host.end()
  await ada.page.getByText("2 people").waitFor({ state: "detached" })
})

test("a guest shares a screen beside the camera, and knows whether the conference is recorded", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(440))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(710) })
  await host.sees("Ada")
  await ada.button("Share screen").click()
  const screen = host.page.getByLabel("Ada’s screen", { exact: true })
  await host.moves(screen)
  await ada.button("Stop sharing").click()
  await screen.waitFor({ state: "detached" })
  await host.sees("Ada")
  await ada.page.getByRole("button", { name: /^Connection (good|fair|poor)$/ }).waitFor()

  await host.button("Record").click()
  await ada.page.getByText("This conference is being recorded").waitFor()
  await host.button("Stop recording").click()
  await ada.page.getByText("This conference is being recorded").waitFor({ state: "detached" })

  await host.button("Start video").click()
  await ada.moves(ada.page.getByLabel("The host", { exact: true }))
  await ada.button("Picture in picture").click()
  await expect.poll(() => ada.page.evaluate(() => document.pictureInPictureElement !== null)).toBe(true)
})

test("the lobby reports what the network lets through", async ({ open, relayed, room, coturn }) => {
  await openHost(open, relayed.url, room)
  const verdict = async (forced: RTCConfiguration) => {
    const page = await open(`${relayed.url}/client?room=${room}`, {}, async (context) => {
      await context.addInitScript((forced: RTCConfiguration) => {
        const Original = globalThis.RTCPeerConnection
        globalThis.RTCPeerConnection = class extends Original {
          constructor(configuration?: RTCConfiguration) {
            super({ ...configuration, ...forced })
          }
        }
      }, forced)
    })
    return page
      .getByText(/Your network/)
      .first()
      .innerText()
  }
  expect(await verdict({})).toBe("Your network is fine")
  expect(await verdict({ iceTransportPolicy: "relay" })).toBe("Your network needs a detour")
  await coturn.cut()
  try {
    expect(await verdict({})).toBe("Your network blocks video calls")
  } finally {
    await coturn.mend()
  }
})

test("a page is in the browser's language, and stays in the one that was picked", async ({ open, room, server }) => {
  const page = await open(`${server.url}/client?room=${room}`, { locale: "de-AT" })
  await page.getByRole("heading", { name: "Der Konferenz beitreten" }).waitFor()
  expect(await page.locator("html").getAttribute("lang")).toBe("de")
  await page.getByLabel("Sprache").selectOption("en")
  await page.getByRole("heading", { name: "Join the conference" }).waitFor()
  await page.reload()
  await page.getByRole("heading", { name: "Join the conference" }).waitFor()
})

test("a refused camera and microphone are reported once, in the lobby and in the call, and again when they are turned on", async ({
  open,
  room,
  server
}) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const page = await open(`${server.url}/client?room=${room}`, phone, async (context) => {
    await context.addInitScript(() => {
      if (navigator.mediaDevices === undefined) return
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException("Permission denied", "NotAllowedError")
      }
    })
  })
  const notice = page.getByRole("alert").filter({ hasText: "This page may not use your camera and microphone" })
  const inSight = async () => {
    await notice.getByText("switch camera and microphone on").waitFor()
    const foot = async () => {
      const box = await notice.boundingBox()
      return (box?.y ?? 844) + (box?.height ?? 0)
    }
    await expect.poll(foot).toBeLessThan(844)
  }
  await inSight()
  await page.getByRole("button", { name: "Join", exact: true }).click()
  await page.getByRole("button", { name: "Leave", exact: true }).waitFor()
  await inSight()
  await page.getByRole("button", { name: "Close this notice" }).click()
  await notice.waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Unmute", exact: true }).click()
  await page.getByRole("alert").filter({ hasText: "This page may not use your microphone" }).waitFor()
})

test("a headset that is unplugged is replaced by the system's microphone, and used again when it is back", async ({
  open,
  room,
  server
}) => {
  const page = await open(`${server.url}/client?room=${room}`, {}, async (context) => {
    await keepCaptures(context)
    await context.addInitScript(() => {
      const unplugged = new Set<string>()
      Object.assign(globalThis, { unplugged })
      const devices = navigator.mediaDevices
      const look = devices?.enumerateDevices.bind(devices)
      if (look === undefined) return
      devices.enumerateDevices = async () => (await look()).filter(({ label }) => !unplugged.has(label))
    })
  })
  const picker = page.getByLabel("Microphone", { exact: true })
  const headset = "Fake Audio Input 2"
  await picker.selectOption({ label: headset })
  const picked = () => picker.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label)
  const labels = () =>
    page.evaluate(() => {
      const { captured = [] }: { captured?: Array<MediaStreamTrack> } = Object(globalThis)
      return captured.flatMap(({ kind, label, readyState }) =>
        kind === "audio" && readyState === "live" ? [label] : []
      )
    })
  await expect.poll(labels).toEqual([headset])

  await page.evaluate((headset) => {
    const { captured = [], unplugged }: { captured?: Array<MediaStreamTrack>; unplugged?: Set<string> } =
      Object(globalThis)
    unplugged?.add(headset)
    for (const track of captured.filter(({ label }) => label === headset)) {
      track.stop()
      track.dispatchEvent(new Event("ended"))
    }
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"))
  }, headset)
  await page.getByText(`${headset} is gone`).waitFor()
  await page.getByText("Your microphone is now: Fake Default Audio Input").waitFor()
  await expect.poll(picked).toBe("Fake Default Audio Input")

  await page.evaluate(() => {
    const { unplugged }: { unplugged?: Set<string> } = Object(globalThis)
    unplugged?.clear()
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"))
  })
  await page.getByText(`${headset} is back`).waitFor()
  await expect.poll(labels).toEqual([headset])
  await expect.poll(picked).toBe(headset)
})
