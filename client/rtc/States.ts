/**
 * What a page knows of a call: the words between the calls of `rtc/` and the sentences on the pages. Every state says
 * here what it means; what a person reads of it stands in `pages/words.ts`.
 */
import type { components } from "../signaling/api.gen.js"

export type Peer = components["schemas"]["Peer"]

/** How the media travels, once the connection says so. */
export type Path = "direct" | "relay" | "unknown"

/** Why a call could not be mended. */
export type FailureCause =
  /** This deployment has no TURN server, and the two networks do not meet without one. */
  | "NoRelay"
  /** A TURN server is there or required, and gave no candidate: wrong or expired credentials, or out of reach. */
  | "RelayRefused"
  /** Candidates were there on both sides, relay included, and none of them carried anything. */
  | "NetworkBlocks"

/** The rungs of the recovery ladder, lowest first. */
export type Rung =
  /** Media stopped a moment ago; most such gaps close by themselves. */
  | "Watching"
  /** The same connection looks for a new path. */
  | "RestartingIce"
  /** The old connection is closed and a new one is being built. */
  | "NewConnection"
  /** A new connection through the relay alone. */
  | "RelayOnly"

/** Why the service did not let a peer in, or put it out. The tag is the service's own. */
export type Refusal =
  | "RoomTaken"
  | "RoomFull"
  | "HostPasswordWrong"
  | "NotAllowed"
  /** Another page took this peer's place. */
  | "Replaced"
  /** The service answered with something this page cannot use: a newer or a broken deployment. */
  | "Unexpected"

/** Why a guest waits. It is called, or calls by itself, once that is over. */
export type WaitingReason =
  /** No host has come yet. */
  | "NotStarted"
  | "HostLeft"
  /** The host's page was closed, crashed or sleeps, and its place is kept: the call goes on when it is back. */
  | "HostAway"

/** The guest's call, from its join to its leave. */
export type GuestState =
  /** Not joined. */
  | { readonly _tag: "Idle" }
  /** Asking the service for a place, again and again while it cannot be reached (`offline`). */
  | { readonly _tag: "Joining"; readonly offline: boolean }
  /** Joined, and there is no host to call. */
  | { readonly _tag: "Waiting"; readonly reason: WaitingReason }
  /** The offer is on its way, or its answer, or candidates. */
  | { readonly _tag: "Connecting" }
  /** Media flows. */
  | { readonly _tag: "Live"; readonly path: Path }
  /** Media stopped, and the page is doing what `rung` says about it. */
  | { readonly _tag: "Recovering"; readonly rung: Rung }
  /** Every rung was tried. `retry` starts over. */
  | { readonly _tag: "Failed"; readonly cause: FailureCause }
  /** The service said no. `message` is its own sentence. */
  | { readonly _tag: "Refused"; readonly refusal: Refusal; readonly message: string }
  /** The calls' part of the page could not be loaded. */
  | { readonly _tag: "Unloaded" }
  /**
   * The host ended the session for all. The room is free now, and whoever claims it next may be a stranger: the page
   * joins no more by itself. `retry` does.
   */
  | { readonly _tag: "Ended" }
  /** The guest left. */
  | { readonly _tag: "Left" }

/** One guest, as the host's page shows it. */
export interface GuestTile {
  readonly peer: Peer
  /** `Joined`: no offer yet. `Interrupted`: media stopped, the guest's page is mending it. */
  readonly state: "Joined" | "Connecting" | "Live" | "Interrupted"
  readonly path: Path
  /** The guest's camera and microphone, from the first track on. */
  readonly stream: MediaStream | null
}

/** The host's session, from *Start Listening* to its end. */
export type HostState =
  | { readonly _tag: "Idle" }
  /** Asking the service for the room, again and again while it cannot be reached (`offline`). */
  | { readonly _tag: "Starting"; readonly offline: boolean }
  /** The room is this page's. `offline`: the service cannot be reached; calls that stand go on. */
  | { readonly _tag: "Listening"; readonly room: string; readonly offline: boolean }
  | { readonly _tag: "Refused"; readonly refusal: Refusal; readonly message: string }
  /** The calls' part of the page could not be loaded. */
  | { readonly _tag: "Unloaded" }
  /** Ended by this page. */
  | { readonly _tag: "Ended" }
