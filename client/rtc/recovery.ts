/**
 * The recovery ladder of a guest, as a pure policy: from where the call stands and what happened to where it stands
 * next and what to do about it. Nothing here waits or acts: GuestCall does, and asks here.
 */
import type * as Duration from "effect/Duration"
import { connectPatience, disconnectedPatience, iceRestartPatience } from "../signaling/schedules.js"
import type { FailureCause } from "./States.js"

/** What a call is trying. `First` is no mending yet: the first connection to this host. */
export type Attempt = "First" | "RestartingIce" | "NewConnection" | "RelayOnly"

/** Where a call stands on the ladder. */
export type Standing =
  /** Media flows. */
  | { readonly _tag: "Steady" }
  /** Media stopped a moment ago, and may come back by itself. */
  | { readonly _tag: "Watching" }
  | { readonly _tag: "Trying"; readonly attempt: Attempt }
  | { readonly _tag: "GivenUp"; readonly cause: FailureCause }

/** What happens to a call. */
export type Event =
  | "Connected"
  | "Disconnected"
  | "ConnectionFailed"
  /** The patience of where the call stands has run out. */
  | "TimeUp"
  /** The machine woke, the network came back, or somebody looks at the page again. */
  | "Woke"
  /** The host answered the latest offer. */
  | "Answered"

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

/** What to do on arriving. `Wait`: nothing but giving it its time, again. */
export type Action = "Wait" | "RestartIce" | "Connect" | "ConnectByRelay"

export interface Step {
  readonly standing: Standing
  readonly action: Action
}

export const steady: Standing = { _tag: "Steady" }
const watching: Standing = { _tag: "Watching" }

/** The step that starts over, for a host that is new or has come back. */
export const firstStep: Step = { standing: { _tag: "Trying", attempt: "First" }, action: "Connect" }
const restartIce: Step = { standing: { _tag: "Trying", attempt: "RestartingIce" }, action: "RestartIce" }
const newConnection: Step = { standing: { _tag: "Trying", attempt: "NewConnection" }, action: "Connect" }
const relayOnly: Step = { standing: { _tag: "Trying", attempt: "RelayOnly" }, action: "ConnectByRelay" }

const causeOf = (facts: Facts): FailureCause => {
  if (!facts.answered) return "HostGone"
  if (!facts.relay && !facts.relayRequired) return "NoRelay"
  return facts.relayGathered ? "NetworkBlocks" : "RelayRefused"
}

const climb = (attempt: Attempt, facts: Facts): Step => {
  switch (attempt) {
    case "First":
    case "RestartingIce":
      return newConnection
    case "NewConnection":
      // A host that does not answer does not answer through a relay either; where one is required it was tried.
      if (facts.relay && facts.answered && !facts.relayRequired) return relayOnly
      return { standing: { _tag: "GivenUp", cause: causeOf(facts) }, action: "Wait" }
    case "RelayOnly":
      return { standing: { _tag: "GivenUp", cause: causeOf(facts) }, action: "Wait" }
  }
}

// An ICE restart is a second offer on the same connection: not while the first still waits for its answer.
const leaveWatching = (facts: Facts): Step => (facts.answered ? restartIce : newConnection)

/** The next step, or null where the event changes nothing. */
export const next = (standing: Standing, event: Event, facts: Facts): Step | null => {
  switch (event) {
    case "Connected":
      return standing._tag === "Steady" ? null : { standing: steady, action: "Wait" }
    case "Disconnected":
      return standing._tag === "Steady" ? { standing: watching, action: "Wait" } : null
    case "ConnectionFailed":
      if (standing._tag === "Steady" || standing._tag === "Watching") return newConnection
      // Without an answer it is the old path that failed, or nothing was tried yet: time decides.
      return standing._tag === "Trying" && facts.answered ? climb(standing.attempt, facts) : null
    case "TimeUp":
      if (standing._tag === "Watching") return leaveWatching(facts)
      if (standing._tag !== "Trying") return null
      // While the service cannot be reached no answer can come: that is no fault of this rung.
      return facts.reachable ? climb(standing.attempt, facts) : { standing, action: "Wait" }
    case "Woke":
      if (standing._tag === "Watching") return leaveWatching(facts)
      return standing._tag === "GivenUp" ? newConnection : null
    case "Answered":
      // The host was away and has come back: the offer that it found is as good as a new one.
      return standing._tag === "GivenUp" ? { standing: newConnection.standing, action: "Wait" } : null
  }
}

/** How long a standing is given. For an attempt it counts from the delivery of its offer. Null: for ever. */
export const patienceOf = (standing: Standing): Duration.Duration | null => {
  switch (standing._tag) {
    case "Steady":
    case "GivenUp":
      return null
    case "Watching":
      return disconnectedPatience
    case "Trying":
      return standing.attempt === "RestartingIce" ? iceRestartPatience : connectPatience
  }
}
