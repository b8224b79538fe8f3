import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { FakeNetwork } from "../rtc/FakePeerConnections.js"
import { makeGuestCall } from "../rtc/GuestCall.js"
import { makeHostCalls } from "../rtc/HostCalls.js"
import { keepIceServersFresh, makeIceServers } from "../rtc/iceServers.js"
import { type IceConfiguration, Signaling } from "../signaling/Signaling.js"
import { FakeService } from "./FakeService.js"
import { Fakes, quietGuest, quietHost } from "./fakes.js"

const hostKey = "k".repeat(43)
const token = "g".repeat(43)
const servers = (name: string, minutes: number): IceConfiguration => ({
  iceServers: [{ urls: [`turn:${name}`] }],
  expiresAt: new Date(minutes * 60_000).toISOString(),
  relay: true,
  policy: "all"
})

describe("ICE servers", () => {
  it.effect("are renewed 2 minutes before they expire, and an answer with none changes nothing", () =>
    Effect.gen(function* () {
      const answers = [{ ...servers("none", 0), iceServers: [] }, servers("second", 600), servers("third", 900)]
      const set: Array<unknown> = []
      yield* Effect.fork(
        keepIceServersFresh(
          { setIceServers: (ice) => Effect.sync(() => void set.push(ice[0]?.urls)) },
          servers("first", 240),
          Effect.sync(() => answers.shift() ?? servers("fourth", 2000))
        )
      )
      yield* TestClock.adjust("237 minutes")
      assert.strictEqual(answers.length, 3)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(answers.length, 2)
      assert.deepStrictEqual(set, [])
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(set, [["turn:second"]])
      yield* TestClock.adjust("361 minutes")
      assert.deepStrictEqual(set, [["turn:second"], ["turn:third"]])
    })
  )

  it.effect(
    "are waited for until the service has once said its policy, and then keep it while it is out of reach",
    () =>
      Effect.gen(function* () {
        const service = yield* FakeService
        const signaling = yield* Signaling
        yield* signaling.joinAsGuest({ token })
        service.ice = { ...servers("one", 600), policy: "relay" }
        service.down = true
        const ask = yield* makeIceServers(() => token)
        const first = yield* Effect.fork(ask)
        yield* TestClock.adjust("1 minute")
        assert.isTrue(Option.isNone(yield* Fiber.poll(first)))
        service.down = false
        yield* TestClock.adjust("10 seconds")
        assert.strictEqual((yield* Fiber.join(first)).policy, "relay")
        service.down = true
        const second = yield* Effect.fork(ask)
        yield* TestClock.adjust("5 seconds")
        assert.strictEqual((yield* Fiber.join(second)).policy, "relay")
      }).pipe(Effect.provide(Fakes))
  )

  it.scoped("send all media of both sides through the relay where the service says so", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const network = yield* FakeNetwork
      service.ice = { ...servers("one", 600), policy: "relay", relay: false, expiresAt: null }
      yield* network.carry(false)
      yield* makeHostCalls({ hostKey, resume: false, ...quietHost })
      yield* TestClock.adjust("1 second")
      const call = yield* makeGuestCall(quietGuest)
      yield* TestClock.adjust("1 minute")
      assert.isAtLeast(network.made.length, 4)
      assert.isTrue(network.made.every(({ settings }) => settings.relayOnly))
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Failed", cause: "RelayRefused" })
    }).pipe(Effect.provide(Fakes))
  )
})
