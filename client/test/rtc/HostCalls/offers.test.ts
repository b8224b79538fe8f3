import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import type { ConnectionMessage } from "../../../rtc/Connection.js"
import { makeGuestCall } from "../../../rtc/GuestCall.js"
import { makeOffers, newestOffers } from "../../../rtc/HostCalls/offers.js"
import { minConnectionInterval } from "../../../rtc/timings.js"
import { type Message, Signaling } from "../../../signaling/Signaling.js"
import { Fakes, hosting, quietGuest, tagOf, untilTag } from "../../fakes/calls.js"
import { FakeNetwork } from "../../fakes/FakePeerConnections.js"
import { FakeService } from "../../fakes/FakeService.js"

let lastId = 0
const offer = (from: string, connection: string): Extract<Message, { readonly type: "offer" }> => ({
  id: ++lastId,
  from,
  type: "offer",
  connection,
  sdp: "fake 99"
})
const candidate = (from: string, connection: string): ConnectionMessage => ({
  id: ++lastId,
  from,
  type: "candidate",
  connection,
  candidates: [{ candidate: `candidate:${lastId} 1 udp 1 192.0.2.1 9 typ host` }],
  complete: false
})

const pause = Duration.toMillis(minConnectionInterval)
const guests = FastCheck.constantFrom("ada", "eve")
const connections = FastCheck.constantFrom("a", "b", "c")
const step = FastCheck.oneof(
  FastCheck.record({ do: FastCheck.constant("offer" as const), guest: guests, connection: connections }),
  FastCheck.record({ do: FastCheck.constant("candidate" as const), guest: guests, connection: connections }),
  FastCheck.record({ do: FastCheck.constant("wait" as const), time: FastCheck.nat(3000) }),
  FastCheck.record({ do: FastCheck.constant("go" as const), guest: guests })
)

const listening = hosting().pipe(Effect.tap(({ state }) => untilTag(state, "Listening")))

