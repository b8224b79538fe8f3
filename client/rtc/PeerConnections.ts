import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import type { components } from "../signaling/api.gen.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import type { Pictures } from "./quality/budget.js"
import type { Limits } from "./quality/encoderLimits.js"
import type { Statistics } from "./quality/statistics.js"

/** A STUN or TURN server, as the service returns it. */
export type IceServer = components["schemas"]["IceServer"]
/** `RTCIceCandidateInit`, as the service carries it. */
export type Candidate = components["schemas"]["IceCandidate"]

/** What a connection is made with. */
export interface PeerConnectionSettings {
  readonly iceServers: ReadonlyArray<IceServer>
  /** Only through the relay. */
  readonly relayOnly: boolean
  readonly tracks: OutgoingTracks
}

/** The events of a connection. */
export type PeerConnectionEvent =
  /** A local candidate; null once gathering is complete. */
  | { readonly _tag: "Candidate"; readonly candidate: Candidate | null }
  /** `RTCPeerConnection.connectionState`; the ICE state can stay `disconnected` when this one says `failed`. */
  | { readonly _tag: "State"; readonly state: RTCPeerConnectionState }
  /** The other side's camera and microphone, from the first track on. */
  | { readonly _tag: "Stream"; readonly stream: MediaStream }
  /** The stream of the screen's m-line. It is there even while nothing is sent. */
  | { readonly _tag: "Screen"; readonly stream: MediaStream }
  /** The control channel opened or closed. */
  | { readonly _tag: "Control"; readonly open: boolean }
  /** A text on the control channel, as it came. */
  | { readonly _tag: "ControlText"; readonly text: string }

/** A description or candidate that the browser cannot use. */
export class DescriptionUnusable extends Data.TaggedError("DescriptionUnusable")<{ readonly message: string }> {}

/** One RTCPeerConnection's life. */
export interface PeerConnection {
  readonly events: Queue.Dequeue<PeerConnectionEvent>
  /** Makes the offer and applies it here. The first holds the m-lines audio, video, screen and `control`. */
  readonly offer: (options: { readonly iceRestart: boolean }) => Effect.Effect<string, DescriptionUnusable>
  /** Applies the other side's offer, and makes and applies the answer. */
  readonly answer: (offer: string) => Effect.Effect<string, DescriptionUnusable>
  readonly applyAnswer: (answer: string) => Effect.Effect<void, DescriptionUnusable>
  /** Adds a remote candidate; null: there are no more. An unusable one is ignored, since another may work. */
  readonly addCandidate: (candidate: Candidate | null) => Effect.Effect<void>
  /** Replaces what an m-line sends, with nothing renegotiated. */
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** New servers for the next gathering, as when credentials are about to expire. */
  readonly setIceServers: (iceServers: ReadonlyArray<IceServer>) => Effect.Effect<void>
  /** Sends on the control channel. False: it is not open, or has no room. */
  readonly sendControl: (text: string) => Effect.Effect<boolean>
  /** Sets the limits of the encoders of both pictures. They outlast later changes of track. */
  readonly setLimits: (limits: Pictures<Limits>) => Effect.Effect<void>
  /** What `getStats` returns. Null if it fails. */
  readonly statistics: Effect.Effect<Statistics | null>
}

/** Makes connections. Closing the scope closes the connection. */
export class PeerConnections extends Context.Tag("PeerConnections")<
  PeerConnections,
  {
    readonly make: (settings: PeerConnectionSettings) => Effect.Effect<PeerConnection, never, Scope.Scope>
  }
>() {}
