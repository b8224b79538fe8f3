import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import { makeReadiness } from "../../rtc/readiness.js"
import type { IceConfiguration } from "../../signaling/Signaling.js"
import { aMoment, Fakes, hosting, isOpen, makeKnownClaim, noTracks, quietGuest, tagOf } from "../fakes/calls.js"
import { FakeNetwork } from "../fakes/FakePeerConnections.js"
import { FakeService } from "../fakes/FakeService.js"

const door = makeReadiness("main", () => noTracks)
/** The service's answer at time 0: credentials for 5 minutes. */
const relayed: IceConfiguration = {
  iceServers: [],
  expiresAt: new Date(300_000).toISOString(),
  relay: true,
  policy: "all"
}

describe("a page before its join", () => {
  it.scoped("has a connection that is taken once, or closed with the page", () =>
    Effect.gen(function* () {
      const page = yield* Scope.make()
      const ready = yield* Scope.extend(door, page)
      const taken = ready.take(0)
      assert.isNotNull(taken)
      assert.isNull(ready.take(0))
      yield* Scope.extend(door, page)
      yield* Scope.close(page, Exit.void)
      assert.isTrue(yield* isOpen(0))
      assert.isFalse(yield* isOpen(1))
      yield* taken?.close ?? Effect.void
      assert.isFalse(yield* isOpen(0))
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("has nothing ready if the service does not tell how calls may connect", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      service.faults.push(service.busy(5))
      const ready = yield* door
      assert.isNull(ready.take(0))
      assert.strictEqual(yield* ready.verdict, "Unknown")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is made ready again later if too many asked at once", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      yield* TestClock.setTime(1_000_000)
      service.faults.push(service.busy(5))
      const ready = yield* door
      assert.isFalse(ready.isStale(1_014_999))
      assert.isTrue(ready.isStale(1_015_000))
      assert.isNotNull((yield* door).take(1_015_000))
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("has no connection ready if the relay is not given yet: the call asks once there is a host", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const withRelay: IceConfiguration = { ...relayed, iceServers: [{ urls: "turn:relay" }], policy: "relay" }
      service.ice = { ...withRelay, iceServers: [{ urls: "stun:relay" }], relay: false }
      const ready = yield* door
      yield* hosting()
      yield* aMoment
      service.ice = withRelay
      const prepared = ready.take(0)
      assert.isNull(prepared)
      const call = yield* makeGuestCall({ ...quietGuest, known: makeKnownClaim(), prepared })
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
      const { made } = yield* FakeNetwork
      assert.deepStrictEqual(
        made.map(({ settings }) => settings.iceServers),
        [withRelay.iceServers, withRelay.iceServers]
      )
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("returns no connection whose relay is about to expire", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      service.ice = relayed
      const ready = yield* door
      assert.isTrue(ready.isStale(255_001))
      assert.isNull(ready.take(255_001))
      assert.isFalse(ready.isStale(255_000))
      assert.isNotNull(ready.take(255_000))
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is not made ready again and again if its clock is wrong", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      yield* TestClock.setTime(1_000_000)
      service.ice = relayed
      const ready = yield* door
      assert.isFalse(ready.isStale(1_014_999))
      assert.isTrue(ready.isStale(1_015_000))
    }).pipe(Effect.provide(Fakes))
  )
})
