import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import { keepIceServersFresh, makeIceServers } from "../../rtc/iceServers.js"
import { iceServersMargin } from "../../rtc/timings.js"
import { type IceConfiguration, Signaling } from "../../signaling/Signaling.js"
import { Fakes, hosting, quietGuest } from "../fakes/calls.js"
import { FakeNetwork } from "../fakes/FakePeerConnections.js"
import { FakeService } from "../fakes/FakeService.js"

const token = "g".repeat(43)
const servers = (name: string, minutes: number): IceConfiguration => ({
  iceServers: [{ urls: [`turn:${name}`] }],
  expiresAt: new Date(minutes * 60_000).toISOString(),
  relay: true,
  policy: "all"
})

describe("ICE servers", () => {
  it.effect("are renewed 2 minutes before they expire, and an answer without servers changes nothing", () =>
    Effect.gen(function* () {
      const answers = [{ ...servers("none", 0), iceServers: [] }, servers("second", 600), servers("third", 900)]
      const set: Array<unknown> = []
      yield* Effect.fork(
        keepIceServersFresh(
          { setIceServers: (ice) => Effect.sync(() => void set.push(ice[0]?.urls)) },
          servers("first", 240),
          Effect.sync(() => answers.shift() ?? servers("fourth", 2000)),
          { margin: iceServersMargin, renewed: Effect.void }
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
    "keep their relay until it expires if the service gives no other, and are requested again when it says",
    () =>
      Effect.gen(function* () {
        const later = (minutes: number): IceConfiguration => ({ ...servers("stun", minutes), relay: false })
        const answers = [later(33), servers("second", 63)]
        const set: Array<unknown> = []
        let renewals = 0
        yield* Effect.fork(
          keepIceServersFresh(
            { setIceServers: (ice) => Effect.sync(() => void set.push(ice[0]?.urls)) },
            servers("first", 30),
            Effect.sync(() => answers.shift() ?? servers("third", 2000)),
            { margin: iceServersMargin, renewed: Effect.sync(() => void renewals++) }
          )
        )
        yield* TestClock.adjust("28 minutes")
        assert.strictEqual(answers.length, 1)
        assert.deepStrictEqual(set, [])
        yield* TestClock.adjust("3 minutes")
        assert.deepStrictEqual(set, [["turn:second"]])
        assert.strictEqual(renewals, 1)
      })
  )

  it.scoped("are renewed during a call: one through the relay moves to the new ones without an interruption", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const network = yield* FakeNetwork
      service.ice = servers("one", 7)
      yield* hosting()
      yield* TestClock.adjust("1 second")
      const call = yield* makeGuestCall(quietGuest)
      yield* TestClock.adjust("1 second")
      const [guest, host] = network.made
      guest?.relayed(true)
      const states: Array<string> = []
      yield* Effect.fork(Stream.runForEach(call.state.changes, ({ _tag }) => Effect.sync(() => states.push(_tag))))
      service.ice = servers("two", 14)
      yield* TestClock.adjust("4 minutes")
      // The host's first, so that it gathers from the new ones for the restart, too.
      assert.deepStrictEqual(host?.iceServers, servers("two", 14).iceServers)
      assert.strictEqual(guest?.iceRestarts, 0)
      yield* TestClock.adjust("2 minutes")
      assert.deepStrictEqual(guest?.iceServers, servers("two", 14).iceServers)
      assert.strictEqual(guest?.iceRestarts, 1)
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(network.made.length, 2)
      assert.deepStrictEqual([...new Set(states)], ["Live"])
      // The restart was answered: the fake is connected again, and opens its channel.
      assert.isTrue(yield* guest?.sendControl("{}") ?? Effect.succeed(false))

      guest?.relayed(false)
      service.ice = servers("three", 21)
      yield* TestClock.adjust("6 minutes")
      assert.deepStrictEqual(guest?.iceServers, servers("three", 21).iceServers)
      assert.strictEqual(guest?.iceRestarts, 1)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("of a host that was alone are requested again when a guest comes", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const network = yield* FakeNetwork
      service.ice = { ...servers("stun", 5), relay: false }
      yield* hosting()
      yield* TestClock.adjust("1 second")
      yield* makeGuestCall(quietGuest)
      yield* TestClock.adjust("1 second")
      service.ice = servers("turn", 30)
      yield* makeGuestCall({ ...quietGuest, name: "Bo" })
      // The host asks for its servers first, and answers with them in the second turn.
      yield* TestClock.adjust("1 second")
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(
        network.made.map(({ iceServers }) => iceServers[0]?.urls),
        [["turn:stun"], ["turn:stun"], ["turn:turn"], ["turn:turn"]]
      )
    }).pipe(Effect.provide(Fakes))
  )

  it.effect("are awaited until the service has sent its policy, which then holds while it is out of reach", () =>
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

  it.scoped("send all media of both sides through the relay if the service requires it", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const network = yield* FakeNetwork
      service.ice = { ...servers("one", 600), policy: "relay", relay: false, expiresAt: null }
      yield* network.carry(false)
      yield* hosting()
      yield* TestClock.adjust("1 second")
      const call = yield* makeGuestCall(quietGuest)
      yield* TestClock.adjust("1 minute")
      assert.isAtLeast(network.made.length, 4)
      assert.isTrue(network.made.every(({ settings }) => settings.relayOnly))
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Failed", cause: "RelayRefused" })
    }).pipe(Effect.provide(Fakes))
  )
})
