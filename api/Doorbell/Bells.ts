import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { PeerId, RoomId } from "../contract/Ids.js"
import type { Role } from "../contract/Peer.js"

/** The inbox that a poll waits for, named by its peer. */
export interface InboxAddress {
  readonly room: RoomId
  readonly peer: PeerId
  readonly role: Role
}

/** Inboxes of one room that were written to. `owners`: the peers to which they belong, by id or by role. */
export interface Inboxes {
  readonly room: RoomId
  readonly owners: ReadonlyArray<PeerId | Role> | "all"
}

/** A bell could not be opened or rung. */
export class BellFailed extends Data.TaggedError("BellFailed")<{ readonly cause: unknown }> {}

/**
 * Bells wake polls that wait for new messages. A ring may be lost and a bell may close, so a waiting poll also checks
 * its inbox from time to time. This default, in which no bell opens, applies without a binding for the Durable Object.
 */
export class Bells extends Context.Reference<Bells>()("Bells", {
  defaultValue: (): {
    /**
     * Opens the bell of one inbox until the scope closes. Returns its tally, a text that changes with every ring: two
     * equal tallies mean that nothing has rung in between. It is empty if the bell has none. After that `onRing` is
     * called with the new tally at each ring, and with null if the bell has closed by itself and will not ring again.
     */
    readonly open: (
      address: InboxAddress,
      onRing: (tally: string | null) => void
    ) => Effect.Effect<string, BellFailed, Scope.Scope>
    /** Wakes the polls that wait for messages in these inboxes. */
    readonly ring: (inboxes: Inboxes) => Effect.Effect<void, BellFailed>
  } => ({ open: () => new BellFailed({ cause: "No doorbell is bound." }), ring: () => Effect.void })
}) {}
