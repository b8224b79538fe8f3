import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { type Message, Signaling } from "../../signaling/Signaling.js"
import type { HostMessage } from "../control.js"
import type { HostState } from "../States.js"
import type { Guests } from "./guests.js"
import * as HostStates from "./hostStates.js"
import { newestOffers } from "./offers.js"

/** How a host's page holds its room, from the join to the end. */
export interface Hosting {
  /** Joins, and takes messages for as long as this page has the room. Then the state shows why it has not. */
  readonly listen: Effect.Effect<void>
  /** Leaves the room and keeps it, unless the session is over. */
  readonly leave: Effect.Effect<void>
  /** Ends the session for all and frees the room. */
  readonly end: Effect.Effect<void>
}

interface HostingOptions {
  readonly join: Parameters<Signaling["joinAsHost"]>[0]
  readonly state: SubscriptionRef.SubscriptionRef<HostState>
  readonly guests: Pick<Guests, "list">
  readonly show: Effect.Effect<void>
  /** Has attendance settled. */
  readonly due: Effect.Effect<unknown>
  readonly receive: (message: Message) => Effect.Effect<unknown>
  /** Sends it at once, ahead of all that waits. */
  readonly sayToAll: (message: HostMessage) => Effect.Effect<void>
  /** Drops what is left of a session that has ended for this page. */
  readonly dropSession: Effect.Effect<void>
}

export const makeHosting = ({
  dropSession,
  due,
  guests,
  join,
  receive,
  sayToAll,
  show,
  state
}: HostingOptions): Effect.Effect<Hosting, never, Signaling> =>
  Effect.map(Signaling, (signaling) => {
    const { token } = join
    const isOffline = Effect.map(SubscriptionRef.get(signaling.reachable), (reachable) => !reachable)
    /** The state goes first: an empty list of guests then means that this page has stopped, not that all have left. */
    const stop = (now: HostState) =>
      SubscriptionRef.set(state, now).pipe(Effect.zipRight(dropSession), Effect.zipRight(show))

    const listen = Effect.gen(function* () {
      const { cursor, guests: listed, locked, room, session, waitingRoom } = yield* signaling.joinAsHost(join)
      yield* Effect.forEach(listed, guests.list, { discard: true })
      yield* show
      const offline = yield* isOffline
      yield* SubscriptionRef.set(state, { _tag: "Listening", room, session, offline, waitingRoom, locked })
      // Listed guests that do not call are away before long.
      yield* due
      yield* Stream.runForEach(Stream.mapChunks(signaling.messages(token, cursor), newestOffers), receive)
    }).pipe(
      Effect.catchAll((failure) =>
        Effect.flatMap(signaling.wasSilent, (silent) => stop(HostStates.lost(failure, silent)))
      )
    )

    return {
      listen,
      leave: Effect.gen(function* () {
        const now = HostStates.left(yield* SubscriptionRef.get(state))
        if (now === null) return
        const end = now._tag === "Ended"
        yield* sayToAll({ type: "bye", end })
        yield* signaling.leave(token, { end })
        yield* stop(now)
      }),
      end: Effect.gen(function* () {
        yield* sayToAll({ type: "bye", end: true })
        yield* stop({ _tag: "Ending", offline: yield* isOffline })
        yield* signaling.end(token)
        yield* SubscriptionRef.set(state, { _tag: "Ended" })
      })
    }
  })
