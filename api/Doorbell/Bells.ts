import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { PeerId, RoomId } from "../contract/Ids.js"
import type { Role } from "../contract/Peer.js"

/** Whose inbox this is: where a peer waits for its messages. */
export interface Place {
  readonly room: RoomId
  readonly peer: PeerId
  readonly role: Role
}

/** Inboxes of a room that were written to: those of some peers or roles, or all. */
export interface Inboxes {
  readonly room: RoomId
  readonly of: ReadonlyArray<PeerId | Role> | "all"
}

/** A bell cannot be opened, or not be rung. */
export class BellFailed extends Data.TaggedError("BellFailed")<{ readonly cause: unknown }> {}

/**
 * What wakes polls that wait for news. Rings may be lost, and bells may close: a listener checks by itself now and
 * then. Where nothing is bound there are none, and polls do without.
 */
export class Bells extends Context.Reference<Bells>()("Bells", {
  defaultValue: (): {
    /**
     * Opens the bell of one place, until the scope closes, and gives its tally: while that is the same, nothing has rung;
     * empty where it has none. From then on `heard` is called with the new tally for each ring, and with null once the
     * bell has closed by itself: it rings no more.
     */
    readonly open: (
      place: Place,
      heard: (tally: string | null) => void
    ) => Effect.Effect<string, BellFailed, Scope.Scope>
    /** Wakes the polls that wait for news of these inboxes. */
    readonly ring: (inboxes: Inboxes) => Effect.Effect<void, BellFailed>
  } => ({ open: () => new BellFailed({ cause: "No doorbell is bound." }), ring: () => Effect.void })
}) {}
