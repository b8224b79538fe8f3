/** What the events of the connection and the messages of the host mean for the call. */
import type { ConnectionEvent } from "../Connection.js"
import type { HostMessage } from "../control.js"
import type { Quality } from "../States.js"
import { happen, loseHost, moveToNewRelay, showRecovery, startTimer } from "./ladder.js"
import { receiveLost } from "./session.js"
import { andThen, type CallState, end, type Moment, note, type Update, update, wait } from "./state.js"

/** The events of a connection but its texts, which become `HostMessage`. */
export type GuestConnectionEvent =
  | Exclude<ConnectionEvent, { readonly _tag: "ControlText" }>
  /** No packet comes from the host any more, or packets come again: `packetSilence.ts`. */
  | { readonly _tag: "Silent" | "Heard" }

const receivePeerState = (state: CallState, peer: RTCPeerConnectionState, { facts }: Moment): Update => {
  switch (peer) {
    case "connected":
      return andThen(update(state, { _tag: "WatchPacketSilence" }), (now) => happen(now, "Connected", facts))
    case "disconnected":
      return happen(state, "Disconnected", facts)
    case "failed":
      return happen(state, "ConnectionFailed", facts)
    default:
      return update(state)
  }
}

const receiveControl = (state: CallState, open: boolean, { facts }: Moment): Update => {
  const next = note(state, { controlOpen: open })
  if (open) return update(next, { _tag: "Talk" })
  // A network that fails closes no channel: the host's page is gone. ICE notices later, if ever.
  return andThen(update(next, { _tag: "StopTalking" }), (now) => loseHost(now, facts))
}

const receiveQuality = (state: CallState, quality: Quality): Update => {
  const { connection } = state
  const next = note(state, { quality, path: quality.path })
  const moved = connection?.recovery._tag === "Steady" && connection.path !== quality.path
  return moved ? showRecovery(next) : update(next)
}

/** An event of the open connection. */
export const receiveEvent = (state: CallState, event: GuestConnectionEvent, moment: Moment): Update => {
  switch (event._tag) {
    case "State":
      return receivePeerState(state, event.state, moment)
    case "Control":
      return receiveControl(state, event.open, moment)
    case "Stream":
      return update(note(state, { incoming: event.stream }))
    case "Screen":
      return update(note(state, { secondVideo: event.stream }))
    case "Measured":
      return receiveQuality(state, event.quality)
    case "Delivered":
      return state.connection?.recovery._tag === "Trying" ? startTimer(state) : update(state)
    case "Answered":
    case "Heard":
    case "Silent":
    case "Stuck":
      return happen(state, event._tag, moment.facts)
    case "RelayRenewed":
      return moveToNewRelay(state)
    case "Undeliverable":
      return receiveLost(state, event.failure, moment.now)
  }
}

/** A message of the host on the control channel. */
export const receiveFromHost = (state: CallState, message: HostMessage, { facts }: Moment): Update => {
  switch (message.type) {
    case "bye":
      return message.end === true ? end(state) : wait(state, "HostLeft")
    case "away":
      return loseHost(state, facts)
    case "wanted":
      return update(state, { _tag: "SetWanted", wanted: message })
    case "sharing":
      return update(note(state, { screenComes: message.on && !message.you }), { _tag: "Deliver", message })
    default:
      return update(state, { _tag: "Deliver", message })
  }
}
