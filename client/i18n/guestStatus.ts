import type { DeviceKind } from "../media/MediaDevices.js"
import type { GuestState } from "../rtc/States.js"
import { type StatusText, statusText } from "./StatusText.js"
import { t } from "./t.js"

type Refused = Extract<GuestState, { readonly _tag: "Refused" }>

/** What the host receives from this guest. */
const whatTheHostGets = ({ camera, microphone }: Readonly<Record<DeviceKind, boolean>>) => {
  if (camera) return microphone ? t.guest.live.both : t.guest.live.camera
  return microphone ? t.guest.live.microphone : t.guest.live.nothing
}

const refusedStatus = ({ message, refusal }: Refused): StatusText => {
  switch (refusal) {
    case "RoomTaken":
    case "HostPasswordWrong":
      return { tone: "bad", title: t.guest.refused.other(), detail: message }
    case "Unexpected":
      return statusText("bad", { title: t.common.unexpected, detail: t.guest.refused.unexpectedDetail })
    default:
      return statusText(refusal === "Replaced" ? "warn" : "bad", t.guest.refused[refusal])
  }
}

/** A guest's call in words. `sent`: whether the camera and the microphone are sending. */
export const guestStatus = (state: GuestState, sent: Readonly<Record<DeviceKind, boolean>>): StatusText => {
  switch (state._tag) {
    case "Idle":
      return statusText("still", t.guest.idle)
    case "Joining":
      return state.offline
        ? statusText("warn", { title: t.common.offline, detail: t.guest.offlineDetail })
        : statusText("busy", t.guest.joining)
    case "Waiting":
      return statusText("busy", t.guest.waiting[state.reason])
    case "Connecting":
      return statusText("busy", t.guest.connecting)
    case "Live":
      return statusText("good", { title: t.guest.live.title, detail: whatTheHostGets(sent) })
    case "Recovering":
      return statusText("warn", { title: t.guest.recovering.title, detail: t.guest.recovering[state.rung] })
    case "Failed":
      return statusText("bad", t.guest.failed[state.cause])
    case "Refused":
      return refusedStatus(state)
    case "Unloaded":
      return statusText("bad", t.common.unloaded)
    case "Ended":
      return statusText("still", t.guest.ended)
    case "AnotherHost":
      return statusText("warn", t.guest.anotherHost)
    case "Elsewhere":
      return statusText("warn", t.guest.elsewhere)
    case "Left":
      return statusText("still", t.guest.left)
  }
}
