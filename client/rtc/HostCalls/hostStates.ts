/** The state of a host's session, and how it changes: plain functions from one state to the next. */
import type { PeerUnknown, RecipientUnknown, RequestRefused } from "../../signaling/SignalingErrors.js"
import { refused } from "../refusals.js"
import type { HostState } from "../States.js"

/** Who may come in. What is left out stays as it is. */
export interface RoomSettings {
  readonly waitingRoom?: boolean
  readonly locked?: boolean
}

const replaced: HostState = {
  _tag: "Refused",
  refusal: "Replaced",
  message: "This room was opened in another window."
}

/**
 * The service forgets a host whom it has not seen for long, and anybody with the key may have opened the room since.
 */
const lapsed: HostState = {
  _tag: "Refused",
  refusal: "Lapsed",
  message: "This page slept or was offline for too long, and has lost its place."
}

/**
 * The state of a page that did not get its room, or has lost it. Two windows with one key would take the room from each
 * other forever: the later one keeps it. `silent`: the service has not answered this page for long.
 */
export const lost = (failure: PeerUnknown | RecipientUnknown | RequestRefused, silent: boolean): HostState =>
  failure._tag === "RequestRefused" ? refused(failure) : silent ? lapsed : replaced

/** The service can be reached now, or cannot. */
export const withReachable =
  (reachable: boolean) =>
  (state: HostState): HostState =>
    state._tag === "Starting" || state._tag === "Listening" || state._tag === "Ending"
      ? { ...state, offline: !reachable }
      : state

/** The service has granted these settings of the room. */
export const withSettings =
  (settings: RoomSettings) =>
  (state: HostState): HostState =>
    state._tag === "Listening" ? { ...state, ...settings } : state

/** The state once the page has left. Null: the session is over already. */
export const left = (state: HostState): Extract<HostState, { readonly _tag: "Left" | "Ended" }> | null => {
  if (state._tag === "Refused" || state._tag === "Left" || state._tag === "Ended") return null
  // A page that leaves while it ends the session still ends it, as far as there is time.
  return { _tag: state._tag === "Ending" ? "Ended" : "Left" }
}
