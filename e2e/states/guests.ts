/// <reference lib="dom" />
import type { Person } from "../support/people.js"
import type { Stage } from "../support/stage.js"
import { cancel, close, press, type State, saying, scene, somethingRecorded } from "./State.js"

/** Ada and the host write a few lines, with their chats open. A second call finds them written. */
const talk = async (stage: Stage) => {
  const { ada, host } = await stage.meeting(2)
  if (await host.page.getByText("Only to you").isVisible()) return { ada, host }
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
  return { ada, host }
}

const withTwo = scene("a host and two guests", [
  {
    name: "guest-chat",
    reach: async (stage) => (await talk(stage)).ada.page
  },
  {
    name: "host-chat",
    reach: async (stage) => (await talk(stage)).host.page,
    away: close
  },
  {
    name: "host-layout",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      const panel = await host.panel("Layout")
      await host.moves(panel.getByLabel("What guests see"))
      await panel.getByText("Speaker", { exact: true }).click()
      await panel.getByLabel("Who is large").selectOption({ label: "Grace" })
      return saying(host.page, "Everyone sees Grace large")
    },
    away: async (stage, page) => {
      await page.getByText("Everyone", { exact: true }).click()
      await close(stage, page)
    }
  },
  {
    name: "host-guest-shares",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(2)
      await ada.button("Share screen").click()
      await host.moves(host.page.getByLabel("Ada’s screen", { exact: true }))
      await host.panel("Layout")
      return host.page
    },
    away: async (stage, page) => {
      await (await stage.meeting(2)).ada.button("Stop sharing").click()
      await close(stage, page)
    }
  },
  {
    name: "host-asked-afresh",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      await host.afresh()
      return saying(host.page, "Begin a new session")
    },
    away: cancel
  },
  {
    name: "host-german",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      await host.panel("Settings")
      await host.page.getByLabel("Language").selectOption("de")
      return saying(host.page, "Raum offen")
    },
    away: async (stage, page) => {
      await page.getByLabel("Sprache").selectOption("en")
      await close(stage, page)
    }
  },
  {
    name: "host-recordings",
    reach: async (stage) => {
      const { host } = await stage.meeting(2)
      await host.button("Record").click()
      await host.page.getByText(somethingRecorded).waitFor()
      await host.button("Stop recording").click()
      return saying(host.page, "Recordings in this browser")
    },
    away: close
  },
  {
    name: "host-people",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(2)
      await ada.button("Raise hand").click()
      await host.panel("People")
      await host.page.getByText("Hand 1").waitFor()
      await host.flip("Waiting room", true)
      await stage.guest("Hedy")
      await stage.guest("Alan")
      await host.button("Let Alan in").waitFor()
      return host.page
    },
    away: async (stage, page) => {
      await press(page, "Refuse all")
      await close(stage, page)
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
  }
])

/** The programme, as a guest's page names it. */
const everyone = ({ page }: Person) => page.getByLabel("Everyone in one picture", { exact: true })

/** The stage with this many guests. */
const withGuests = (count: number) => ({
  name: `host-with-${count}`,
  reach: async (stage: Stage) => (await stage.meeting(count)).host.page
})
const filling = scene("a host, and more and more guests", [1, 2, 4, 9].map(withGuests))

/** Guests who do something visible. */
const lively = [
  ...scene("a host whose browser composes nothing", [
    {
      name: "host-uncomposed",
      reach: async (stage) => {
        const host = await stage.host()
        await host.page.evaluate(() => {
          Reflect.deleteProperty(globalThis, "MediaStreamTrackGenerator")
          HTMLCanvasElement.prototype.captureStream = () => new MediaStream()
        })
        await stage.meeting(2)
        await host.panel("Layout")
        return saying(host.page, "This browser could not make one picture of all")
      }
    }
  ]),
  ...scene("guests with cameras of two forms", [
    {
      name: "host-tile-menu",
      reach: async (stage) => {
        await stage.host()
        // A phone held upright, and a camera on a desk.
        await stage.guest("Ada", { width: 360, height: 640 })
        const { ada, host } = await stage.meeting(2)
        await ada.button("Raise hand").click()
        await host.act("Grace", "Show Grace to all")
        // An open menu does not change, so the hand must be there first.
        await host.button("Lower Ada’s hand").waitFor()
        await host.figure("Ada").getByRole("button", { name: "More for Ada" }).click()
        return saying(host.page, "Lower Ada’s hand")
      }
    }
  ]),
  ...scene("guests who do more and more", [
    {
      name: "guest-live",
      reach: async (stage) => saying((await stage.meeting(2)).ada.page, "Live")
    },
    {
      name: "guest-programme",
      reach: async (stage) => {
        const { ada, host } = await stage.meeting(3)
        await host.button("Start video").click()
        await ada.moves(everyone(ada))
        return ada.page
      },
      away: async (stage) => (await stage.host()).button("Stop video").click()
    },
    {
      name: "guest-screen",
      reach: async (stage) => {
        const { ada } = await stage.meeting(3)
        await (await stage.guest("Grace")).button("Share screen").click()
        await ada.moves(ada.page.getByLabel("Grace’s screen", { exact: true }))
        return ada.page
      }
    },
    {
      name: "guest-screen-small",
      reach: async (stage) => {
        const ada = await stage.guest("Ada")
        await ada.button("Make the people large").click()
        await ada.button("Make the screen large").waitFor()
        return ada.page
      },
      away: (_, page) => press(page, "Make the screen large")
    },
    {
      name: "guest-sharing",
      reach: async (stage) => saying((await stage.guest("Grace")).page, "Everyone sees your screen"),
      away: (_, page) => press(page, "Stop sharing")
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
        await host.button("Mute Ada").click()
        await ada.page.getByLabel("Everyone in one picture, Grace large").waitFor()
        return saying(ada.page, "The host has muted you")
      },
      away: async (stage, page) => {
        await press(page, "Unmute")
        await press(page, "Lower hand")
        const { host } = await stage.meeting(3)
        await host.act("Grace", "Show Grace to all")
        await host.button("Stop video").click()
        await host.button("Stop recording").click()
        await close(stage, host.page)
      }
    },
    {
      name: "host-layout-of-4",
      reach: async (stage) => {
        const { host } = await stage.meeting(4)
        await host.button("Start video").click()
        await host.moves((await host.panel("Layout")).getByLabel("What guests see"))
        return host.page
      },
      away: async (stage, page) => {
        await press(page, "Stop video")
        await close(stage, page)
      }
    },
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
    }
  ])
]

/** Calls of more than two. */
export const guests: ReadonlyArray<State> = [...withTwo, ...filling, ...lively]
