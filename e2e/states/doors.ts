/// <reference lib="dom" />
import type { BrowserContext } from "playwright-core"
import type { Stage } from "../support/stage.js"
import { press, type State, saying, scene } from "./State.js"

/** The error with which the browser refuses camera and microphone. `null`: it keeps asking the person. */
const answering = (name: string | null) => (context: BrowserContext) =>
  context.addInitScript((name: string | null) => {
    Object.assign(navigator.mediaDevices ?? {}, {
      enumerateDevices: async () => [],
      getUserMedia: () => new Promise((_, refuse) => name === null || refuse(new DOMException("", name)))
    })
  }, name)

/** Pages before anybody is in a call: each is loaded separately. */
const pages: ReadonlyArray<Omit<State, "scene">> = [
  {
    name: "landing",
    reach: async (stage) => saying(await stage.open("/"), "Start a conference")
  },
  {
    name: "landing-unreadable",
    reach: async (stage) => {
      const page = await stage.open("/")
      await page.getByLabel("Room name or invite link").fill("what is this?")
      await press(page, "Join")
      return saying(page, "neither a room name")
    }
  },
  {
    name: "guest-lobby",
    reach: async (stage) => {
      const page = await stage.open("/client")
      await page.getByLabel("Your name").fill("Ada")
      await page.getByLabel("You", { exact: true }).waitFor()
      return page
    }
  },
  {
    name: "guest-asked",
    reach: async (stage) => saying(await stage.open("/client", answering(null)), "Your browser is asking")
  },
  {
    name: "guest-refused",
    reach: async (stage) =>
      saying(await stage.open("/client", answering("NotAllowedError")), "This page may not use your camera")
  },
  {
    name: "guest-without-devices",
    reach: async (stage) =>
      saying(await stage.open("/client", answering("NotFoundError")), "No camera and no microphone were found")
  },
  {
    name: "guest-unloaded",
    reach: async (stage) => {
      const page = await stage.open("/client", (context) => context.route("**/*.js", (route) => route.abort()))
      await page.evaluate(() => {
        for (const wait of document.getAnimations()) wait.finish()
      })
      return saying(page, "This page has not loaded yet")
    }
  },
  {
    name: "guest-damaged-link",
    reach: async (stage) => saying(await stage.open("/client?room=a%20b"), "This link is damaged")
  },
  {
    name: "host-door",
    reach: async (stage) => saying(await stage.open("/host"), "Start Listening")
  },
  {
    name: "host-door-on",
    reach: async (stage) => {
      const page = await stage.open("/host")
      await page.getByLabel("Your name").fill("Dorothy")
      await press(page, "Start video")
      await press(page, "Unmute")
      await page.getByLabel("You", { exact: true }).waitFor()
      return saying(page, "Guests will see and hear you.")
    }
  },
  {
    name: "host-key-offered",
    reach: async (stage) => saying(await stage.open(`/host#key=${"k".repeat(43)}`), "Use the host key of this link?")
  }
]

const guestAlone = scene("a guest, and nobody who listens", [
  {
    name: "guest-waiting",
    reach: async (stage) => saying((await stage.guest("Ada")).page, "No host here yet")
  },
  {
    name: "guest-in-another-tab",
    reach: async (stage) => {
      const { page } = await stage.guest("Ada")
      const tab = await page.context().newPage()
      await tab.goto(page.url())
      await press(tab, "Join")
      return saying(tab, "You are in this conference in another tab")
    },
    away: (_, tab) => tab.close()
  },
  {
    name: "guest-left",
    reach: async (stage) => {
      const { page } = await stage.guest("Ada")
      await press(page, "Leave")
      return saying(page, "You have left")
    }
  }
])

/** Locks or unlocks the room. */
const setLocked = async (stage: Stage, locked: boolean) => {
  const host = await stage.host()
  const lock = (await host.panel("People")).getByLabel("Lock the room")
  if ((await lock.isChecked()) !== locked) await lock.click()
  await lock.and(host.page.locator(locked ? ":checked" : ":not(:checked)")).waitFor()
  await press(host.page, "Close")
}

const hostAlone = scene("a host alone", [
  {
    name: "host-alone",
    reach: async (stage) => saying((await stage.host()).page, "Nobody is here yet")
  },
  {
    name: "host-shortcuts",
    reach: async (stage) => {
      const { page } = await stage.host()
      await page.keyboard.press("?")
      return saying(page, "Keyboard shortcuts")
    },
    away: (_, page) => press(page, "Close")
  },
  {
    name: "host-room-taken",
    reach: async (stage) => {
      await stage.host()
      const page = await stage.open("/host")
      await press(page, "Start Listening")
      return saying(page, "This room has another host")
    },
    away: (_, page) => page.context().close()
  },
  {
    name: "guest-blocked",
    reach: async (stage) => {
      await stage.host()
      // Without ICE servers, in a deployment with a relay, the network test connects nothing.
      const page = await stage.open("/client", (context) =>
        context.route("**/turn-credentials/trial", (route) =>
          route.fulfill({ json: { iceServers: [], expiresAt: null, relay: true, policy: "all" } })
        )
      )
      return saying(page, "Your network blocks video calls")
    },
    away: (_, page) => page.context().close()
  },
  {
    name: "guest-locked",
    reach: async (stage) => {
      await setLocked(stage, true)
      return saying((await stage.guest("Ada")).page, "The room is locked")
    },
    away: async (stage) => {
      await stage.dismiss("Ada")
      await setLocked(stage, false)
    }
  },
  {
    name: "host-left",
    reach: async (stage) => {
      const host = await stage.host()
      await host.goAway()
      return saying(host.page, "You have left; the room is kept")
    },
    away: async (_, page) => {
      await press(page, "Start Listening")
      await page.getByRole("button", { name: "Leave", exact: true }).waitFor()
    }
  },
  {
    name: "host-ended",
    reach: async (stage) => {
      const host = await stage.host()
      await host.end()
      return saying(host.page, "The conference has ended")
    }
  }
])

/** Pages without a call. */
export const doors: ReadonlyArray<State> = [
  ...pages.flatMap((page) => scene(page.name, [page])),
  ...guestAlone,
  ...hostAlone
]
