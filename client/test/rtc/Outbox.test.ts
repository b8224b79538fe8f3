import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import type { GuestMessage, HostMessage } from "../../rtc/control.js"
import { inBatches, makeOutbox } from "../../rtc/Outbox.js"
import { stateSent, textsTaken } from "../../rtc/rateLimits.js"

describe("an outbox", () => {
  const setUp = (open = true) => {
    const sent: Array<GuestMessage> = []
    const channel = { open }
    const outbox = makeOutbox<GuestMessage>()
    const drain = (greeting: ReadonlyArray<GuestMessage> = []) =>
      Effect.fork(
        outbox.drain(greeting, (message) =>
          Effect.sync(() => {
            if (channel.open) sent.push(message)
            return channel.open
          })
        )
      )
    return { channel, drain, outbox, sent }
  }
  const chat = (text: string): GuestMessage => ({ type: "chat", text })
  const hand = (raised: boolean): GuestMessage => ({ type: "hand", raised })

  it.effect("sends the greeting first, and of each state only the latest", () =>
    Effect.gen(function* () {
      const { drain, outbox, sent } = setUp()
      yield* outbox.say(hand(true))
      yield* outbox.say(chat("one"))
      yield* outbox.say(chat("two"))
      yield* drain([hand(false)])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(sent, [hand(false), chat("one"), chat("two")])
    })
  )

  it.effect("repeats no line that is in the history of its greeting", () =>
    Effect.gen(function* () {
      const sent: Array<HostMessage> = []
      const outbox = makeOutbox<HostMessage>()
      const line = (id: string) => ({ id, from: "Ada", text: "Hello", at: 1 })
      yield* outbox.say({ type: "chat", ...line("1") })
      yield* outbox.say({ type: "chat", ...line("2") })
      const history = [["0", "1"], ["9"]].map(
        (ids): HostMessage => ({ type: "history", lines: ids.map((id) => line(id)) })
      )
      yield* Effect.fork(outbox.drain(history, (message) => Effect.sync(() => sent.push(message) > 0)))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(sent, [...history, { type: "chat", ...line("2") }])
    })
  )

  it.effect("waits for a channel, and loses nothing when it closes", () =>
    Effect.gen(function* () {
      const { channel, drain, outbox, sent } = setUp(false)
      const first = yield* drain()
      yield* outbox.say(chat("one"))
      yield* TestClock.adjust("5 seconds")
      yield* Fiber.interrupt(first)
      channel.open = true
      yield* drain([hand(true)])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(sent, [hand(true), chat("one")])
    })
  )

  it.effect.prop(
    "sends at a rate that the other side takes in full, even after the channel was blocked for 10 s",
    [
      FastCheck.array(FastCheck.tuple(FastCheck.constantFrom("talk", "hand", "sending"), FastCheck.nat(2000)), {
        minLength: 35,
        maxLength: 45
      })
    ],
    ([said]) =>
      Effect.gen(function* () {
        const outbox = makeOutbox<GuestMessage>()
        const sent: Array<number> = []
        yield* Effect.fork(outbox.drain([], () => Effect.map(Clock.currentTimeMillis, (time) => sent.push(time) > 0)))
        for (const [what, rest] of said) {
          if (what === "talk") yield* outbox.say(chat("Hello"))
          else if (what === "hand") yield* outbox.say(hand(true))
          else yield* outbox.say({ type: "sending", camera: true, microphone: true, screen: false })
          yield* TestClock.adjust(rest)
        }
        for (const begin of sent) {
          const together = sent.filter((time) => time >= begin && time < begin + 20_000)
          assert.isAtMost(together.length, textsTaken.burst)
        }
        yield* TestClock.adjust("2 minutes")
        assert.isAtLeast(sent.length, said.filter(([what]) => what === "talk").length)
      }),
    { fastCheck: { numRuns: 5 } }
  )

  it.effect.prop(
    "sends states at once, however much talk waits, and loses no line",
    [
      FastCheck.array(FastCheck.oneof(FastCheck.integer({ min: 1, max: 12 }), FastCheck.boolean()), {
        minLength: 5,
        maxLength: 20
      })
    ],
    ([steps]) =>
      Effect.gen(function* () {
        const outbox = makeOutbox(inBatches)
        const sent: Array<HostMessage> = []
        yield* Effect.fork(outbox.drain([], (message) => Effect.sync(() => sent.push(message) > 0)))
        let written = 0
        let told = 0
        for (const step of steps) {
          if (typeof step === "number") {
            for (let line = 0; line < step; line++) {
              yield* outbox.say({ type: "chat", id: `${written++}`, from: "Eve", text: "Hello", at: 1 })
            }
          } else {
            yield* outbox.say({ type: "recording", on: step })
            // Without any wait.
            yield* TestClock.adjust(0)
            told++
            const states = sent.filter(({ type }) => type === "recording")
            assert.strictEqual(states.length, told)
            assert.deepStrictEqual(states.at(-1), { type: "recording", on: step })
            yield* TestClock.adjust(stateSent.every)
          }
        }
        yield* TestClock.adjust("30 seconds")
        const lines = sent.flatMap((message) => {
          if (message.type === "history") return message.lines.map(({ id }) => id)
          return message.type === "chat" ? [message.id] : []
        })
        assert.deepStrictEqual(
          lines,
          Array.from({ length: written }, (_, index) => `${index}`)
        )
      }),
    { fastCheck: { numRuns: 15 } }
  )

  it.effect("drops the oldest lines for a peer that takes none, but never a state", () =>
    Effect.gen(function* () {
      const { channel, drain, outbox, sent } = setUp(false)
      yield* drain()
      yield* outbox.say(hand(true))
      for (let index = 0; index < 300; index++) yield* outbox.say(chat(`${index}`))
      yield* outbox.say(hand(false))
      channel.open = true
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual(sent[0], hand(false))
      assert.deepStrictEqual(
        sent.slice(1),
        Array.from({ length: 200 }, (_, index) => chat(`${index + 100}`))
      )
    })
  )

  it.effect("sends the whole history, even if one of its lines is sent again", () =>
    Effect.gen(function* () {
      const sent: Array<HostMessage> = []
      const channel = { open: false }
      const outbox = makeOutbox(inBatches)
      const line = (id: string) => ({ id, from: "Ada", text: "Hello", at: 1 })
      const history: HostMessage = { type: "history", lines: [line("1"), line("2")] }
      yield* Effect.fork(
        outbox.drain([history], (message) => {
          if (channel.open) sent.push(message)
          return Effect.succeed(channel.open)
        })
      )
      yield* TestClock.adjust("1 second")
      yield* outbox.say({ type: "chat", ...line("2") })
      channel.open = true
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(sent, [history, { type: "chat", ...line("2") }])
    })
  )
})
