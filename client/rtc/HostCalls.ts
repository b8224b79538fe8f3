import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as SubscriptionRef from "effect/SubscriptionRef"
import type { Signaling } from "../signaling/Signaling.js"
import type { Wakeup } from "../signaling/Wakeup.js"
import type { OutgoingTracks } from "./GuestCall.js"
import type { PeerConnections } from "./PeerConnections.js"
import type { GuestTile, HostState } from "./States.js"

/** The host's side of a session: one connection for each guest. It lives as long as the scope it was made in. */
export interface HostCalls {
  readonly state: SubscriptionRef.SubscriptionRef<HostState>
  /** In the order in which guests first came. */
  readonly guests: SubscriptionRef.SubscriptionRef<ReadonlyArray<GuestTile>>
  /** Ends the session for all and frees the room. */
  readonly end: Effect.Effect<void>
}

export interface HostCallsOptions {
  /** Left out: the deployment's default room. */
  readonly room?: string | undefined
  readonly name?: string | undefined
  readonly hostPassword?: string | undefined
  /** Keeps the session that this key already holds, as after a refresh; without it the join starts a fresh one. */
  readonly resume: boolean
  readonly hostKey: string
  /** What every guest sees and hears of the host. */
  readonly tracks: OutgoingTracks
}

/** Joins as host at once, and answers every guest. */
export const makeHostCalls = (
  _options: HostCallsOptions
): Effect.Effect<HostCalls, never, Scope.Scope | Signaling | PeerConnections | Wakeup> =>
  Effect.dieMessage("Not built yet")
