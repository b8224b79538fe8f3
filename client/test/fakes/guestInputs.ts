/** Inputs and states of a guest's call, for tests of what an input means. */
import * as Duration from "effect/Duration"
import { type GuestInput, receive } from "../../rtc/GuestCall/inputs.js"
import { type CallState, type Command, type ConnectionFacts, initialState } from "../../rtc/GuestCall/state.js"
import type { Peer } from "../../rtc/States.js"
import { joinPressLifetime } from "../../rtc/timings.js"
import type { JoinedAsGuest } from "../../signaling/Signaling.js"
import { PeerUnknown, RequestRefused } from "../../signaling/SignalingErrors.js"

type Input<Tag extends GuestInput["_tag"]> = Extract<GuestInput, { readonly _tag: Tag }>

export const ada: Peer = { id: "g1", role: "guest", name: "Ada" }
export const host: Peer = { id: "h1", role: "host", name: "Grace", claim: "ours" }
export const stranger: Peer = { id: "h2", role: "host", name: "Mallory", claim: "theirs" }

/** The facts of a connection whose offer the host has answered. */
export const answered: ConnectionFacts = { answered: true, relay: true, relayRequired: false, relayGathered: true }

export const pressing: Input<"Enter"> = { _tag: "Enter", pressed: true, steal: false }
export const returning: Input<"Enter"> = { ...pressing, pressed: false }
export const placed: Input<"Placed"> = { _tag: "Placed", kept: { token: "kept", isNew: false }, hasPlace: true }
/** A join that is answered with this, in a room where `host` is. */
export const joined = (change: Partial<JoinedAsGuest> = {}): Input<"Joined"> => ({
  _tag: "Joined",
  answer: {
    type: "joined",
    peer: ada,
    room: "main",
    session: "s1",
    cursor: 10,
    claim: "ours",
    hosting: "claimed",
    host,
    offered: null,
    ...change
  }
})
export const lost = (reason: string): Input<"Lost"> => ({
  _tag: "Lost",
  failure: new RequestRefused({ reason, message: "No." })
})
/** The room is locked, and held under the claim of `host`. */
export const locked: Input<"Lost"> = {
  _tag: "Lost",
  failure: new RequestRefused({ reason: "RoomLocked", message: "No.", claim: "ours" })
}
export const unknownToken: Input<"Lost"> = { _tag: "Lost", failure: new PeerUnknown({ message: "Who?" }) }
export const comes = (peer: Peer, id = 11): Input<"Message"> => ({
  _tag: "Message",
  message: { type: "host-joined", id, from: peer.id, peer }
})
export const tells = (event: Input<"Connection">["event"]): GuestInput => ({
  _tag: "Connection",
  connection: "c1",
  event
})
export const media = (state: RTCPeerConnectionState) => tells({ _tag: "State", state })
export const channel = (open: boolean) => tells({ _tag: "Control", open })
export const says = (message: Input<"HostMessage">["message"]): GuestInput => ({
  _tag: "HostMessage",
  connection: "c1",
  message
})

/** An input, or a function that makes it from the call's state. */
export type Happening = GuestInput | ((state: CallState) => GuestInput)

/** The latest timer runs out. */
export const timeUp = ({ timer }: CallState): GuestInput => ({ _tag: "TimeUp", timer })

/** The result of inputs that follow each other at once, with the commands of all. */
export const after = (inputs: ReadonlyArray<Happening>, from: CallState, now = 0, facts = answered) => {
  let state = from
  const commands: Array<Command> = []
  for (const input of inputs) {
    const next = receive(state, typeof input === "function" ? input(state) : input, { now, facts })
    state = next.state
    commands.push(...next.commands)
  }
  return { state, commands, tags: commands.map(({ _tag }) => _tag) }
}

/** Before anything has happened, with a stored token. */
export const fresh = initialState({ token: "old", isNew: false, known: null })
/** After a press: it has the place, and its join is on its way. */
export const joining = after([pressing, placed], fresh).state
/** The same of a page that was reloaded within a call with `host`. */
export const back = after([returning, placed], { ...fresh, known: "ours" }).state
/** Has waited for the first host to come, and takes its place again. */
export const firstComer: CallState = { ...joining, press: null, known: null }
/** In the room, and no host is there. */
export const waiting = after([joined({ host: null })], joining).state
/** `host` is being called. */
export const calling = after([joined()], joining).state
/** In a call with `host`, on a direct path. */
export const live = after([media("connected"), { _tag: "PathRead", path: "direct" }, channel(true)], calling).state

/** In milliseconds: a press at 0 is no longer valid. */
export const late = Duration.toMillis(joinPressLifetime) + 1
