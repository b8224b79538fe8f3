import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../../rtc/GuestCall.js"
import { aMoment, Fakes, hosting, quietGuest, tagOf } from "../../fakes/calls.js"
import { FakeService } from "../../fakes/FakeService.js"

describe("a connected guest", () => {
  it.scoped("polls the service every 5 minutes, and takes the messages there", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      yield* hosting()
      yield* aMoment
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      const token = service.sent("join").find(({ role }) => role === "guest")?.token
      const looks = () => service.requests.filter((request) => request.path === "/messages" && request.token === token)
      const before = looks().length
      yield* TestClock.adjust("270 seconds")
      assert.strictEqual(looks().length, before)
      yield* TestClock.adjust("60 seconds")
      assert.strictEqual(looks().length, before + 1)
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(looks().length, before + 2)
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )
})