describe("the offers of a guest", () => {
  it.effect.prop(
    "are answered for the newest, and make at most one connection in 2 s, whatever their order",
    [FastCheck.array(step, { minLength: 5, maxLength: 60 })],
    ([steps]) =>
      Effect.gen(function* () {
        const answers: Array<{ time: number; offer: ConnectionMessage; early: ReadonlyArray<ConnectionMessage> }> = []
        const offers = yield* makeOffers({
          perform: (effect) => effect,
          answer: (offer, early) =>
            Effect.map(Clock.currentTimeMillis, (time) => void answers.push({ time, offer, early }))
        })
        const newest = new Map<string, ConnectionMessage>()
        for (const now of steps) {
          if (now.do === "wait") yield* TestClock.adjust(now.time)
          else if (now.do === "go") {
            newest.delete(now.guest)
            yield* offers.drop(now.guest)
          } else {
            const message = (now.do === "offer" ? offer : candidate)(now.guest, now.connection)
            if (message.type === "offer") newest.set(now.guest, message)
            yield* offers.receive(message)
          }
        }
        const answered = answers.length
        yield* TestClock.adjust(minConnectionInterval)
        for (const guest of ["ada", "eve"]) {
          const mine = answers.filter(({ offer }) => offer.from === guest)
          if (newest.has(guest)) assert.strictEqual(mine.at(-1)?.offer, newest.get(guest))
          for (const [index, { early, offer, time }] of mine.entries()) {
            assert.isTrue(early.every((one) => one.from === guest && one.connection === offer.connection))
            const before = mine[index - 1]
            if (before !== undefined) assert.isAtLeast(time - before.time, pause)
          }
        }
        assert.isAtMost(answers.length - answered, 2)
      }).pipe(Effect.scoped),
    { fastCheck: { numRuns: 40 } }
  )

  it("count once if they come together, and all other messages stay", () => {
    const messages = FastCheck.array(
      FastCheck.oneof(
        FastCheck.record({ from: guests, connection: connections, type: FastCheck.constant("offer") }),
        FastCheck.record({ from: guests, connection: connections, type: FastCheck.constant("candidate") })
      )
    )
    FastCheck.assert(
      FastCheck.property(messages, (made) => {
        const all: ReadonlyArray<ConnectionMessage> = made.map(({ connection, from, type }) =>
          (type === "offer" ? offer : candidate)(from, connection)
        )
        const left = [...newestOffers(Chunk.fromIterable<Message>(all))]
        for (const guest of ["ada", "eve"]) {
          const of = (list: ReadonlyArray<Message>) =>
            list.filter(({ from, type }) => from === guest && type === "offer")
          assert.deepStrictEqual(of(left), of(all).slice(-1))
        }
        const others = (list: ReadonlyArray<Message>) => list.filter(({ type }) => type !== "offer")
        assert.deepStrictEqual(others(left), others(all))
      })
    )
  })

  it.scoped("do not overload the host: a flood makes one connection in 2 s, and its last offer is answered", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const { made } = yield* FakeNetwork
      const signaling = yield* Signaling
      const calls = yield* listening
      const flooding = "f".repeat(43)
      const { host, peer } = yield* signaling.joinAsGuest({ token: flooding, name: "Eve" })
      for (let number = 0; number < 150; number++) {
        yield* signaling.send(flooding, { type: "offer", to: host?.id ?? "", connection: `c${number}`, sdp: "fake 99" })
        yield* TestClock.adjust("40 millis")
      }
      yield* TestClock.adjust("3 seconds")
      // 150 offers in 6 s: one at once, and one after each 2 s.
      assert.isAtMost(made.length, 5)
      assert.strictEqual(service.sent("answer").at(-1)?.connection, "c149")
      assert.strictEqual(made.filter(({ closed }) => !closed).length, 1)
      const tiles = yield* SubscriptionRef.get(calls.guests)
      assert.deepStrictEqual(
        tiles.map((tile) => tile.peer.id),
        [peer.id]
      )
      // And nobody else waits for it.
      const call = yield* makeGuestCall(quietGuest)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* tagOf(call), "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("of an open connection are restarts: one in 2 s is answered, and at once after a quiet time", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const { made } = yield* FakeNetwork
      const signaling = yield* Signaling
      yield* listening
      const token = "t".repeat(43)
      const { host } = yield* signaling.joinAsGuest({ token })
      const send = (connection: string) =>
        signaling.send(token, { type: "offer", to: host?.id ?? "", connection, sdp: "fake 99" })
      for (const connection of ["one", "one", "one", "two", "one"]) {
        yield* send(connection)
        yield* TestClock.adjust("50 millis")
      }
      const answered = () => service.sent("answer").map(({ connection }) => connection)
      assert.deepStrictEqual(answered(), ["one"])
      // The newest offer was for the first connection, so the second is no longer wanted.
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(made.length, 1)
      assert.deepStrictEqual(answered(), ["one", "one"])
      yield* send("one")
      yield* TestClock.adjust("50 millis")
      assert.deepStrictEqual(answered(), ["one", "one", "one"])
      yield* send("two")
      yield* TestClock.adjust("50 millis")
      assert.strictEqual(service.sent("answer").at(-1)?.connection, "two")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("of a guest who takes no answers cost one request at a time", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const signaling = yield* Signaling
      yield* listening
      const token = "t".repeat(43)
      const { host } = yield* signaling.joinAsGuest({ token })
      const offers = 20
      for (let number = 0; number < offers; number++) {
        service.maxUnread = 256
        yield* signaling.send(token, { type: "offer", to: host?.id ?? "", connection: "one", sdp: "fake 99" })
        // The host finds the inbox full.
        service.maxUnread = 0
        yield* TestClock.adjust(minConnectionInterval)
      }
      const requests = service.sent("answer").length
      assert.isAtLeast(requests, offers / 2)
      assert.isAtMost(requests, offers)
      // Only the last one is repeated.
      yield* TestClock.adjust("1 minute")
      assert.isAtMost(service.sent("answer").length - requests, 12)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("are forgotten with the guest", () =>
    Effect.gen(function* () {
      const { made } = yield* FakeNetwork
      const signaling = yield* Signaling
      const calls = yield* listening
      const token = "t".repeat(43)
      const { host, peer } = yield* signaling.joinAsGuest({ token })
      const send = (connection: string) =>
        signaling.send(token, { type: "offer", to: host?.id ?? "", connection, sdp: "fake 99" })
      yield* send("one")
      yield* TestClock.adjust("50 millis")
      yield* send("two")
      yield* signaling.leave(token, { end: false })
      yield* TestClock.adjust("50 millis")
      yield* calls.tell(peer.id, { type: "mute" })
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(yield* SubscriptionRef.get(calls.guests), [])
      assert.strictEqual(made.length, 1)
      assert.isTrue(made.every(({ closed }) => closed))
    }).pipe(Effect.provide(Fakes))
  )
})
