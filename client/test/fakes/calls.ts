import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PubSub from "effect/PubSub"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { memoryStore } from "../../browser/TextStore.js"
import { makeTabLocks } from "../../browser/tabLocks.js"
import { type Wake, Wakeup } from "../../browser/Wakeup.js"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import { type HostCallsOptions, makeHostCalls } from "../../rtc/HostCalls.js"
import type { KnownClaim } from "../../rtc/knownClaim.js"
import type { GuestView } from "../../rtc/States.js"
import { makeSecrets, Secrets } from "../../signaling/Secrets.js"
import { Signaling } from "../../signaling/Signaling.js"
import { FakeNetwork, FakePeerConnections } from "./FakePeerConnections.js"
import { FakeServiceLive } from "./FakeService.js"

const wakes = Effect.runSync(PubSub.unbounded<Wake>())

/** Wakes all that wait for a wake. */
export const wake = (kind: Wake) => PubSub.publish(wakes, kind)

const FakeWakeup = Layer.succeed(Wakeup, {
  next: Effect.orDie(Effect.flatMap(Stream.runHead(Stream.fromPubSub(wakes)), (kind) => kind))
})

/** Everything that calls need, with nothing real in it but the signaling client. */
export const Fakes = Layer.mergeAll(
  Signaling.Default.pipe(Layer.provideMerge(FakeServiceLive), Layer.provideMerge(FakeWakeup)),
  // A new tab for each guest: without the API every lock is granted.
  Layer.sync(Secrets, () =>
    makeSecrets(
      memoryStore(),
      makeTabLocks(() => undefined)
    )
  ),
  FakePeerConnections
)

/** The first value of the reference for which this is true. */
const until = <A, B extends A>(ref: SubscriptionRef.SubscriptionRef<A>, is: (value: A) => value is B) =>
  ref.changes.pipe(Stream.filter(is), Stream.runHead, Effect.flatten, Effect.orDie)

/** The first value of the reference with this tag. */
export const untilTag = <A extends { readonly _tag: string }, Tag extends A["_tag"]>(
  ref: SubscriptionRef.SubscriptionRef<A>,
  tag: Tag
) => until(ref, (value): value is Extract<A, { readonly _tag: Tag }> => value._tag === tag)

/** The tracks of somebody who sends nothing. */
export const noTracks = { audio: null, video: null, screen: null }

/** A tab that remembers the claim of the host that its guest may call. */
export const makeKnownClaim = (): KnownClaim => {
  let claim: string | null = null
  return {
    get: () => claim,
    set: (now) => {
      claim = now
    }
  }
}

/** The options of a guest who has pressed *Join*, sends nothing and says nothing. */
export const quietGuest = {
  name: "Ada",
  pressed: true,
  known: makeKnownClaim(),
  tracks: noTracks,
  greeting: Effect.succeed([]),
  received: () => Effect.void
}

/** The options of a host who sends nothing and says nothing. */
export const quietHost = {
  tracks: () => Effect.succeed(noTracks),
  greeting: () => Effect.succeed([]),
  received: () => Effect.void
}

/** A guest. */
export const ada = { id: "ada", role: "guest", name: "Ada" } as const

/** Her tile in this state, without media. */
export const tileIn = (state: GuestView["state"]): GuestView => ({
  peer: ada,
  state,
  gone: null,
  path: "unknown",
  stream: null,
  screen: null,
  sending: { camera: true, microphone: true, screen: false },
  hand: null,
  quality: null
})

/** The tile of another guest, live by default. */
export const tileOf = (id: string, changes: Partial<GuestView>): GuestView => ({
  ...tileIn("Live"),
  peer: { id, role: "guest", name: id },
  ...changes
})

/** The key of the tests' own host. */
export const hostKey = "k".repeat(43)
/** The key of another host. */
export const strangerKey = "x".repeat(43)

/** The calls of a quiet host with `hostKey`, who starts a fresh session. */
export const hosting = (fields: Partial<HostCallsOptions> = {}) =>
  makeHostCalls({ hostKey, resume: false, ...quietHost, ...fields })

/** The state's tag of a call, or of a host's room. */
export const tagOf = <A extends { readonly _tag: string }>({
  state
}: {
  readonly state: SubscriptionRef.SubscriptionRef<A>
}) => Effect.map(SubscriptionRef.get(state), ({ _tag }): A["_tag"] => _tag)

/** Whether the connection with this index, in the order in which they were made, is open. */
export const isOpen = (index: number) => Effect.map(FakeNetwork, ({ made }) => made[index]?.closed === false)

/** Time for batches and answers to go back and forth. */
export const aMoment = TestClock.adjust("1 second")

/** The calls of a quiet host and the call of a quiet guest, who are connected. */
export const meeting = Effect.gen(function* () {
  const calls = yield* hosting()
  yield* aMoment
  const call = yield* makeGuestCall(quietGuest)
  yield* aMoment
  return { calls, call }
})
