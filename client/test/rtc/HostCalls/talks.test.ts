import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as SubscriptionRef from "effect/SubscriptionRef"
import type { GuestMessage, HostMessage } from "../../../rtc/control.js"
import { makeGuestCall } from "../../../rtc/GuestCall.js"
import { makeHostCalls } from "../../../rtc/HostCalls.js"
import { aMoment, Fakes, quietGuest, quietHost, untilTag } from "../../fakes/calls.js"

describe("the talk of host and guests", () => {
  it.scoped("changes the tile, reaches all who are in, and begins again after a reconnect", () =>
    Effect.gen(function* () {
      const toHost: Array<GuestMessage> = []
      const toGuest: Array<HostMessage> = []
      const calls = yield* makeHostCalls({
        hostKey: "k".repeat(43),
        resume: false,
        ...quietHost,
        greeting: () => Effect.succeed([{ type: "recording", on: true }]),
        received: (_, message) => Effect.sync(() => toHost.push(message))
      })
      yield* untilTag(calls.state, "Listening")
      const call = yield* makeGuestCall({
        ...quietGuest,
        greeting: Effect.succeed([{ type: "sending", camera: true, microphone: false, screen: false }]),
        received: (message) => Effect.sync(() => toGuest.push(message))
      })
      yield* aMoment
      const tile = Effect.map(SubscriptionRef.get(calls.guests), ([first]) => first)
      assert.deepStrictEqual((yield* tile)?.sending, { camera: true, microphone: false, screen: false })
      assert.deepStrictEqual(toGuest, [{ type: "recording", on: true }])

      yield* call.say({ type: "hand", raised: true })
      yield* call.say({ type: "chat", text: "Hello" })
      yield* aMoment
      assert.isNotNull((yield* tile)?.hand)
      assert.deepStrictEqual(toHost.slice(-2), [
        { type: "hand", raised: true },
        { type: "chat", text: "Hello" }
      ])
      yield* calls.lowerHand((yield* tile)?.peer.id ?? "")
      yield* calls.tellAll({ type: "talkback", on: true })
      yield* aMoment
      assert.isNull((yield* tile)?.hand)
      assert.deepStrictEqual(toGuest.slice(1), [{ type: "lower-hand" }, { type: "talkback", on: true }])

      yield* call.retry
      yield* aMoment
      assert.deepStrictEqual(toGuest.at(-1), { type: "recording", on: true })
      assert.deepStrictEqual((yield* tile)?.state, "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("goes on after a message that causes a defect in the page, and logs it", () => {
    const logged: Array<unknown> = []
    return Effect.gen(function* () {
      const heard: Array<string> = []
      const calls = yield* makeHostCalls({
        hostKey: "k".repeat(43),
        resume: false,
        ...quietHost,
        received: (_, message) =>
          Effect.sync(() => {
            if (message.type !== "chat") return
            if (message.text === "Break") throw new Error("A defect")
            heard.push(message.text)
          })
      })
      yield* untilTag(calls.state, "Listening")
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      for (const text of ["Break", "Hello"]) yield* call.say({ type: "chat", text })
      yield* aMoment
      assert.deepStrictEqual(heard, ["Hello"])
      assert.lengthOf(logged, 1)
    }).pipe(
      Effect.provide(Fakes),
      Effect.provide(
        Logger.replace(
          Logger.defaultLogger,
          Logger.make(({ message }) => void logged.push(message))
        )
      )
    )
  })
})
