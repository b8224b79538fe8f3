import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as SubscriptionRef from "effect/SubscriptionRef"
import type { Secrets } from "../signaling/Secrets.js"
import type { Signaling } from "../signaling/Signaling.js"
import type { Wakeup } from "../signaling/Wakeup.js"
import type { PeerConnections } from "./PeerConnections.js"
import type { GuestState } from "./States.js"

/** What a guest sends. A track that is null sends nothing; its m-line stands all the same. */
export interface OutgoingTracks {
  readonly audio: MediaStreamTrack | null
  readonly video: MediaStreamTrack | null
  readonly screen: MediaStreamTrack | null
}

/** A guest's call. It lives as long as the scope it was made in; closing the scope leaves the session. */
export interface GuestCall {
  readonly state: SubscriptionRef.SubscriptionRef<GuestState>
  /** What the host sends back: camera, microphone, and later a mix of the others. */
  readonly incoming: SubscriptionRef.SubscriptionRef<MediaStream | null>
  /** Replaces what is sent, at once and in every later connection, with nothing renegotiated. */
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** From `Failed`, `Refused` or `Recovering`: starts over with a new connection. */
  readonly retry: Effect.Effect<void>
}

export interface GuestCallOptions {
  /** Left out: the deployment's default room. */
  readonly room?: string | undefined
  readonly name?: string | undefined
  readonly tracks: OutgoingTracks
}

/** Joins at once, calls the host as soon as there is one, and mends the call by itself. */
export const makeGuestCall = (
  _options: GuestCallOptions
): Effect.Effect<GuestCall, never, Scope.Scope | Signaling | PeerConnections | Secrets | Wakeup> =>
  Effect.dieMessage("Not built yet")
