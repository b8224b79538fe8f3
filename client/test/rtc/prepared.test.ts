/**
 * A guest whose offer is ready before the press: it is sent with the join, and to no host whom the press does not mean.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { MediaDevices } from "../../media/MediaDevices.js"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import { prepareConnection } from "../../rtc/prepared.js"
import {
  aMoment,
  Fakes,
  hosting,
  isOpen,
  makeKnownClaim,
  noTracks,
  quietGuest,
  strangerKey,
  tagOf
} from "../fakes/calls.js"
import { FakeDevices, FakeMediaDevices } from "../fakes/FakeMediaDevices.js"
import { FakeNetwork } from "../fakes/FakePeerConnections.js"
import { FakeService } from "../fakes/FakeService.js"

const prepare = Effect.flatMap(FakeService, ({ ice }) => prepareConnection(ice, noTracks))
const joining = (known = makeKnownClaim()) =>
  Effect.flatMap(prepare, (prepared) => makeGuestCall({ ...quietGuest, known, prepared }))

const offers = Effect.map(FakeService, (service) => service.sent("offer").length)

describe("a prepared offer", () => {
  it.scoped("is answered after one request, and with no request for ICE servers", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      yield* hosting()
      yield* aMoment
      const before = service.requests.length
      const call = yield* joining()
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Live", path: "direct" })
      const token = service.sent("join").find(({ role }) => role === "guest")?.token
      const own = service.requests
        .slice(before)
        .filter((request) => request.token === token || request.body?.token === token)
      assert.deepStrictEqual(new Set(own.map(({ body, path }) => body?.type ?? path)), new Set(["join", "/messages"]))
      assert.strictEqual(yield* offers, 0)
      const { made } = yield* FakeNetwork
      assert.strictEqual(made.length, 2)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is made again if the answer to the join was lost, and the guest has one place", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const host = yield* hosting()
      yield* aMoment
      service.loseAnswers = 1
      const call = yield* joining()
      yield* TestClock.adjust("4 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
      assert.strictEqual((yield* SubscriptionRef.get(host.guests)).length, 1)
      assert.strictEqual((yield* FakeNetwork).made.filter(({ closed }) => !closed).length, 2)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is discarded if there is no host, who is called when it comes", () =>
    Effect.gen(function* () {
      const call = yield* joining()
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Waiting")
      assert.isFalse(yield* isOpen(0))
      yield* hosting()
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
      assert.strictEqual(yield* offers, 1)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("does not pass the waiting room, and the guest calls once it is let in", () =>
    Effect.gen(function* () {
      const host = yield* hosting()
      yield* aMoment
      yield* host.setRoom({ waitingRoom: true })
      yield* aMoment
      const call = yield* joining()
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "Admission" })
      assert.isFalse(yield* isOpen(0))
      const [tile] = yield* SubscriptionRef.get(host.guests)
      assert.strictEqual(tile?.state, "Waiting")
      yield* host.admit(tile?.peer.id ?? "")
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("goes to whoever has the room when the person presses, whomever this tab called before", () =>
    Effect.gen(function* () {
      yield* hosting()
      yield* aMoment
      const known = makeKnownClaim()
      known.set("another")
      const call = yield* joining(known)
      yield* aMoment
      assert.strictEqual(yield* tagOf(call), "Live")
      assert.notStrictEqual(known.get(), "another")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is not sent if the join gets through too late: another host has the room by then", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const host = yield* hosting()
      yield* aMoment
      const known = makeKnownClaim()
      const tab = yield* Scope.make()
      yield* Scope.extend(joining(known), tab)
      yield* aMoment
      yield* Scope.close(tab, Exit.void)
      service.faults.push(service.busy(60))
      const late = yield* joining(known)
      yield* aMoment
      yield* host.end
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* TestClock.adjust("2 minutes")
      assert.include(["Ended", "AnotherHost"], yield* tagOf(late))
      assert.deepStrictEqual(yield* SubscriptionRef.get(stranger.guests), [])
      const made = (yield* FakeNetwork).made
      assert.isTrue(made.every(({ closed }) => closed))
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is not sent if the first press of a tab meets another host than the one who was there", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const host = yield* hosting()
      yield* aMoment
      service.faults.push(service.busy(60))
      const late = yield* joining()
      yield* aMoment
      yield* host.end
      const stranger = yield* hosting({ hostKey: strangerKey })
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* tagOf(late), "AnotherHost")
      assert.deepStrictEqual(yield* SubscriptionRef.get(stranger.guests), [])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is not made again by a page that joins again by itself", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      yield* hosting()
      yield* aMoment
      const call = yield* joining()
      yield* aMoment
      // A fresh session of the same host: the token is unknown, and the page joins by itself.
      yield* hosting()
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(yield* tagOf(call), "Live")
      const joins = service.sent("join").filter(({ role }) => role === "guest")
      assert.deepStrictEqual(
        joins.map(({ offer }) => offer !== undefined),
        [true, false]
      )
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("takes up devices that were turned on or off since", () =>
    Effect.gen(function* () {
      yield* hosting()
      yield* aMoment
      const prepared = yield* prepare
      const devices = yield* FakeDevices
      devices.present = [{ kind: "camera", id: "c1", label: "Camera" }]
      const track = yield* Effect.flatMap(MediaDevices, ({ open }) => open("camera", { id: null, exact: false }))
      yield* makeGuestCall({ ...quietGuest, prepared, tracks: { ...noTracks, video: track } })
      yield* aMoment
      assert.strictEqual((yield* FakeNetwork).made[0]?.tracks.video, track)
    }).pipe(Effect.provide([Fakes, FakeMediaDevices]))
  )
})
