/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"
import type { Stage } from "./stage.js"

/** How a page can look. The pictures of `npm run screenshots` and the tests of accessibility go through all of them. */
export interface State {
  /** Where it is: `guest-live` is a state of the guest's page. */
  readonly name: string
  /** Brings the running product there, and gives the page to look at. */
  readonly reach: (stage: Stage) => Promise<Page>
}

/** What the browser says when a page asks for camera and microphone. `null`: it goes on asking. */
const answering = (name: string | null) => (context: BrowserContext) =>
  context.addInitScript((name: string | null) => {
    Object.assign(navigator.mediaDevices ?? {}, {
      enumerateDevices: async () => [],
      getUserMedia: () => new Promise((_, refuse) => name === null || refuse(new DOMException("", name)))
    })
  }, name)

/** What somebody sees who finds these words there. */
const saying = async (page: Page, words: string): Promise<Page> => {
  await page.getByText(words).first().waitFor()
  return page
}

export const states: ReadonlyArray<State> = [
  {
    name: "landing",
    reach: async (stage) => saying(await stage.open("/"), "Start a conference")
  },
  {
    name: "landing-unreadable",
    reach: async (stage) => {
      const page = await stage.open("/")
      await page.getByLabel("Room code or invite link").fill("what is this?")
      await page.getByRole("button", { name: "Join", exact: true }).click()
      return saying(page, "neither a room code")
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
    name: "guest-without-camera",
    reach: async (stage) => saying(await stage.open("/client", answering("NotFoundError")), "No camera was found")
  },
  {
    name: "guest-damaged-link",
    reach: async (stage) => saying(await stage.open("/client?room=a%20b"), "This link is damaged")
  },
  {
    name: "guest-waiting",
    reach: async (stage) => saying((await stage.guest("Ada")).page, "Waiting for the host")
  },
  {
    name: "guest-live",
    reach: async (stage) => {
      const { ada } = await stage.meeting(2)
      return saying(ada.page, "Live")
    }
  },
  {
    name: "guest-live-silent",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await ada.button("Mute microphone").click()
      await ada.button("Turn camera off").click()
      await ada.button("Turn camera on").waitFor()
      return ada.page
    }
  },
  {
    name: "guest-left",
    reach: async (stage) => {
      const ada = await stage.guest("Ada")
      await ada.button("Leave").click()
      return saying(ada.page, "You have left")
    }
  },
  {
    name: "guest-ended",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(1)
      await host.button("End for all").click()
      return saying(ada.page, "The host has ended the conference")
    }
  },
  {
    name: "host-door",
    reach: async (stage) => saying(await stage.open("/host"), "Start Listening")
  },
  {
    name: "host-key-offered",
    reach: async (stage) => saying(await stage.open(`/host#key=${"k".repeat(43)}`), "Use the host key of this link?")
  },
  {
    name: "host-room-taken",
    reach: async (stage) => {
      await stage.host()
      const page = await stage.open("/host")
      await page.getByRole("button", { name: "Start Listening" }).click()
      return saying(page, "This room has another host")
    }
  },
  {
    name: "host-alone",
    reach: async (stage) => saying((await stage.host()).page, "Nobody is here yet")
  },
  ...[1, 2, 4, 9].map((count) => ({
    name: `host-with-${count}`,
    reach: async (stage: Stage) => (await stage.meeting(count)).host.page
  })),
  {
    name: "host-asked-afresh",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      await host.button("Start afresh").click()
      return saying(host.page, "Begin a new session")
    }
  },
  {
    name: "host-ended",
    reach: async (stage) => {
      const host = await stage.host()
      await host.button("End for all").click()
      return saying(host.page, "The conference has ended")
    }
  }
]
