import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../../rtc/GuestCall.js"
import { aMoment, Fakes, hosting, noTracks, quietGuest } from "../../fakes/calls.js"
import { FakeNetwork } from "../../fakes/FakePeerConnections.js"

describe("the connection of a guest", () => {
  it.scoped("sends fewer frames while its machine has no time", () =>
    Effect.gen(function* () {
      yield* hosting()
      // No picture has to be real: only whether there is one counts.
      yield* makeGuestCall({ ...quietGuest, tracks: { ...noTracks, video: Object.create(null) } })
      yield* aMoment
      const { made } = yield* FakeNetwork
      const frames = () => made.map(({ limits }) => limits?.camera.maxFramerate)
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(frames(), [30, 0])
      made[0]?.strain()
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(frames(), [15, 0])
    }).pipe(Effect.provide(Fakes))
  )
})
