/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"
import type { Person } from "./people.js"
import type { Stage } from "./stage.js"
import { aStranger } from "./strangers.js"

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

/** A few words between the two, and their chats open. */
const talk = async (ada: Person, host: Person) => {
  for (const [person, text] of [
    [ada, "Can you see my screen?"],
    [host, "Yes, very well. Grace, you are next."],
    [ada, "Then I stop sharing now."]
  ] as const) {
    await person.panel("Chat")
    await person.page.getByLabel("Message to everyone").fill(text)
    await person.button("Send").click()
    await host.page.getByText(text).first().waitFor()
  }
  await ada.page.getByText("Grace, you are next").first().waitFor()
  await ada.page.getByLabel("To", { exact: true }).selectOption({ label: "The host alone" })
  await ada.page.getByLabel("Message to the host alone").fill("My notes are at https://example.org/notes")
  await ada.button("Send").click()
  await host.page.getByText("Only to you").waitFor()
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
    reach: async (stage) => saying((await stage.guest("Ada")).page, "No host here yet")
  },
  {
    name: "guest-live",
    reach: async (stage) => {
      const { ada } = await stage.meeting(2)
      return saying(ada.page, "Live")
    }
  },
  {
    name: "guest-blocked",
    reach: async (stage) => {
      await stage.host()
      // What the page makes of a network in which nothing crosses.
      const page = await stage.open("/client", (context) =>
        context.route("**/turn-credentials/trial", (route) =>
          route.fulfill({ json: { iceServers: [], expiresAt: null, relay: true, policy: "all" } })
        )
      )
      return saying(page, "Blocked")
    }
  },
  {
    name: "guest-waiting-room",
    reach: async (stage) => {
      const host = await stage.host()
      await host.panel("People")
      await host.page.getByLabel("Waiting room").click()
      const ada = await stage.guest("Ada")
      return saying(ada.page, "You are in the waiting room")
    }
  },
  {
    name: "guest-chat",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(2)
      await talk(ada, host)
      return ada.page
    }
  },
  {
    name: "guest-settings",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await ada.panel("Settings")
      return ada.page
    }
  },
  {
    name: "guest-busy",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(3)
      await host.button("Start video").click()
      await host.button("Record").click()
      await host.act("Grace", "Show Grace to all")
      await ada.button("Raise hand").click()
      await host.panel("People")
      await host.button("Ask Ada’s page to mute").click()
      await ada.page.getByText("You see Grace").waitFor()
      return saying(ada.page, "The host has muted you")
    }
  },
  {
    name: "guest-full-screen",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await ada.button("Full screen").click()
      await ada.button("Exit full screen").waitFor()
      return ada.page
    }
  },
  {
    name: "guest-removed",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(1)
      await host.panel("People")
      await host.button("Remove Ada").click()
      await host.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click()
      return saying(ada.page, "The host has removed you")
    }
  },
  {
    name: "guest-trouble",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await ada.page.getByLabel("You", { exact: true }).evaluate((video: HTMLVideoElement) => {
        if (!(video.srcObject instanceof MediaStream)) return
        for (const track of video.srcObject.getTracks()) {
          track.stop()
          track.dispatchEvent(new Event("ended"))
        }
      })
      return saying(ada.page, "Your camera stopped")
    }
  },
  {
    name: "guest-live-silent",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await ada.button("Mute").click()
      await ada.button("Stop video").click()
      await ada.button("Start video").waitFor()
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
      await host.end()
      return saying(ada.page, "This conference has ended")
    }
  },
  {
    name: "guest-in-another-tab",
    reach: async (stage) => {
      const { page } = await stage.guest("Ada")
      const tab = await page.context().newPage()
      await tab.goto(page.url())
      await tab.getByRole("button", { name: "Join", exact: true }).click()
      return saying(tab, "You are in this conference in another tab")
    }
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
      await page.getByRole("button", { name: "Start video" }).click()
      await page.getByRole("button", { name: "Unmute" }).click()
      await page.getByLabel("You", { exact: true }).waitFor()
      return saying(page, "Guests will see and hear you.")
    }
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
    name: "host-crowded",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(6)
      await ada.button("Raise hand").click()
      await host.button("Start video").click()
      await host.button("Record").click()
      await host.act("Ada", "Show Ada to all")
      await host.page.getByRole("button", { name: "Lower Ada’s hand" }).waitFor()
      return saying(host.page, "Recording,")
    }
  },
  {
    name: "host-tile-menu",
    reach: async (stage) => {
      const host = await stage.host()
      // A phone held upright, and a camera on a desk.
      const ada = await stage.guest("Ada", { width: 360, height: 640 })
      await stage.guest("Grace")
      await host.sees("Ada")
      await host.sees("Grace")
      await ada.button("Raise hand").click()
      await host.act("Grace", "Show Grace to all")
      await host.figure("Ada").getByRole("button", { name: "More for Ada" }).click()
      return saying(host.page, "Lower Ada’s hand")
    }
  },
  {
    name: "host-removing",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.panel("People")
      await host.button("Remove Ada").click()
      return saying(host.page, "Remove and lock")
    }
  },
  {
    name: "host-people",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(2)
      await ada.button("Raise hand").click()
      await host.panel("People")
      await host.page.getByText("Hand 1").waitFor()
      await host.page.getByLabel("Waiting room").click()
      await stage.guest("Hedy")
      await stage.guest("Alan")
      await host.button("Let all in").waitFor()
      return host.page
    }
  },
  {
    name: "host-somebody-away",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(2)
      await host.panel("People")
      await ada.page.goto("about:blank")
      return saying(host.page, "Their connection is gone")
    }
  },
  {
    name: "host-somebody-waits",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      const people = await host.panel("People")
      await host.page.getByLabel("Waiting room").click()
      await people.getByRole("button", { name: "Close" }).click()
      await stage.guest("Hedy")
      return saying(host.page, "Hedy is waiting")
    }
  },
  {
    name: "host-many-wait",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      const people = await host.panel("People")
      await host.page.getByLabel("Waiting room").click()
      await people.getByRole("button", { name: "Close" }).click()
      for (let count = 0; count < 12; count++) await aStranger(stage.url, stage.room).knock()
      return saying(host.page, "12 people are waiting")
    }
  },
  {
    name: "host-chat",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(2)
      await talk(ada, host)
      return host.page
    }
  },
  {
    name: "host-invite",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.panel("Invite")
      await host.page.getByRole("img", { name: "Scan this with a phone to join." }).waitFor()
      return host.page
    }
  },
  {
    name: "host-settings",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.panel("Settings")
      return host.page
    }
  },
  {
    name: "host-recordings",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      await host.button("Record").click()
      await host.page.getByText("Recording, 0:02").waitFor()
      await host.button("Stop recording").click()
      return saying(host.page, "Recordings in this browser")
    }
  },
  {
    name: "host-german",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      await host.panel("Settings")
      await host.page.getByLabel("Language").selectOption("de")
      return saying(host.page, "Raum offen")
    }
  },
  {
    name: "host-asked-afresh",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      await host.afresh()
      return saying(host.page, "Begin a new session")
    }
  },
  {
    name: "host-asked-leave",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.button("Record").click()
      await host.page.getByText("Recording, 0:01").waitFor()
      await host.button("Leave").click()
      return saying(host.page, "A recording is running")
    }
  },
  {
    name: "host-shortcuts",
    reach: async (stage) => {
      const host = await stage.host()
      await host.page.keyboard.press("?")
      return saying(host.page, "Keyboard shortcuts")
    }
  },
  {
    name: "host-left",
    reach: async (stage) => {
      const host = await stage.host()
      await host.goAway()
      return saying(host.page, "You have left; the room is kept")
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
]
