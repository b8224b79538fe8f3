import type * as Effect from "effect/Effect"
import type * as SubscriptionRef from "effect/SubscriptionRef"
import type { GuestTile, HostState } from "./States.js"

/** The host's side of a session: one connection for each guest. It lives as long as the scope it was made in. */
export interface HostCalls {
  readonly state: SubscriptionRef.SubscriptionRef<HostState>
  /** In the order in which guests first came. */
  readonly guests: SubscriptionRef.SubscriptionRef<ReadonlyArray<GuestTile>>
  /** Ends the session for all and frees the room. */
  readonly end: Effect.Effect<void>
}
