import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { Signaling } from "../../signaling/Signaling.js"
import { Fakes, wake } from "../fakes/calls.js"
import { FakeService } from "../fakes/FakeService.js"

const token = "g".repeat(43)
const hostToken = "h".repeat(43)
const hostKey = "k".repeat(43)

/** A host and a guest, joined. */
const joined = Effect.gen(function* () {
  const signaling = yield* Signaling
  const service = yield* FakeService
  const host = yield* signaling.joinAsHost({ token: hostToken, hostKey })
  const guest = yield* signaling.joinAsGuest({ token })
  const offer = { type: "offer", to: host.peer.id, connection: "c1", sdp: "v=0" } as const
  return { signaling, service, host, guest, offer }
})

describe("a message", () => {
  it.effect("is repeated with the same key until it is delivered", () =>
    Effect.gen(function* () {
      const { offer, service, signaling } = yield* joined
      service.faults.push("down", new Response("oops", { status: 500 }))
      const sending = yield* Effect.fork(signaling.send(token, offer))
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(sending)
      const keys = service.requests.filter(({ body }) => body?.type === "offer").map(({ key }) => key)
      assert.strictEqual(keys.length, 3)
      assert.strictEqual(new Set(keys).size, 1)
    }).pipe(Effect.provide(Fakes))
  )

  for (const { random, millis } of [
    { random: 0, millis: 10_000 },
    { random: 0.5, millis: 11_500 },
    { random: 1, millis: 13_000 }
  ]) {
    it.effect(`is repeated ${millis} ms after a Retry-After of 10 s with a random number of ${random}`, () =>
      Effect.gen(function* () {
        const { offer, service, signaling } = yield* joined
        service.faults.push(service.busy(10))
        const sending = yield* Effect.fork(Effect.withRandom(signaling.send(token, offer), Random.fixed([random])))
        yield* TestClock.adjust(millis - 100)
        assert.strictEqual(service.sent("offer").length, 1)
        yield* TestClock.adjust(200)
        yield* Fiber.join(sending)
        assert.strictEqual(service.sent("offer").length, 2)
      }).pipe(Effect.provide(Fakes))
    )
  }

  it.effect("is sent again at once after a wake", () =>
    Effect.gen(function* () {
      const { offer, service, signaling } = yield* joined
      service.down = true
      const sending = yield* Effect.fork(signaling.send(token, offer))
      yield* TestClock.adjust("60 seconds")
      assert.isFalse(yield* SubscriptionRef.get(signaling.reachable))
      service.down = false
      yield* wake("visible")
      yield* Fiber.join(sending)
      assert.isTrue(yield* SubscriptionRef.get(signaling.reachable))
    }).pipe(Effect.provide(Fakes))
  )

  it.effect("to an unknown recipient fails with the service's own message", () =>
    Effect.gen(function* () {
      const { offer, signaling } = yield* joined
      const failure = yield* Effect.flip(signaling.send(token, { ...offer, to: "nobody" }))
      assert.deepStrictEqual([failure._tag, failure.message], ["RecipientUnknown", "RecipientUnknown."])
    }).pipe(Effect.provide(Fakes))
  )
})

describe("the inbox", () => {
  it.effect("is read by long polls back to back, each message once", () =>
    Effect.gen(function* () {
      const { host, offer, service, signaling } = yield* joined
      const reading = yield* Effect.fork(Stream.runCollect(Stream.take(signaling.messages(hostToken, host.cursor), 3)))
      yield* TestClock.adjust("60 seconds")
      assert.strictEqual(service.polls(), 4)
      yield* signaling.send(token, { ...offer, connection: "c1" })
      yield* signaling.send(token, { ...offer, connection: "c2" })
      const messages = Chunk.toReadonlyArray(yield* Fiber.join(reading))
      assert.deepStrictEqual(
        messages.map((message) => message.type === "offer" && message.connection),
        [false, "c1", "c2"]
      )
    }).pipe(Effect.provide(Fakes))
  )

  it.effect("fails with PeerUnknown once the token is dead", () =>
    Effect.gen(function* () {
      const { guest, service, signaling } = yield* joined
      const reading = yield* Effect.fork(Effect.flip(Stream.runDrain(signaling.messages(token, guest.cursor))))
      yield* TestClock.adjust("1 second")
      yield* service.forget
      assert.strictEqual((yield* Fiber.join(reading))._tag, "PeerUnknown")
    }).pipe(Effect.provide(Fakes))
  )

  it.effect("is polled again 10 seconds after a hold that was never answered", () =>
    Effect.gen(function* () {
      const { guest, service, signaling } = yield* joined
      service.faults.push("silence")
      yield* Effect.fork(Stream.runDrain(signaling.messages(token, guest.cursor)))
      yield* TestClock.adjust("34900 millis")
      assert.strictEqual(service.polls(), 1)
      assert.isTrue(yield* SubscriptionRef.get(signaling.reachable))
      yield* TestClock.adjust("600 millis")
      assert.strictEqual(service.polls(), 2)
    }).pipe(Effect.provide(Fakes))
  )

  it.effect("is polled again after the machine slept", () =>
    Effect.gen(function* () {
      const { guest, service, signaling } = yield* joined
      yield* Effect.fork(Stream.runDrain(signaling.messages(token, guest.cursor)))
      yield* TestClock.adjust("1 second")
      yield* wake("slept")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(service.polls(), 2)
    }).pipe(Effect.provide(Fakes))
  )

  it.effect("is polled again after online, but not when the page becomes visible", () =>
    Effect.gen(function* () {
      const { guest, service, signaling } = yield* joined
      yield* Effect.fork(Stream.runDrain(signaling.messages(token, guest.cursor)))
      yield* TestClock.adjust("1 second")
      yield* wake("visible")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(service.polls(), 1)
      yield* wake("online")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(service.polls(), 2)
    }).pipe(Effect.provide(Fakes))
  )
})
