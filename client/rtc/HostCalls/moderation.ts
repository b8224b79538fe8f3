import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { Signaling } from "../../signaling/Signaling.js"
import type { PeerUnknown, RecipientUnknown, RequestRefused } from "../../signaling/SignalingErrors.js"
import type { HostState } from "../States.js"
import type { Guests } from "./guests.js"
import * as HostStates from "./hostStates.js"
import * as Session from "./session.js"

/**
 * The result of a request. `RoomFull`: the room is full, and guests who did not fit go on waiting. `Refused`: the
 * service refused for another reason, which is logged.
 */
export type Outcome = "Done" | "RoomFull" | "Refused"

/** The host admits and removes guests. */
export interface Moderation {
  /** Admits a waiting guest. */
  readonly admit: (guest: string) => Effect.Effect<Outcome>
  /** Admits all who wait, in the order in which they came, until the room is full. */
  readonly admitAll: Effect.Effect<Outcome>
  /**
   * Removes a guest for the rest of the session, or refuses one who waits: media stops at once. `lock`: locks the room.
   */
  readonly remove: (guest: string, lock?: boolean) => Effect.Effect<void>
  /** Refuses everybody who waits, as `remove` does. */
  readonly refuseAll: Effect.Effect<void>
  /** Opens or closes the waiting room, and the room itself. */
  readonly setRoom: (room: HostStates.RoomSettings) => Effect.Effect<Outcome>
}

type Refusal = PeerUnknown | RecipientUnknown | RequestRefused

/** The result of a request that the service refuses. For a guest who is gone already nothing is left to do. */
export const outcomeOf = (failure: Refusal): Outcome => {
  if (failure._tag === "RecipientUnknown") return "Done"
  return failure._tag === "RequestRefused" && failure.reason === "RoomFull" ? "RoomFull" : "Refused"
}

interface ModerationOptions {
  readonly token: string
  readonly state: SubscriptionRef.SubscriptionRef<HostState>
  readonly session: Ref.Ref<Session.Session>
  readonly guests: Pick<Guests, "admit" | "admitAll" | "tiles">
  readonly forget: (guest: string) => Effect.Effect<unknown>
  /** Does it in turn with all other inputs of the session. */
  readonly perform: (effect: Effect.Effect<unknown>) => Effect.Effect<unknown>
}

export const makeModeration = ({
  forget,
  guests,
  perform,
  session,
  state,
  token
}: ModerationOptions): Effect.Effect<Moderation, never, Signaling> =>
  Effect.map(Signaling, (signaling) => {
    /** Logs a refusal. */
    const ask = (request: Effect.Effect<void, Refusal>): Effect.Effect<Outcome> =>
      Effect.matchEffect(request, {
        onSuccess: () => Effect.succeed("Done"),
        onFailure: (failure) => {
          const outcome = outcomeOf(failure)
          return outcome === "Refused"
            ? Effect.as(Effect.logError("The service refused a request of the host.", failure.message), outcome)
            : Effect.succeed(outcome)
        }
      })
    /** Does `then`, which changes what the page shows, once the service has granted the request. */
    const granted = (request: Effect.Effect<void, Refusal>, then: Effect.Effect<unknown>) =>
      Effect.tap(ask(request), (outcome) => Effect.when(then, () => outcome === "Done"))
    /** The ids of all who wait. */
    const waiting = Effect.map(SubscriptionRef.get(guests.tiles), (tiles) =>
      tiles.flatMap(({ peer, state }) => (state === "Waiting" ? [peer.id] : []))
    )

    const admit = (guest: string) => granted(signaling.admit(token, guest), perform(guests.admit(guest)))
    const setRoom = (wanted: HostStates.RoomSettings) =>
      granted(
        signaling.setRoom(token, wanted),
        Effect.zipRight(
          SubscriptionRef.update(state, HostStates.withSettings(wanted)),
          Effect.when(perform(guests.admitAll), () => wanted.waitingRoom === false)
        )
      )

    return {
      admit,
      admitAll: Effect.gen(function* () {
        let outcome: Outcome = "Done"
        for (const guest of yield* waiting) {
          const came = yield* admit(guest)
          if (came === "RoomFull") return came
          if (came === "Refused") outcome = came
        }
        return outcome
      }),
      remove: (guest, lock = false) =>
        Effect.gen(function* () {
          // At once, so that what this guest has sent and is not handled yet is dropped.
          yield* Ref.update(session, Session.withRemoved(guest))
          yield* perform(forget(guest))
          // The lock first, or a removed guest could be in again, with another browser, before it holds.
          if (lock) yield* setRoom({ locked: true })
          yield* ask(signaling.remove(token, guest))
        }),
      // Guests who knock meanwhile go with the service's `left`.
      refuseAll: Effect.flatMap(waiting, (refused) =>
        granted(signaling.refuseWaiting(token), perform(Effect.forEach(refused, forget, { discard: true })))
      ).pipe(Effect.asVoid),
      setRoom
    }
  })
