import type { DeviceKind } from "../media/MediaDevices.js"
import type { GuestState } from "../rtc/States.js"
import { type Saying, saying } from "./StatusText.js"
import { t } from "./t.js"

type Refused = Extract<GuestState, { readonly _tag: "Refused" }>

/** What the host gets of this guest. */
const whatTheHostGets = ({ camera, microphone }: Readonly<Record<DeviceKind, boolean>>) => {
  if (camera) return microphone ? t.guest.live.both : t.guest.live.camera
  return microphone ? t.guest.live.microphone : t.guest.live.nothing
}

const refusedSaying = ({ message, refusal }: Refused): Saying => {
  switch (refusal) {
    case "RoomTaken":
    case "HostPasswordWrong":
      return { tone: "bad", title: t.guest.refused.other(), detail: message }
    case "Unexpected":
      return saying("bad", { title: t.common.unexpected, detail: t.guest.refused.unexpectedDetail })
    default:
      return saying(refusal === "Replaced" ? "warn" : "bad", t.guest.refused[refusal])
  }
}

/** A guest's call in words. `sent`: whether the camera and the microphone are sending. */
export const guestSaying = (state: GuestState, sent: Readonly<Record<DeviceKind, boolean>>): Saying => {
  switch (state._tag) {
    case "Idle":
      return saying("still", t.guest.idle)
    case "Joining":
      return state.offline
        ? saying("warn", { title: t.common.offline, detail: t.guest.offlineDetail })
        : saying("busy", t.guest.joining)
    case "Waiting":
      return saying("busy", t.guest.waiting[state.reason])
    case "Connecting":
      return saying("busy", t.guest.connecting)
    case "Live":
      return saying("good", { title: t.guest.live.title, detail: whatTheHostGets(sent) })
    case "Recovering":
      return saying("warn", { title: t.guest.recovering.title, detail: t.guest.recovering[state.rung] })
    case "Failed":
      return saying("bad", t.guest.failed[state.cause])
    case "Refused":
      return refusedSaying(state)
    case "Unloaded":
      return saying("bad", t.common.unloaded)
    case "Ended":
      return saying("still", t.guest.ended)
    case "AnotherHost":
      return saying("warn", t.guest.anotherHost)
    case "Elsewhere":
      return saying("warn", t.guest.elsewhere)
    case "Left":
      return saying("still", t.guest.left)
  }
}
