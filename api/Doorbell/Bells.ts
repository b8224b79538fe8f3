import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { PeerId, RoomId } from "../contract/Ids.js"
import type { Role } from "../contract/Peer.js"

/** Which inbox a poll waits for: its peer's. */
export interface InboxAddress {
  readonly room: RoomId
  readonly peer: PeerId
  readonly role: Role
}

/** Inboxes of one room that were written to. `owners`: the peers that they belong to, by id or by role. */
export interface Inboxes {
  readonly room: RoomId
  readonly owners: ReadonlyArray<PeerId | Role> | "all"
}

/** A bell cannot be opened, or not be rung. */
export class BellFailed extends Data.TaggedError("BellFailed")<{ readonly cause: unknown }> {}

/**
 * Bells wake polls that wait for new messages. A ring may be lost and a bell may close, so whoever waits also checks its
 * inbox now and then. Without a binding for the Durable Object this default applies: no bell opens, and polls only check.
 */
export class Bells extends Context.Reference<Bells>()("Bells", {
  defaultValue: (): {
    /**
     * Opens the bell of one inbox until the scope closes. Returns its tally, a text that changes with every ring: two
     * equal ones mean that nothing has rung in between. It is empty where the bell has none. After that `heard` is called
     * with the new tally at each ring, and with null once the bell has closed by itself and rings no more.
     */
    readonly open: (
      address: InboxAddress,
      heard: (tally: string | null) => void
    ) => Effect.Effect<string, BellFailed, Scope.Scope>
    /** Wakes the polls that wait for news of these inboxes. */
    readonly ring: (inboxes: Inboxes) => Effect.Effect<void, BellFailed>
  } => ({ open: () => new BellFailed({ cause: "No doorbell is bound." }), ring: () => Effect.void })
}) {}
