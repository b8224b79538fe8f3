import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import { Signaling } from "../../signaling/Signaling.js"
import { aMoment, Fakes, hosting, hostKey, meeting, quietGuest, strangerKey, tagOf, untilTag } from "../fakes/calls.js"
import { FakeNetwork } from "../fakes/FakePeerConnections.js"
import { FakeService } from "../fakes/FakeService.js"

const guest = makeGuestCall(quietGuest)

describe("a call", () => {
  it.scoped("connects a guest that comes after the host", () =>
    Effect.gen(function* () {
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      const call = yield* guest
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Live", path: "direct" })
      const [tile] = yield* SubscriptionRef.get(calls.guests)
      assert.strictEqual(tile?.state, "Live")
      assert.strictEqual(tile?.peer.name, "Ada")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("connects a guest that came before the host", () =>
    Effect.gen(function* () {
      const call = yield* guest
      yield* untilTag(call.state, "Waiting")
      yield* hosting()
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("does not poll for a guest that is connected", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const scope = yield* Scope.make()
      yield* Scope.extend(hosting(), scope)
      yield* aMoment
      yield* guest
      yield* aMoment
      const before = service.polls()
      yield* TestClock.adjust("50 seconds")
      assert.isAtMost(service.polls() - before, 3)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("comes back after the host's page was refreshed", () =>
    Effect.gen(function* () {
      const { call, calls: first } = yield* meeting
      const second = yield* hosting({ resume: true })
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
      assert.strictEqual((yield* SubscriptionRef.get(second.guests))[0]?.state, "Live")
      // The window that lost the room has hung up, or its guest would never look for the other one.
      const { made } = yield* FakeNetwork
      assert.strictEqual(made.filter(({ closed }) => !closed).length, 2)
      const state = yield* SubscriptionRef.get(first.state)
      assert.strictEqual(state._tag === "Refused" && state.refusal, "Replaced")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("tells a host who was away for long that its place is lost, not that another window has it", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      service.down = true
      yield* TestClock.adjust("5 minutes")
      yield* service.forget
      service.down = false
      yield* TestClock.adjust("15 seconds")
      assert.deepInclude(yield* SubscriptionRef.get(calls.state), { _tag: "Refused", refusal: "Lapsed" })
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("waits for a host whose page is gone, and goes on when it is back", () =>
    Effect.gen(function* () {
      const signaling = yield* Signaling
      // A place without a page.
      yield* signaling.joinAsHost({ token: "h".repeat(43), hostKey })
      const call = yield* guest
      yield* TestClock.adjust("15 minutes")
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "HostAway" })
      yield* hosting({ resume: true })
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("shows at once that the host is away when its channel closes, and is live again if media comes back", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      const { call } = yield* meeting
      yield* network.made[0]?.emit({ _tag: "Control", open: false }) ?? Effect.void
      yield* TestClock.adjust("100 millis")
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "HostAway" })
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("shows at once that the host is away when its page closes, and is live again if the page stays", () =>
    Effect.gen(function* () {
      const { call, calls } = yield* meeting
      yield* calls.sayAway
      yield* TestClock.adjust("100 millis")
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "HostAway" })
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("restarts ICE 3 seconds after media stopped, and is live again", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      const { call } = yield* meeting
      yield* network.carry(false)
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), {
        _tag: "Recovering",
        rung: "Watching"
      })
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(network.made[0]?.iceRestarts, 1)
      yield* network.carry(true)
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is measured only while its media flows", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      yield* hosting()
      yield* aMoment
      const call = yield* guest
      yield* TestClock.adjust("3 seconds")
      const before = yield* SubscriptionRef.get(call.quality)
      assert.isNotNull(before)
      yield* network.carry(false)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* SubscriptionRef.get(call.quality), before)
      yield* network.carry(true)
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
      assert.notStrictEqual(yield* SubscriptionRef.get(call.quality), before)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("restarts ICE 1.5 seconds after the last packet, before ICE notices", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      yield* network.lose(false)
      yield* hosting()
      yield* aMoment
      const call = yield* guest
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(network.made[0]?.iceRestarts, 0)
      yield* network.lose(true)
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(network.made[0]?.iceRestarts, 1)
      yield* network.lose(false)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* tagOf(call), "Live")
      assert.strictEqual(network.made.length, 2)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("climbs the ladder up to the relay, and then shows what is wrong", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      yield* network.carry(false)
      yield* hosting()
      yield* aMoment
      const call = yield* guest
      yield* TestClock.adjust("60 seconds")
      assert.deepStrictEqual(network.made.filter(({ settings }) => settings.relayOnly).length, 1)
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Failed", cause: "RelayRefused" })
      yield* network.carry(true)
      yield* call.retry
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("goes on while the service is down", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const { call } = yield* meeting
      service.down = true
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* tagOf(call), "Live")
      service.down = false
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("tells guests that the session ended, and hosts that a guest left", () =>
    Effect.gen(function* () {
      const calls = yield* hosting()
      yield* aMoment
      const scope = yield* Scope.make()
      const call = yield* Scope.extend(guest, scope)
      yield* aMoment
      yield* Scope.close(scope, Exit.void)
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Left" })
      assert.deepStrictEqual(yield* SubscriptionRef.get(calls.guests), [])
      const other = yield* guest
      yield* aMoment
      yield* calls.end
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(other.state), { _tag: "Ended" })
      assert.deepStrictEqual(yield* SubscriptionRef.get(calls.state), { _tag: "Ended" })
      // This guest has not consented to whoever claims the free room next.
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* TestClock.adjust("6 minutes")
      assert.deepStrictEqual(yield* SubscriptionRef.get(stranger.guests), [])
      assert.deepStrictEqual(yield* SubscriptionRef.get(other.state), { _tag: "Ended" })
      yield* other.retry
      yield* aMoment
      assert.strictEqual(yield* tagOf(other), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("ends for all once the service can be reached, and shows `Ending` until then", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const { call, calls } = yield* meeting
      service.down = true
      yield* Effect.forkScoped(calls.end)
      yield* TestClock.adjust("2 minutes")
      assert.deepStrictEqual(yield* SubscriptionRef.get(calls.state), { _tag: "Ending", offline: true })
      // The guest was told over the call.
      assert.strictEqual(yield* tagOf(call), "Ended")
      service.down = false
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* tagOf(calls), "Ended")
      assert.isAbove(service.sent("leave").filter(({ end }) => end === true).length, 1)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is refused if the room has another host", () =>
    Effect.gen(function* () {
      yield* hosting()
      yield* aMoment
      const other = yield* hosting({ hostKey: strangerKey })
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(other.state), {
        _tag: "Refused",
        refusal: "RoomTaken",
        message: "RoomTaken."
      })
    }).pipe(Effect.provide(Fakes))
  )
})

describe("a guest whose token died", () => {
  it.scoped("joins again by itself, and its offer finds the new session", () =>
    Effect.gen(function* () {
      const call = yield* guest
      yield* untilTag(call.state, "Waiting")
      yield* hosting()
      yield* aMoment
      yield* hosting()
      yield* TestClock.adjust("6 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("climbs no rung while its offer cannot be delivered", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const network = yield* FakeNetwork
      const { call } = yield* meeting
      service.down = true
      yield* network.carry(false)
      yield* TestClock.adjust("2 minutes")
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), {
        _tag: "Recovering",
        rung: "RestartingIce"
      })
      service.down = false
      yield* network.carry(true)
      yield* TestClock.adjust("15 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )
})
