/// <reference lib="dom" />
import type { Stage } from "../support/stage.js"
import { aStranger } from "../support/strangers.js"
import { cancel, close, press, saying, scene, somethingRecorded } from "./State.js"

/** Hedy knocks at a waiting room, while Ada is inside. */
const knock = async (stage: Stage) => {
  const { host } = await stage.meeting(1)
  await host.panel("People")
  const waitingRoom = host.page.getByRole("checkbox", { name: "Waiting room" })
  if (!(await waitingRoom.isChecked())) await host.flip("Waiting room", true)
  await press(host.page, "Close")
  return { host, hedy: await stage.guest("Hedy") }
}

/** A call of two. */
export const oneGuest = scene("a host and a guest", [
  {
    name: "guest-settings",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await ada.panel("Settings")
      return ada.page
    },
    away: close
  },
  {
    name: "guest-people",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await (await ada.panel("People")).getByRole("listitem").filter({ hasText: "You" }).waitFor()
      return ada.page
    },
    away: close
  },
  {
    name: "guest-full-screen",
    reach: async (stage) => {
      const { ada } = await stage.meeting(1)
      await ada.button("Full screen").click()
      await ada.button("Exit full screen").waitFor()
      return ada.page
    },
    away: async (_, page) => {
      await press(page, "Exit full screen")
      await page.getByRole("button", { name: "Full screen", exact: true }).waitFor()
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
    },
    away: async (_, page) => {
      await press(page, "Unmute")
      await press(page, "Start video")
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
    },
    away: async (_, page) => {
      await press(page, "Start a camera again")
      await page.getByText("Your camera stopped").waitFor({ state: "detached" })
    }
  },
  {
    name: "host-invite",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.panel("Invite")
      await host.page.getByRole("img", { name: "Scan this with a phone to join." }).waitFor()
      return host.page
    },
    away: close
  },
  {
    name: "host-settings",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.panel("Settings")
      return host.page
    },
    away: close
  },
  {
    name: "host-removing",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.panel("People")
      await host.button("Remove Ada").click()
      return saying(host.page, "Remove and lock")
    },
    away: cancel
  },
  {
    name: "host-machine-busy",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      // Until the notice is closed: it disappears by itself once the machine is no longer the limit.
      await host.page.evaluate(() => {
        const { getStats } = RTCPeerConnection.prototype
        RTCPeerConnection.prototype.getStats = async function () {
          const entries = [...(await getStats.call(this))]
          return new Map(
            entries.map(([id, entry]) => [
              id,
              entry.type === "outbound-rtp" ? { ...entry, qualityLimitationReason: "cpu" } : entry
            ])
          )
        }
      })
      return saying(host.page, "This computer is at its limit")
    },
    away: async (_, page) => {
      await press(page, "Close this notice")
      // The tests' class of connections inherits the browser's own `getStats`.
      await page.evaluate(() => Reflect.deleteProperty(RTCPeerConnection.prototype, "getStats"))
    }
  },
  {
    name: "host-asked-leave",
    reach: async (stage) => {
      const { host } = await stage.meeting(1)
      await host.button("Record").click()
      await host.page.getByText(somethingRecorded).waitFor()
      await host.button("Leave").click()
      return saying(host.page, "A recording is running")
    },
    away: async (stage, page) => {
      await press(page, "Cancel")
      await press(page, "Stop recording")
      await close(stage, page)
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
    },
    away: (stage) => stage.dismiss("Ada")
  },
  {
    name: "guest-waiting-room",
    reach: async (stage) => saying((await knock(stage)).hedy.page, "You are in the waiting room")
  },
  {
    name: "host-somebody-waits",
    reach: async (stage) => saying((await knock(stage)).host.page, "Hedy is waiting")
  },
  {
    name: "host-many-wait",
    reach: async (stage) => {
      const { host } = await knock(stage)
      for (let count = 0; count < 11; count++) await aStranger(stage.url, stage.room).knock()
      return saying(host.page, "12 people are waiting")
    }
  },
  {
    name: "guest-ended",
    reach: async (stage) => {
      const { ada, host } = await stage.meeting(1)
      await host.end()
      return saying(ada.page, "This conference has ended")
    }
  }
])
