import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../../rtc/GuestCall.js"
import { outcomeOf } from "../../../rtc/HostCalls/moderation.js"
import type { HostCalls } from "../../../rtc/HostCalls.js"
import { Signaling } from "../../../signaling/Signaling.js"
import { PeerUnknown, RecipientUnknown, RequestRefused } from "../../../signaling/SignalingErrors.js"
import { aMoment, Fakes, hosting, quietGuest, tagOf, untilTag } from "../../fakes/calls.js"
import { FakeService } from "../../fakes/FakeService.js"

const listening = Effect.tap(hosting(), (calls) => untilTag(calls.state, "Listening"))
const statesOf = (calls: HostCalls) =>
  Effect.map(SubscriptionRef.get(calls.guests), (tiles) => tiles.map(({ state }) => state))
/** This many guests join, and the host sees them. */
const strangersKnock = (count: number) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const tokens = Array.from({ length: count }, (_, index) => `${index}`.padEnd(43, "x"))
    for (const token of tokens) yield* signaling.joinAsGuest({ token, name: "Stranger" })
    yield* aMoment
    return tokens
  })

describe("moderation", () => {
  it.scoped("lets a guest wait, and in when the host admits it", () =>
    Effect.gen(function* () {
      const calls = yield* listening
      yield* calls.setRoom({ waitingRoom: true })
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "Admission" })
      const [waiting] = yield* SubscriptionRef.get(calls.guests)
      assert.strictEqual(waiting?.state, "Waiting")
      yield* calls.admit(waiting?.peer.id ?? "")
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
      assert.strictEqual((yield* SubscriptionRef.get(calls.guests))[0]?.state, "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("refuses all who wait at once, and leaves those who are in alone", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const signaling = yield* Signaling
      const calls = yield* listening
      yield* makeGuestCall(quietGuest)
      yield* aMoment
      yield* calls.setRoom({ waitingRoom: true })
      const strangers = yield* strangersKnock(12)
      const states = statesOf(calls)
      assert.deepStrictEqual(yield* states, ["Live", ...strangers.map(() => "Waiting" as const)])
      const before = service.requests.filter(({ path }) => path === "/signaling").length
      yield* calls.refuseAll
      yield* aMoment
      assert.deepStrictEqual(yield* states, ["Live"])
      assert.strictEqual(service.requests.filter(({ path }) => path === "/signaling").length - before, 1)
      for (const token of strangers) {
        const again = yield* Effect.flip(signaling.joinAsGuest({ token }))
        assert.deepInclude(again, { _tag: "RequestRefused", reason: "Removed" })
      }
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("keeps guests on its list whom the service did not refuse", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const calls = yield* listening
      yield* calls.setRoom({ waitingRoom: true })
      yield* strangersKnock(2)
      service.faults.push(Response.json({ _tag: "NotAllowed", message: "No." }, { status: 403 }))
      yield* calls.refuseAll
      yield* aMoment
      assert.strictEqual(service.sent("refuse").length, 1)
      assert.deepStrictEqual(yield* statesOf(calls), ["Waiting", "Waiting"])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("reports that the service refused one of those who wait, and admits the others", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const calls = yield* listening
      yield* calls.setRoom({ waitingRoom: true })
      yield* strangersKnock(2)
      service.faults.push(Response.json({ _tag: "NotAllowed", message: "No." }, { status: 403 }))
      assert.strictEqual(yield* calls.admitAll, "Refused")
      yield* aMoment
      assert.deepStrictEqual(yield* statesOf(calls), ["Waiting", "Joined"])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("reports that the room is full, and lets guests who did not fit go on waiting", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      service.maxGuests = 2
      const calls = yield* listening
      yield* calls.setRoom({ waitingRoom: true })
      yield* strangersKnock(4)
      assert.strictEqual(yield* calls.setRoom({ waitingRoom: false }), "RoomFull")
      assert.deepInclude(yield* SubscriptionRef.get(calls.state), { waitingRoom: true })
      assert.deepStrictEqual(yield* statesOf(calls), ["Waiting", "Waiting", "Waiting", "Waiting"])

      // The first refusal ends it: no request is made in vain.
      assert.strictEqual(yield* calls.admitAll, "RoomFull")
      assert.strictEqual(service.sent("admit").length, 3)
      yield* aMoment
      assert.deepStrictEqual(yield* statesOf(calls), ["Joined", "Joined", "Waiting", "Waiting"])

      const [first, , third, fourth] = yield* SubscriptionRef.get(calls.guests)
      assert.strictEqual(yield* calls.admit(fourth?.peer.id ?? ""), "RoomFull")
      yield* calls.remove(first?.peer.id ?? "")
      assert.strictEqual(yield* calls.admit(third?.peer.id ?? ""), "Done")
      yield* aMoment
      assert.deepStrictEqual(yield* statesOf(calls), ["Joined", "Joined", "Waiting"])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("removes a guest for good", () =>
    Effect.gen(function* () {
      const calls = yield* listening
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      const [tile] = yield* SubscriptionRef.get(calls.guests)
      yield* calls.remove(tile?.peer.id ?? "")
      yield* TestClock.adjust("1 minute")
      assert.deepInclude(yield* SubscriptionRef.get(call.state), { _tag: "Refused", refusal: "Removed" })
      assert.deepStrictEqual(yield* SubscriptionRef.get(calls.guests), [])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("does not tell a guest refused in the waiting room that it was removed", () =>
    Effect.gen(function* () {
      const calls = yield* listening
      yield* calls.setRoom({ waitingRoom: true })
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      assert.deepInclude(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "Admission" })
      const [tile] = yield* SubscriptionRef.get(calls.guests)
      yield* calls.remove(tile?.peer.id ?? "")
      yield* TestClock.adjust("1 minute")
      assert.deepInclude(yield* SubscriptionRef.get(call.state), { _tag: "Refused", refusal: "NotAdmitted" })
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("locks the room before it removes a guest, if both are wanted", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const calls = yield* listening
      yield* makeGuestCall(quietGuest)
      yield* aMoment
      const [tile] = yield* SubscriptionRef.get(calls.guests)
      yield* calls.remove(tile?.peer.id ?? "", true)
      yield* aMoment
      assert.deepInclude(yield* SubscriptionRef.get(calls.state), { locked: true })
      const asked = service.requests.flatMap(({ body }) => (body === null ? [] : [body.type]))
      assert.isBelow(asked.indexOf("room"), asked.indexOf("remove"))
      assert.isAbove(asked.indexOf("room"), -1)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("keeps newcomers out of a locked room, until it is opened", () =>
    Effect.gen(function* () {
      const calls = yield* listening
      yield* calls.setRoom({ locked: true })
      assert.deepInclude(yield* SubscriptionRef.get(calls.state), { locked: true, waitingRoom: false })
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "RoomLocked" })
      yield* calls.setRoom({ locked: false })
      yield* call.retry
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )
})

describe("a refused request about a guest", () => {
  it("counts as done if the guest is gone", () => {
    assert.strictEqual(outcomeOf(new RecipientUnknown({ message: "" })), "Done")
    assert.strictEqual(outcomeOf(new RequestRefused({ reason: "RoomFull", message: "No." })), "RoomFull")
    assert.strictEqual(outcomeOf(new RequestRefused({ reason: "NotAllowed", message: "No." })), "Refused")
    assert.strictEqual(outcomeOf(new PeerUnknown({ message: "" })), "Refused")
  })
})
