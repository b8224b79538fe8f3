/**
 * All that a guest's page knows of its call, in one record, and the changes that several inputs have in common. A
 * change is a pure function from a record to the next one and the commands to do then. Nothing here waits or acts:
 * `place.ts` and `connection.ts` do, and hold what has to be closed (the place among the tabs, the prepared offer, the
 * connection).
 */
import type * as Duration from "effect/Duration"
import type { JoinedAsGuest } from "../../signaling/Signaling.js"
import type { ConnectionMessage } from "../Connection.js"
import type { HostMessage } from "../control.js"
import type { Wanted } from "../quality/wanted.js"
import type { Facts, RecoveryState } from "../recovery.js"
import type { GuestState, Path, Quality, WaitingReason } from "../States.js"
import type { PollMode } from "./polling.js"

/** What is known of the connection that is open. It goes with the connection. */
export interface OpenConnection {
  readonly recovery: RecoveryState
  readonly controlOpen: boolean
  readonly path: Path
  /** An ICE restart of an established call is under way: its answer comes through the service. */
  readonly moving: boolean
  readonly incoming: MediaStream | null
  /** The second video's stream: a shared screen, while `screenComes`. */
  readonly secondVideo: MediaStream | null
  readonly screenComes: boolean
  readonly quality: Quality | null
}

/** A person's press of *Join*, in milliseconds. */
export interface Press {
  /** Since 1970. */
  readonly at: number
  /** For how long the service has put off the join that came of it. */
  readonly putOff: number
}

/** What is known of a call. Replaced as a whole, only by the fiber that takes the inputs. */
export interface CallState {
  /** The state that the page shows. */
  readonly shown: GuestState
  /** The service can be reached. */
  readonly reachable: boolean
  readonly token: string
  /** The token was made just now: no earlier session knows it. */
  readonly isNew: boolean
  /** This page has its browser's place in the room. Without it, it does not join, and drops late answers. */
  readonly hasPlace: boolean
  /** A press that the service has neither let in nor refused yet. */
  readonly press: Press | null
  /** The claim that the last press consented to: `KnownClaim`. */
  readonly known: string | null
  /** The token is unknown, and the join that makes it known again is under way. */
  readonly rejoining: boolean
  /** The answered join. Its host is the present one. */
  readonly joined: JoinedAsGuest | null
  /** The host has let this page in: a refusal from then on is a removal. */
  readonly wasIn: boolean
  /** The id of the last message that was received. */
  readonly cursor: number
  /** The host's page is known to be gone, or has not answered. */
  readonly hostAway: boolean
  /** The number of the latest timer: earlier ones are ignored. */
  readonly timer: number
  readonly connection: OpenConnection | null
}

/** Before the first input. */
export const initialState = (kept: Pick<CallState, "token" | "isNew" | "known">): CallState => ({
  ...kept,
  shown: { _tag: "Joining", offline: false },
  reachable: true,
  hasPlace: false,
  press: null,
  rejoining: false,
  joined: null,
  wasIn: false,
  cursor: 0,
  hostAway: false,
  timer: 0,
  connection: null
})

