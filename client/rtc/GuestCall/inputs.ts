import type { GuestToken } from "../../signaling/Secrets.js"
import type { JoinedAsGuest, Message } from "../../signaling/Signaling.js"
import type { LastingFailure } from "../../signaling/SignalingErrors.js"
import type { HostMessage } from "../control.js"
import type { Path } from "../States.js"
import { type GuestConnectionEvent, receiveEvent, receiveFromHost } from "./events.js"
import { happen, receivePath } from "./ladder.js"
import {
  displace,
  enter,
  receiveJoined,
  receiveLost,
  receiveMessage,
  receivePlace,
  receivePutOff,
  retry
} from "./session.js"
import { type CallState, type Moment, note, show, type Update, update } from "./state.js"

/** The inputs of a call. A single fiber takes them one after the other, so nothing races. */
export type GuestInput =
  /** A person presses *Join*, or a reloaded page takes its place again. */
  | { readonly _tag: "Enter"; readonly pressed: boolean; readonly steal: boolean }
  /** The result of `TakePlace`. `hasPlace` false: another tab of this browser has the place. */
  | { readonly _tag: "Placed"; readonly kept: GuestToken; readonly hasPlace: boolean }
  /** Another tab of this browser has taken the place. */
  | { readonly _tag: "Displaced" }
  /** The service gets too many joins from this network, and puts this one off by `wait` milliseconds. */
  | { readonly _tag: "PutOff"; readonly wait: number }
  | { readonly _tag: "Joined"; readonly answer: JoinedAsGuest }
  | { readonly _tag: "Message"; readonly message: Message }
  | { readonly _tag: "Lost"; readonly failure: LastingFailure }
  | { readonly _tag: "Connection"; readonly connection: string; readonly event: GuestConnectionEvent }
  /** A message of the host on the control channel. */
  | { readonly _tag: "HostMessage"; readonly connection: string; readonly message: HostMessage }
  /** The result of `ReadPath`. */
  | { readonly _tag: "PathRead"; readonly path: Path }
  /** The time for a move to a new path is over. */
  | { readonly _tag: "Moved" }
  | { readonly _tag: "TimeUp"; readonly timer: number }
  | { readonly _tag: "Reachable"; readonly now: boolean }
  | { readonly _tag: "Woke" }
  | { readonly _tag: "Retry" }

const receiveReachable = (state: CallState, reachable: boolean): CallState => {
  const { shown } = state
  const next = { ...state, reachable }
  return shown._tag === "Joining" ? show(next, { ...shown, offline: !reachable }) : next
}

/** What an input means for the call: the next record, and the commands to do then. */
export const receive = (state: CallState, input: GuestInput, moment: Moment): Update => {
  switch (input._tag) {
    case "Enter":
      return enter(state, input, moment.now)
    case "Placed":
      return receivePlace(state, input.kept, input.hasPlace, moment.now)
    case "Displaced":
      return displace(state)
    case "PutOff":
      return receivePutOff(state, input.wait)
    case "Joined":
      return receiveJoined(state, input.answer, moment.now)
    case "Lost":
      return receiveLost(state, input.failure, moment.now)
    case "Message":
      return receiveMessage(state, input.message)
    case "Connection":
      return receiveEvent(state, input.event, moment)
    case "HostMessage":
      return receiveFromHost(state, input.message, moment)
    case "PathRead":
      return receivePath(state, input.path)
    case "Moved":
      return update(note(state, { moving: false }))
    case "TimeUp":
      return input.timer === state.timer ? happen(state, "TimeUp", moment.facts) : update(state)
    case "Reachable":
      return update(receiveReachable(state, input.now))
    case "Woke":
      return happen(state, "Woke", moment.facts)
    case "Retry":
      return retry(state, moment.now)
  }
}
