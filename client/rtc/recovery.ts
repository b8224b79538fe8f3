/**
 * The recovery ladder of a guest, as a pure policy: from where the call stands and what happened to where it stands
 * next and what to do about it. Nothing here waits or acts: `GuestCall/ladder.ts` asks here, and
 * `GuestCall/connection.ts` acts.
 */
import type * as Duration from "effect/Duration"
import type { FailureCause } from "./States.js"
import { connectTimeout, disconnectedGrace, iceRestartTimeout, retryAfterFailure } from "./timings.js"

/** What a call is trying. `First` is no mending yet: the first connection to this host. */
export type Attempt = "First" | "RestartingIce" | "NewConnection" | "RelayOnly"

/** Where a call stands on the ladder. */
export type RecoveryState =
  /** Media flows. */
  | { readonly _tag: "Steady" }
  /** Media stopped a moment ago, and may come back by itself. */
  | { readonly _tag: "Watching" }
  | { readonly _tag: "Trying"; readonly attempt: Attempt }
  /** The host took an offer and has not answered: its page is closed or asleep. The offer stands, and so does the place. */
  | { readonly _tag: "HostAway" }
  | { readonly _tag: "GivenUp"; readonly cause: FailureCause }

/** What happens to a call. */
export type Event =
  | "Connected"
  | "Disconnected"
  | "ConnectionFailed"
  /** The patience of where the call stands has run out. */
  | "TimeUp"
  /** The browser could not make the offer. */
  | "Stuck"
  /**
   * The machine woke, the network came back, or somebody looks at the page again. It says nothing of a path that stands:
   * where that is gone, packets stop, and `Silent` comes.
   */
  | "Woke"
  /** The host answered the latest offer. */
  | "Answered"
  /** Packets came all the time, and have stopped: `packetSilence.ts`. ICE would notice 5 seconds later. */
  | "Silent"
  /** Packets come again after a silence. */
  | "Heard"

/** What is known of the latest connection. */
export interface Facts {
  /** The service can be reached. */
  readonly reachable: boolean
  /** The host answered the latest offer. */
  readonly answered: boolean
  /** The service says that there is a relay. */
  readonly relay: boolean
  /** The service sends all media through the relay: nothing may go direct. */
  readonly relayRequired: boolean
  /** The relay gave a candidate. */
  readonly relayGathered: boolean
}

/**
 * What to do on arriving. `Wait`: nothing but giving it its time, again. `Settle`: media flows, and what the host still
 * says of the ICE restart is listened for.
 */
export type Action = "Wait" | "RestartIce" | "Connect" | "ConnectByRelay" | "Settle"

/** One step of the ladder. */
export interface Transition {
  readonly state: RecoveryState
  readonly action: Action
}

/** Media flows. */
export const steady: RecoveryState = { _tag: "Steady" }
const watching: RecoveryState = { _tag: "Watching" }

/** The step that starts over, for a host that is new or has come back. */
export const firstTransition: Transition = { state: { _tag: "Trying", attempt: "First" }, action: "Connect" }
const restartIce: Transition = { state: { _tag: "Trying", attempt: "RestartingIce" }, action: "RestartIce" }
const settle: Transition = { state: steady, action: "Settle" }
const newConnection: Transition = { state: { _tag: "Trying", attempt: "NewConnection" }, action: "Connect" }
const relayOnly: Transition = { state: { _tag: "Trying", attempt: "RelayOnly" }, action: "ConnectByRelay" }

const hostAway: Transition = { state: { _tag: "HostAway" }, action: "Wait" }

const causeOf = (facts: Facts): FailureCause => {
  if (!facts.relay && !facts.relayRequired) return "NoRelay"
  return facts.relayGathered ? "NetworkBlocks" : "RelayRefused"
}

const giveUp = (facts: Facts): Transition => ({ state: { _tag: "GivenUp", cause: causeOf(facts) }, action: "Wait" })

const climb = (attempt: Attempt, facts: Facts): Transition => {
  if (attempt === "RestartingIce") return newConnection
  if (!facts.answered) return hostAway
  switch (attempt) {
    case "First":
      // Without a relay the same once more finds nothing that it has not found.
      return facts.relay || facts.relayRequired ? newConnection : giveUp(facts)
    case "NewConnection":
      // Where the relay is required it was tried just now.
      return facts.relay && !facts.relayRequired ? relayOnly : giveUp(facts)
    case "RelayOnly":
      return giveUp(facts)
  }
}

// An ICE restart is a second offer on the same connection: not while the first still waits for its answer.
const leaveWatching = (facts: Facts): Transition => (facts.answered ? restartIce : newConnection)

const isRestarting = (state: RecoveryState) => state._tag === "Trying" && state.attempt === "RestartingIce"

/** The next step, or null where the event changes nothing. */
export const transition = (state: RecoveryState, event: Event, facts: Facts): Transition | null => {
  switch (event) {
    case "Connected":
      if (state._tag === "Steady") return null
      return isRestarting(state) ? settle : { state: steady, action: "Wait" }
    case "Silent":
      if (state._tag !== "Steady") return null
      // Where a restart is under way already it has its time.
      return facts.answered ? restartIce : { state: restartIce.state, action: "Wait" }
    case "Heard":
      return isRestarting(state) ? settle : null
    case "Disconnected":
      return state._tag === "Steady" ? { state: watching, action: "Wait" } : null
    case "ConnectionFailed":
      if (state._tag === "Steady" || state._tag === "Watching") return newConnection
      // Without an answer it is the old path that failed, or nothing was tried yet: time decides.
      return state._tag === "Trying" && facts.answered ? climb(state.attempt, facts) : null
    case "TimeUp":
      if (state._tag === "Watching") return leaveWatching(facts)
      if (state._tag === "GivenUp") return facts.reachable ? newConnection : { state, action: "Wait" }
      if (state._tag !== "Trying") return null
      // While the service cannot be reached no answer can come: that is no fault of this rung.
      return facts.reachable ? climb(state.attempt, facts) : { state, action: "Wait" }
    case "Stuck":
      if (state._tag !== "Trying") return null
      // Nobody was asked, so nobody failed to answer, and nothing is known of the network.
      return state.attempt === "First" ? newConnection : climb(state.attempt, { ...facts, answered: true })
    case "Woke":
      if (state._tag === "Watching") return leaveWatching(facts)
      return state._tag === "GivenUp" || state._tag === "HostAway" ? newConnection : null
    case "Answered":
      // The host was away and has come back: the offer that it found is as good as a new one.
      if (state._tag !== "GivenUp" && state._tag !== "HostAway") return null
      return { state: newConnection.state, action: "Wait" }
  }
}

/** How long a state is given. For an attempt it counts from the delivery of its offer. Null: forever. */
export const timeoutOf = (state: RecoveryState): Duration.Duration | null => {
  switch (state._tag) {
    case "Steady":
    case "HostAway":
      return null
    case "GivenUp":
      return retryAfterFailure
    case "Watching":
      return disconnectedGrace
    case "Trying":
      return state.attempt === "RestartingIce" ? iceRestartTimeout : connectTimeout
  }
}
