/** The calls as pages use them, with all that they need in a browser. Pages load this once they are drawn. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { makeObservable, type Observable } from "../browser/Observable.js"
import { CallsLive } from "./CallsLive.js"
import { type GuestCall, type GuestCallOptions, makeGuestCall } from "./GuestCall.js"
import { type HostCalls, type HostCallsOptions, makeHostCalls } from "./HostCalls.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import { makeReadiness, type Readiness } from "./readiness.js"

/** A thing whose references are observables. */
type Shown<A> = {
  readonly [Key in keyof A]: A[Key] extends SubscriptionRef.SubscriptionRef<infer B> ? Observable<B> : A[Key]
}
/** A guest's call, as its page follows it. */
export type ShownGuestCall = Shown<GuestCall>
/** The host's calls, as their page follows them. */
export type ShownHostCalls = Shown<HostCalls>

/** Follows the reference for as long as the scope is open. */
const toObservable = <A>(ref: SubscriptionRef.SubscriptionRef<A>): Effect.Effect<Observable<A>, never, Scope.Scope> =>
  Effect.gen(function* () {
    const observable = makeObservable(yield* SubscriptionRef.get(ref))
    yield* Effect.forkScoped(Stream.runForEach(ref.changes, (value) => Effect.sync(() => observable.set(value))))
    return observable
  })

const withServices = <A, E>(
  make: Effect.Effect<A, E, Scope.Scope | Layer.Layer.Success<typeof CallsLive>>
): Effect.Effect<A, E, Scope.Scope> =>
  Effect.flatMap(Layer.build(CallsLive), (services) => Effect.provide(make, services))

/** A guest's call: `makeGuestCall`. */
export const openGuestCall = (options: GuestCallOptions): Effect.Effect<ShownGuestCall, never, Scope.Scope> =>
  withServices(
    Effect.gen(function* () {
      const call = yield* makeGuestCall(options)
      return {
        ...call,
        state: yield* toObservable(call.state),
        hostName: yield* toObservable(call.hostName),
        incoming: yield* toObservable(call.incoming),
        screen: yield* toObservable(call.screen),
        quality: yield* toObservable(call.quality)
      }
    })
  )

/** The host's calls: `makeHostCalls`. */
export const openHostCalls = (options: HostCallsOptions): Effect.Effect<ShownHostCalls, never, Scope.Scope> =>
  withServices(
    Effect.gen(function* () {
      const calls = yield* makeHostCalls(options)
      return {
        ...calls,
        state: yield* toObservable(calls.state),
        guests: yield* toObservable(calls.guests),
        machineShare: yield* toObservable(calls.machineShare)
      }
    })
  )

/** What a guest's page has ready before a join: `makeReadiness`. */
export const readyGuest = (
  room: string | undefined,
  tracks: () => OutgoingTracks
): Effect.Effect<Readiness, never, Scope.Scope> => withServices(makeReadiness(room, tracks))
