/**
 * What a page knows about a call. Every state is explained here; the sentences that a person reads for it are in
 * `client/i18n/`.
 */
import type { components } from "../signaling/api.gen.js"

export type Peer = components["schemas"]["Peer"]

/** How the media travels. */
export type Path = "direct" | "relay" | "unknown"

/** What a peer sends at this moment. A microphone that is muted sends nothing. */
export interface Sending {
  readonly camera: boolean
  readonly microphone: boolean
  readonly screen: boolean
}

/** A connection as `getStats` measured it over the last 2 seconds. */
export interface Quality {
  /** There and back, in milliseconds. Null until the browser knows. */
  readonly roundTrip: number | null
  /** The share of packets that were lost, 0 to 1: the worse of the two directions. */
  readonly loss: number
  /** Media that came, in bits per second. */
  readonly received: number
  /** Media that went, in bits per second. */
  readonly sent: number
  /** The other side's camera picture as it comes, in pixels. 0 if none comes. */
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  readonly path: Path
}

/** A connection at a glance: `gradeOf` in `quality/connectionQuality.ts`. */
export type Grade = "good" | "fair" | "poor"

/** Whether calls will work from this network, as far as a page can find out before one. */
export type NetworkVerdict =
  /** Media reaches other networks directly. */
  | "Fine"
  /** Media gets out only through the relay. */
  | "RelayOnly"
  /** Nothing gets out, not even through the relay. */
  | "Blocked"
  /** There is no relay to test with. */
  | "Unknown"

/** Why a call could not be mended. */
export type FailureCause =
  /** This deployment has no TURN server, and the two networks cannot connect without one. */
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
  /** A new connection, only through the relay. */
  | "RelayOnly"

/** Why the service did not let a peer in, or removed it. The tag is the service's own. */
export type Refusal =
  | "RoomTaken"
  | "RoomFull"
  | "HostPasswordWrong"
  | "NotAllowed"
  /** The host has removed this guest from the session. */
  | "Removed"
  /** Another page took this peer's place. */
  | "Replaced"
  /** The service answered with something this page cannot use: a newer or a broken deployment. */
  | "Unexpected"

/** Why a guest waits. Its page calls by itself once that is over. */
export type WaitingReason =
  /** A host holds the room, and is not there. */
  | "NotStarted"
  /** No host has been in this room, or none for a day: the link may be wrong. */
  | "NeverHosted"
  /** The last session of this room has ended, and the person has joined since, to wait for another. */
  | "SessionOver"
  /** The host has a waiting room, and has not let this guest in yet. */
  | "Admission"
  /** The host lets nobody new in: the page has no place yet, and asks for one once a minute. `retry` asks at once. */
  | "RoomLocked"
  | "HostLeft"
  /** The host's page was closed, crashed or sleeps, and its place is kept: the call goes on when it is back. */
  | "HostAway"

/** The guest's call, from its join to its leave. */
export type GuestState =
  /** Not joined. */
  | { readonly _tag: "Idle" }
  /** Asking the service for a place, again and again while it cannot be reached (`offline`). */
  | { readonly _tag: "Joining"; readonly offline: boolean }
  /** There is no host to call, or none that has let this guest in. */
  | { readonly _tag: "Waiting"; readonly reason: WaitingReason }
  /** The offer is on its way, or its answer, or candidates. */
  | { readonly _tag: "Connecting" }
  /** Media flows. */
  | { readonly _tag: "Live"; readonly path: Path }
  /** Media stopped, and the page does what `rung` names to mend it. */
  | { readonly _tag: "Recovering"; readonly rung: Rung }
  /** Every rung was tried. `retry` starts over. */
  | { readonly _tag: "Failed"; readonly cause: FailureCause }
  /**
   * The service refused. `message` is its own sentence. `NotAdmitted`: the host has refused or removed this guest
   * before it was in.
   */
  | { readonly _tag: "Refused"; readonly refusal: Refusal | "NotAdmitted"; readonly message: string }
  /** The part of the page that makes calls could not be loaded. */
  | { readonly _tag: "Unloaded" }
  /**
   * The host ended the session for all. The room is free now, and its next host may be a stranger: the page no longer
   * joins by itself. `retry` does.
   */
  | { readonly _tag: "Ended" }
  /** The room has another host than the one that this page has called: it calls nobody by itself. `retry` does. */
  | { readonly _tag: "AnotherHost" }
  /** Another tab of this browser is in the conference, and nothing was sent from here. `retry` takes over from it. */
  | { readonly _tag: "Elsewhere" }
  /** The guest left. */
  | { readonly _tag: "Left" }

/** One guest, as the host's page shows it. */
export interface GuestView {
  /** Its name differs from all others on this page: `distinctName.ts`. */
  readonly peer: Peer
  /**
   * `Waiting`: to be let in. `Joined`: in, and no offer yet. `Interrupted`: media stopped, the guest's page is mending
   * it. `Away`: gone, but maybe not for good; it is not counted, and has nothing to show or to record.
   */
  readonly state: "Waiting" | "Joined" | "Connecting" | "Live" | "Interrupted" | "Away"
  /**
   * Since when the connection is gone, in milliseconds since 1970. Null while it is established, and
   * for the first 10 seconds without it: most gaps are shorter.
   */
  readonly gone: number | null
  readonly path: Path
  /** The guest's camera and microphone, from the first track on. */
  readonly stream: MediaStream | null
  /** The guest's screen, only while the guest reports that it shares one. */
  readonly screen: MediaStream | null
  /** As the guest reports. Until it does, it is assumed to send camera and microphone. */
  readonly sending: Sending
  /** Since when the hand is raised, in milliseconds since 1970. Null while it is down. */
  readonly hand: number | null
  /** Null while the connection is not up, and for its first 2 seconds. */
  readonly quality: Quality | null
}

/** The host's session, from *Start Listening* to its end. */
export type HostState =
  | { readonly _tag: "Idle" }
  /** Asking the service for the room, again and again while it cannot be reached (`offline`). */
  | { readonly _tag: "Starting"; readonly offline: boolean }
  /**
   * The room is this page's. `offline`: the service cannot be reached; established calls go on. `waitingRoom`: guests
   * wait to be let in. `locked`: nobody new comes in.
   */
  | {
      readonly _tag: "Listening"
      readonly room: string
      /** The session's id: the same after a resume, another after every fresh start. */
      readonly session: string
      readonly offline: boolean
      readonly waitingRoom: boolean
      readonly locked: boolean
    }
  /** `Lapsed`: the page slept or was offline, and the room may be free now, or another page's. */
  | { readonly _tag: "Refused"; readonly refusal: Refusal | "Lapsed"; readonly message: string }
  /** The part of the page that makes calls could not be loaded. */
  | { readonly _tag: "Unloaded" }
  /** Left by this page: the room is kept, and its guests wait. */
  | { readonly _tag: "Left" }
  /**
   * Ended for all by this page, which has told its guests. The service is still to be told (`offline`: out of reach).
   */
  | { readonly _tag: "Ending"; readonly offline: boolean }
  /** Ended for all by this page, and the room is free. */
  | { readonly _tag: "Ended" }
