/** Which hosts a guest's page calls when sessions end and rooms change hands. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Scope from "effect/Scope"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import type { HostCalls } from "../../rtc/HostCalls.js"
import { mayCall } from "../../rtc/knownClaim.js"
import { aMoment, Fakes, hosting, makeKnownClaim, quietGuest, strangerKey, tagOf, wake } from "../fakes/calls.js"
import { FakeNetwork } from "../fakes/FakePeerConnections.js"
import { FakeService } from "../fakes/FakeService.js"

const joining = (pressed = true, known = makeKnownClaim()) => makeGuestCall({ ...quietGuest, pressed, known })
/** How many guests have called a host. Nobody leaves in these tests. */
const called = (host: HostCalls) => Effect.map(SubscriptionRef.get(host.guests), (tiles) => tiles.length)
const offers = Effect.map(FakeService, (service) => service.sent("offer").length)

describe("a guest's page", () => {
  it.scoped("shows that the session has ended to a guest who was offline at its end, whoever has the room then", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      const host = yield* hosting()
      yield* aMoment
      const guest = yield* joining()
      yield* aMoment
      assert.strictEqual(yield* tagOf(guest), "Live")
      const before = yield* offers
      // The host ends without reaching the guest: nothing comes on its channel.
      yield* network.carry(false)
      yield* host.end
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* wake("online")
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* tagOf(guest), "Ended")
      assert.strictEqual(yield* offers, before)
      assert.strictEqual(yield* called(stranger), 0)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("shows it to a guest in the waiting room, too", () =>
    Effect.gen(function* () {
      const host = yield* hosting()
      yield* aMoment
      yield* host.setRoom({ waitingRoom: true })
      yield* aMoment
      const guest = yield* joining()
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(guest.state), { _tag: "Waiting", reason: "Admission" })
      yield* host.end
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* tagOf(guest), "Ended")
      assert.strictEqual(yield* called(stranger), 0)
      assert.strictEqual(yield* offers, 0)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("asks again by itself to enter a locked room, and calls the host who had locked it", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const host = yield* hosting()
      yield* aMoment
      yield* host.setRoom({ locked: true })
      const guest = yield* joining()
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual(yield* SubscriptionRef.get(guest.state), { _tag: "Waiting", reason: "RoomLocked" })
      const joins = service.sent("join").filter(({ role }) => role === "guest")
      // The press, and once a minute.
      assert.strictEqual(joins.length, 11)
      yield* host.setRoom({ locked: false })
      yield* TestClock.adjust("1 minute")
      yield* aMoment
      assert.strictEqual(yield* tagOf(guest), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("calls no other host who opens a room that was locked", () =>
    Effect.gen(function* () {
      const host = yield* hosting()
      yield* aMoment
      yield* host.setRoom({ locked: true })
      const guest = yield* joining()
      yield* TestClock.adjust("1 minute")
      yield* host.end
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* tagOf(guest), "AnotherHost")
      assert.strictEqual(yield* called(stranger), 0)
      assert.strictEqual(yield* offers, 0)
      yield* guest.retry
      yield* aMoment
      assert.strictEqual(yield* tagOf(guest), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("calls no other host by itself, even if the service has forgotten the session that ended", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      yield* hosting()
      yield* aMoment
      const known = makeKnownClaim()
      const tab = yield* Scope.make()
      const guest = yield* Scope.extend(joining(true, known), tab)
      yield* aMoment
      assert.strictEqual(yield* tagOf(guest), "Live")
      const before = yield* offers
      // The machine sleeps for hours; another host takes the room meanwhile.
      service.down = true
      service.expire()
      service.forgetEnded()
      yield* TestClock.adjust("3 minutes")
      service.down = false
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* aMoment
      yield* wake("slept")
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* tagOf(guest), "AnotherHost")
      assert.strictEqual(yield* offers, before)
      // A reload of the tab changes nothing, and a press does.
      const reloaded = yield* joining(false, known)
      yield* aMoment
      assert.strictEqual(yield* tagOf(reloaded), "AnotherHost")
      assert.strictEqual(yield* offers, before)
      yield* reloaded.retry
      yield* aMoment
      assert.strictEqual(yield* tagOf(reloaded), "Live")
      assert.isAbove(yield* called(stranger), 0)
      yield* Scope.close(tab, Exit.void)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("calls the same host again by itself, after a reset and after it left and came back", () =>
    Effect.gen(function* () {
      const first = yield* hosting()
      yield* aMoment
      const guest = yield* joining()
      yield* aMoment
      yield* hosting()
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* tagOf(guest), "Live")
      const again = yield* hosting({ resume: true })
      yield* TestClock.adjust("30 seconds")
      yield* again.leave
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(guest.state), { _tag: "Waiting", reason: "HostLeft" })
      yield* hosting({ resume: true })
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* tagOf(guest), "Live")
      assert.strictEqual(yield* tagOf(first), "Refused")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("joins again with one press, though its stored token is of an ended session", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const host = yield* hosting()
      yield* aMoment
      const tab = yield* Scope.make()
      yield* Scope.extend(joining(), tab)
      yield* aMoment
      yield* Scope.close(tab, Exit.void)
      yield* host.end
      yield* aMoment
      const next = yield* joining()
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(next.state), { _tag: "Waiting", reason: "SessionOver" })
      const tokens = new Set(service.sent("join").flatMap(({ role, token }) => (role === "guest" ? [token] : [])))
      assert.strictEqual(tokens.size, 2)
      yield* hosting()
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* tagOf(next), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("calls the host of its press if the service put the join off as one of too many", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      yield* hosting()
      yield* aMoment
      service.faults.push(service.busy(10), service.busy(10))
      const guest = yield* joining()
      yield* TestClock.adjust("19 seconds")
      assert.strictEqual(yield* tagOf(guest), "Joining")
      yield* TestClock.adjust("8 seconds")
      assert.strictEqual(yield* tagOf(guest), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("does not take an old press as consent to a host who has come since", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const host = yield* hosting()
      yield* aMoment
      const known = makeKnownClaim()
      const tab = yield* Scope.make()
      yield* Scope.extend(joining(true, known), tab)
      yield* aMoment
      yield* Scope.close(tab, Exit.void)
      yield* aMoment
      const before = yield* offers
      service.faults.push(service.busy(60))
      const late = yield* joining(true, known)
      yield* aMoment
      yield* host.end
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* tagOf(late), "Ended")
      assert.strictEqual(yield* offers, before)
      assert.strictEqual(yield* called(stranger), 0)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("waits in a room that no host has ever had, for the first who comes", () =>
    Effect.gen(function* () {
      const guest = yield* joining()
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(guest.state), { _tag: "Waiting", reason: "NeverHosted" })
      yield* hosting()
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* tagOf(guest), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.effect.prop(
    "sends no offer to a stranger, in whatever order a room changes hands",
    [
      FastCheck.array(
        FastCheck.constantFrom("leave", "resume", "end", "expire", "steal", "sleep", "forget", "offline", "online"),
        { minLength: 3, maxLength: 9 }
      )
    ],
    ([steps]) =>
      Effect.gen(function* () {
        const service = yield* FakeService
        let host = yield* hosting()
        yield* aMoment
        const guest = yield* joining()
        yield* aMoment
        const strangers: Array<HostCalls> = []
        for (const step of steps) {
          if (step === "leave") yield* Effect.forkScoped(host.leave)
          if (step === "end") yield* Effect.forkScoped(host.end)
          if (step === "resume") host = yield* hosting({ resume: true })
          if (step === "steal") strangers.push(yield* hosting({ hostKey: strangerKey }))
          if (step === "expire") service.expire()
          if (step === "forget") service.forgetEnded()
          if (step === "sleep") yield* TestClock.adjust("40 seconds")
          if (step === "offline") service.down = true
          if (step === "online") {
            service.down = false
            yield* wake("online")
          }
          yield* aMoment
        }
        service.down = false
        yield* wake("online")
        yield* TestClock.adjust("1 minute")
        const toStrangers = new Set(service.sent("offer").map(({ to }) => to))
        for (const stranger of strangers) {
          const tiles = yield* SubscriptionRef.get(stranger.guests)
          assert.deepStrictEqual(tiles, [], JSON.stringify({ steps, guest: yield* tagOf(guest), to: [...toStrangers] }))
        }
      }).pipe(Effect.scoped, Effect.provide(Fakes)),
    { fastCheck: { numRuns: 8 } }
  )
})

describe("a known claim", () => {
  it("is the only one that is called, once there is one", () => {
    assert.isTrue(mayCall(null, "a"))
    assert.isTrue(mayCall(null, undefined))
    assert.isTrue(mayCall("a", "a"))
    assert.isFalse(mayCall("a", "b"))
    assert.isFalse(mayCall("a", null))
    assert.isFalse(mayCall("a", undefined))
  })
})
