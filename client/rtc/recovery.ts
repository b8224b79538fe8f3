/**
 * The recovery ladder of a guest, as a pure policy: from the state of a call and an event to the next state and an
 * action. Nothing here waits or acts: `GuestCall/ladder.ts` asks, and `GuestCall/connection.ts` acts.
 */
import type * as Duration from "effect/Duration"
import type { FailureCause } from "./States.js"
import { connectTimeout, disconnectedGrace, iceRestartTimeout, retryAfterFailure } from "./timings.js"

/** What a call is trying. `First`: the first connection to this host; nothing is mended yet. */
export type Attempt = "First" | "RestartingIce" | "NewConnection" | "RelayOnly"

/** The state of a call on the ladder. */
export type RecoveryState =
  /** Media flows. */
  | { readonly _tag: "Steady" }
  /** Media stopped a moment ago, and may come back by itself. */
  | { readonly _tag: "Watching" }
  | { readonly _tag: "Trying"; readonly attempt: Attempt }
  /** The offer is delivered and the host has not answered: its page is closed or asleep. Offer and place stay valid. */
  | { readonly _tag: "HostAway" }
  | { readonly _tag: "GivenUp"; readonly cause: FailureCause }

/** What happens to a call. */
export type Event =
  | "Connected"
  | "Disconnected"
  | "ConnectionFailed"
  /** The timeout of the present state is over. */
  | "TimeUp"
  /** The browser could not make the offer. */
  | "Stuck"
  /**
   * The machine woke, the network came back, or somebody looks at the page again. It says nothing about an established
   * path: if that is gone, packets stop, and `Silent` follows.
   */
  | "Woke"
  /** The host answered the latest offer. */
  | "Answered"
  /** Packets came steadily, and have stopped: `packetSilence.ts`. ICE would notice 5 seconds later. */
  | "Silent"
  /** Packets come again after a silence. */
  | "Heard"

/** What is known of the latest connection. */
export interface Facts {
  /** The service can be reached. */
  readonly reachable: boolean
  /** The host answered the latest offer. */
  readonly answered: boolean
  /** The service has offered a relay. */
  readonly relay: boolean
  /** The service sends all media through the relay: nothing may go direct. */
  readonly relayRequired: boolean
  /** The relay gave a candidate. */
  readonly relayGathered: boolean
}

/**
 * What to do on entering a state. `Wait`: only start its timeout anew. `Settle`: media flows; the host's answer and
 * candidates of the ICE restart are still awaited.
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
      // Without a relay a second attempt would find nothing new.
      return facts.relay || facts.relayRequired ? newConnection : giveUp(facts)
    case "NewConnection":
      // If the relay is required, this attempt was through it already.
      return facts.relay && !facts.relayRequired ? relayOnly : giveUp(facts)
    case "RelayOnly":
      return giveUp(facts)
  }
}

// An ICE restart is a second offer on the same connection: not while the first still waits for its answer.
const leaveWatching = (facts: Facts): Transition => (facts.answered ? restartIce : newConnection)

const isRestarting = (state: RecoveryState) => state._tag === "Trying" && state.attempt === "RestartingIce"

/** The next step, or null if the event changes nothing. */
export const transition = (state: RecoveryState, event: Event, facts: Facts): Transition | null => {
  switch (event) {
    case "Connected":
      if (state._tag === "Steady") return null
      return isRestarting(state) ? settle : { state: steady, action: "Wait" }
    case "Silent":
      if (state._tag !== "Steady") return null
      // A restart that is under way already is given its time.
      return facts.answered ? restartIce : { state: restartIce.state, action: "Wait" }
    case "Heard":
      return isRestarting(state) ? settle : null
    case "Disconnected":
      return state._tag === "Steady" ? { state: watching, action: "Wait" } : null
    case "ConnectionFailed":
      if (state._tag === "Steady" || state._tag === "Watching") return newConnection
      // Without an answer the old path failed, or nothing was tried yet: the timeout decides.
      return state._tag === "Trying" && facts.answered ? climb(state.attempt, facts) : null
    case "TimeUp":
      if (state._tag === "Watching") return leaveWatching(facts)
      if (state._tag === "GivenUp") return facts.reachable ? newConnection : { state, action: "Wait" }
      if (state._tag !== "Trying") return null
      // While the service cannot be reached no answer can come: this rung has not failed.
      return facts.reachable ? climb(state.attempt, facts) : { state, action: "Wait" }
    case "Stuck":
      if (state._tag !== "Trying") return null
      // No offer was sent: the host has not failed to answer, and nothing is known about the network.
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

/** How long a state may last; an attempt, from the delivery of its offer. Null: without limit. */
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
