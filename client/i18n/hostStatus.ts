import type { GuestView, HostState } from "../rtc/States.js"
import { type StatusText, statusText } from "./StatusText.js"
import { t } from "./t.js"

type Refused = Extract<HostState, { readonly _tag: "Refused" }>

const refusedStatus = ({ message, refusal }: Refused): StatusText => {
  switch (refusal) {
    case "RoomTaken":
    case "HostPasswordWrong":
    case "NotAllowed":
      return statusText("bad", t.host.refused[refusal])
    case "Replaced":
    case "Lapsed":
      return statusText("warn", t.host.refused[refusal])
    case "RoomFull":
      return { tone: "bad", title: t.host.refused.RoomFull(), detail: message }
    case "Removed":
      return { tone: "bad", title: t.host.refused.other(), detail: message }
    case "Unexpected":
      return statusText("bad", { title: t.common.unexpected, detail: t.host.refused.unexpectedDetail })
  }
}

/** The host's session in words. */
export const hostStatus = (state: HostState, guests: number): StatusText => {
  switch (state._tag) {
    case "Idle":
      return statusText("still", t.host.idle)
    case "Starting":
      return state.offline
        ? statusText("warn", { title: t.common.offline, detail: t.host.offlineStarting })
        : { tone: "busy", title: t.host.starting(), detail: "" }
    case "Listening":
      return state.offline
        ? statusText("warn", t.host.listeningOffline)
        : { tone: "good", title: t.host.listening(), detail: t.host.count(guests) }
    case "Refused":
      return refusedStatus(state)
    case "Unloaded":
      return statusText("bad", t.common.unloaded)
    case "Ending":
      return state.offline
        ? statusText("warn", { title: t.common.offline, detail: t.host.offlineEnding })
        : { tone: "busy", title: t.host.ending(), detail: "" }
    case "Ended":
      return statusText("still", t.host.ended)
    case "Left":
      return statusText("still", t.host.left)
  }
}

const tones = {
  Waiting: "busy",
  Joined: "busy",
  Connecting: "busy",
  Live: "good",
  Interrupted: "warn",
  Away: "still"
} as const

/** A guest's state on the host's page. */
export const tileStatus = ({ path, state }: GuestView): Omit<StatusText, "detail"> => ({
  tone: tones[state],
  title: state === "Live" && path === "relay" ? t.host.tile.relayed() : t.host.tile[state]()
})
