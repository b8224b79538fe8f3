/** What a host's page does for a guest who comes. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../../rtc/GuestCall.js"
import { makeAttendance } from "../../../rtc/HostCalls/attendance.js"
import { prepareConnection } from "../../../rtc/prepared.js"
import { makeSecret } from "../../../signaling/Secrets.js"
import { Signaling } from "../../../signaling/Signaling.js"
import { aMoment, Fakes, hosting, makeKnownClaim, noTracks, quietGuest } from "../../fakes/calls.js"
import { FakeService } from "../../fakes/FakeService.js"

describe("a guest who comes", () => {
  it.scoped("is answered first, and then shown with all that is known by then", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const host = yield* hosting()
      yield* aMoment
      const shown: Array<string> = []
      yield* host.guests.changes.pipe(
        Stream.runForEach((tiles) =>
          Effect.sync(() => shown.push(`${tiles.map(({ state }) => state)} after ${service.sent("answer").length}`))
        ),
        Effect.forkScoped
      )
      const prepared = yield* prepareConnection(service.ice, noTracks)
      yield* makeGuestCall({ ...quietGuest, known: makeKnownClaim(), prepared })
      yield* aMoment
      assert.deepStrictEqual(shown.slice(0, 2), [" after 0", "Connecting after 1"])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is shown within a second if no answer to the offer can be made, and delays no other from then on", () =>
    Effect.gen(function* () {
      const host = yield* hosting()
      yield* aMoment
      const { joinAsGuest } = yield* Signaling
      yield* joinAsGuest({ token: yield* makeSecret, name: "Ada" }, { connection: "c1", sdp: "of no browser" })
      yield* TestClock.adjust("999 millis")
      assert.deepStrictEqual(yield* SubscriptionRef.get(host.guests), [])
      yield* TestClock.adjust("1 millis")
      const shown = Effect.map(SubscriptionRef.get(host.guests), (tiles) => tiles.map(({ peer }) => peer.name))
      assert.deepStrictEqual(yield* shown, ["Ada"])
      yield* joinAsGuest({ token: yield* makeSecret, name: "Grace" })
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(yield* shown, ["Ada", "Grace"])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("does not count as new if a resumed session lists it: it is shown before the page listens", () =>
    Effect.gen(function* () {
      yield* hosting()
      yield* aMoment
      yield* makeGuestCall(quietGuest)
      yield* aMoment
      const resumed = yield* hosting({ resume: true })
      const seen: Array<string> = []
      const note = (what: string) => Effect.sync(() => seen.push(what))
      yield* Effect.forkScoped(Stream.runForEach(resumed.state.changes, ({ _tag }) => note(_tag)))
      yield* Effect.forkScoped(Stream.runForEach(resumed.guests.changes, ({ length }) => note(`${length} shown`)))
      yield* aMoment
      assert.isBelow(seen.indexOf("1 shown"), seen.indexOf("Listening"), seen.join(", "))
    }).pipe(Effect.provide(Fakes))
  )

  for (const guests of [0, 3, 49]) {
    it.scoped(`causes no look at the others, with ${guests} present`, () =>
      Effect.gen(function* () {
        const looked: Array<string> = []
        const attendance = yield* makeAttendance({
          show: (guest) => Effect.sync(() => looked.push(guest)),
          due: Effect.void
        })
        for (let index = 0; index < guests; index++) yield* attendance.note(`guest ${index}`, "Joined")
        yield* attendance.settle
        looked.length = 0
        yield* attendance.note("Ada", "Joined")
        yield* attendance.settle
        yield* attendance.settle
        assert.deepStrictEqual(looked, ["Ada"])
      })
    )
  }
})