/** Something to do. Commands are done in order, before the next input is taken. */
export type Command =
  /** Takes this browser's place in the room, unless another tab is there with it. The result is the input `Placed`. */
  | { readonly _tag: "TakePlace"; readonly steal: boolean }
  /** Asks the service for a place. `withOffer`: with the prepared offer, if there is one. */
  | { readonly _tag: "Join"; readonly withOffer: boolean }
  /** Asks once more in a while, with no offer. */
  | { readonly _tag: "JoinLater" }
  /** Stops asking for a place. Other tabs of this browser may take it. */
  | { readonly _tag: "GiveUpPlace" }
  | { readonly _tag: "ForgetToken" }
  /** Tells the service that this guest leaves, and waits for nothing. */
  | { readonly _tag: "Leave" }
  | { readonly _tag: "StopPolling" }
  | { readonly _tag: "DiscardPrepared" }
  /** Opens a connection, and offers it unless its prepared offer is sent already. */
  | { readonly _tag: "Connect"; readonly host: string; readonly relayOnly: boolean }
  | { readonly _tag: "HangUp" }
  | { readonly _tag: "RestartIce" }
  /** Gives a move to a new path its time; then the input `Moved` comes. */
  | { readonly _tag: "AwaitMove" }
  /** Results in the events `Silent` and `Heard`, for as long as the connection is open. */
  | { readonly _tag: "WatchPacketSilence" }
  /** The result is the input `PathRead`. */
  | { readonly _tag: "ReadPath" }
  | { readonly _tag: "StartTimer"; readonly timer: number; readonly after: Duration.Duration }
  | { readonly _tag: "StopTimer" }
  /** Sends the present state and then new messages, for as long as the channel is open. */
  | { readonly _tag: "Talk" }
  | { readonly _tag: "StopTalking" }
  /** A message of the service for a connection. It is dropped if that is not the open one. */
  | { readonly _tag: "Receive"; readonly message: ConnectionMessage }
  | { readonly _tag: "SetWanted"; readonly wanted: Wanted }
  /** Passes a message of the host to the page. */
  | { readonly _tag: "Deliver"; readonly message: HostMessage }

/** The next record, and the commands to do then. */
export interface Update {
  readonly state: CallState
  readonly commands: ReadonlyArray<Command>
}

/** What the connection that is open knows by itself. */
export type ConnectionFacts = Omit<Facts, "reachable">

/** What is read anew for each input. */
export interface Moment {
  /** In milliseconds since 1970. */
  readonly now: number
  /** Null: no connection is open. */
  readonly facts: ConnectionFacts | null
}

/** This record, and then these commands. */
export const update = (state: CallState, ...commands: ReadonlyArray<Command>): Update => ({ state, commands })

/** Both, one after the other. */
export const andThen = (first: Update, next: (state: CallState) => Update): Update => {
  const { commands, state } = next(first.state)
  return { state, commands: [...first.commands, ...commands] }
}

/** Has the page show this. */
export const show = (state: CallState, shown: GuestState): CallState => ({ ...state, shown })

/** Changes what is known of the open connection. */
export const note = (state: CallState, change: Partial<OpenConnection>): CallState =>
  state.connection === null ? state : { ...state, connection: { ...state.connection, ...change } }

/** Closes the connection, if one is open, and forgets all that is known of it. */
export const hangUp = (state: CallState): Update => {
  const next = { ...state, connection: null }
  return state.connection === null ? update(next) : update(next, { _tag: "HangUp" })
}

/** There is nobody to call. */
export const wait = (state: CallState, reason: WaitingReason): Update =>
  andThen(hangUp(state), (now) => {
    const joined = now.joined === null ? null : { ...now.joined, host: null }
    return update(show({ ...now, joined }, { _tag: "Waiting", reason }))
  })

/** Whatever this page had in the room is over: it does nothing more without a press. */
export const finish = (state: CallState, shown: GuestState): Update =>
  andThen(hangUp(state), (now) =>
    update(
      { ...now, shown, hasPlace: false, press: null, rejoining: false, joined: null },
      { _tag: "DiscardPrepared" },
      { _tag: "StopPolling" },
      { _tag: "GiveUpPlace" }
    )
  )

/** The token is given up at once, so that nothing joins with it again: the next press makes another. */
export const end = (state: CallState): Update =>
  andThen(update(state, { _tag: "ForgetToken" }), (now) => finish(now, { _tag: "Ended" }))

/** A connected guest gets messages over the control channel, and polls only to keep its place. */
export const pollModeOf = ({ connection, joined, rejoining }: CallState): PollMode => {
  if (joined === null || rejoining) return "none"
  return connection?.recovery._tag === "Steady" && connection.controlOpen && !connection.moving ? "keep" : "listen"
}

/** What the page shows. */
export const viewOf = ({ connection, joined, shown }: CallState) => ({
  state: shown,
  hostName: joined?.host?.name ?? null,
  incoming: connection?.incoming ?? null,
  screen: connection?.screenComes === true ? connection.secondVideo : null,
  quality: connection?.quality ?? null
})
