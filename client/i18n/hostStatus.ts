import type { GuestTile, HostState } from "../rtc/States.js"
import { type Saying, saying } from "./StatusText.js"
import { t } from "./t.js"

type Refused = Extract<HostState, { readonly _tag: "Refused" }>

const refusedSaying = ({ message, refusal }: Refused): Saying => {
  switch (refusal) {
    case "RoomTaken":
    case "HostPasswordWrong":
    case "NotAllowed":
      return saying("bad", t.host.refused[refusal])
    case "Replaced":
    case "Lapsed":
      return saying("warn", t.host.refused[refusal])
    case "RoomFull":
      return { tone: "bad", title: t.host.refused.RoomFull(), detail: message }
    case "RoomLocked":
    case "Removed":
      return { tone: "bad", title: t.host.refused.other(), detail: message }
    case "Unexpected":
      return saying("bad", { title: t.common.unexpected, detail: t.host.refused.unexpectedDetail })
  }
}

/** The host's session in words. */
export const hostSaying = (state: HostState, guests: number): Saying => {
  switch (state._tag) {
    case "Idle":
      return saying("still", t.host.idle)
    case "Starting":
      return state.offline
        ? saying("warn", { title: t.common.offline, detail: t.host.offlineStarting })
        : { tone: "busy", title: t.host.starting(), detail: "" }
    case "Listening":
      return state.offline
        ? saying("warn", t.host.listeningOffline)
        : { tone: "good", title: t.host.listening(), detail: t.host.count(guests) }
    case "Refused":
      return refusedSaying(state)
    case "Unloaded":
      return saying("bad", t.common.unloaded)
    case "Ending":
      return state.offline
        ? saying("warn", { title: t.common.offline, detail: t.host.offlineEnding })
        : { tone: "busy", title: t.host.ending(), detail: "" }
    case "Ended":
      return saying("still", t.host.ended)
    case "Left":
      return saying("still", t.host.left)
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
export const tileSaying = ({ path, state }: GuestTile): Omit<Saying, "detail"> => ({
  tone: tones[state],
  title: state === "Live" && path === "relay" ? t.host.tile.relayed() : t.host.tile[state]()
})
