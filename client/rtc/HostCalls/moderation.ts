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
 * What came of a request. `RoomFull`: the room holds its number of guests, and whoever did not fit waits on. `Refused`: the
 * service said no for another reason, which is logged.
 */
export type Outcome = "Done" | "RoomFull" | "Refused"

/** Who is let in and who is put out. */
export interface Moderation {
  /** Lets a guest in who waits for it. */
  readonly admit: (guest: string) => Effect.Effect<Outcome>
  /** Lets in all who wait, in the order in which they came, until the room is full. */
  readonly admitAll: Effect.Effect<Outcome>
  /** Puts a guest out for the rest of the session, or refuses one who waits: media stops at once. `lock`: locks the room. */
  readonly remove: (guest: string, lock?: boolean) => Effect.Effect<void>
  /** Refuses everybody who waits, as `remove` does. */
  readonly refuseAll: Effect.Effect<void>
  /** Opens or closes the waiting room, and the room itself. */
  readonly setRoom: (room: HostStates.RoomSettings) => Effect.Effect<Outcome>
}

type Refusal = PeerUnknown | RecipientUnknown | RequestRefused

/** What comes of a request that the service does not grant. A guest who is gone already needs nothing. */
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
  /** Has it done in turn with all else that happens to the session. */
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
    /** What the service says no to is logged. */
    const ask = (request: Effect.Effect<void, Refusal>): Effect.Effect<Outcome> =>
      Effect.matchEffect(request, {
        onSuccess: () => Effect.succeed("Done"),
        onFailure: (failure) => {
          const outcome = outcomeOf(failure)
          return outcome === "Refused"
            ? Effect.as(Effect.logError("The service refused.", failure.message), outcome)
            : Effect.succeed(outcome)
        }
      })
    /** What the page shows follows once the service has granted it. */
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
          // At once: what this guest sent before and is still to be handled is dropped.
          yield* Ref.update(session, Session.removed(guest))
          yield* perform(forget(guest))
          // The lock first, or whoever is out could be in again, with another browser, before it holds.
          if (lock) yield* setRoom({ locked: true })
          yield* ask(signaling.remove(token, guest))
        }),
      // Whoever knocks meanwhile goes with the service's `left`.
      refuseAll: Effect.flatMap(waiting, (refused) =>
        granted(signaling.refuseWaiting(token), perform(Effect.forEach(refused, forget, { discard: true })))
      ).pipe(Effect.asVoid),
      setRoom
    }
  })
