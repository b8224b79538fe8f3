import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import { memoryStore } from "../../browser/TextStore.js"
import { makeTabLocks } from "../../browser/tabLocks.js"
import { encodeControl, type GuestMessage, type HostMessage } from "../../rtc/control.js"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import { type HostCalls, makeHostCalls } from "../../rtc/HostCalls.js"
import { linesTaken, textsTaken } from "../../rtc/rateLimits.js"
import { makeSecrets, Secrets } from "../../signaling/Secrets.js"
import { Fakes, makeKnownClaim, quietGuest, quietHost, untilTag } from "../fakes/calls.js"
import { FakeNetwork } from "../fakes/FakePeerConnections.js"

/** One that no other guest has a place in. */
const aBrowser = () =>
  makeSecrets(
    memoryStore(),
    makeTabLocks(() => undefined)
  )

const aMoment = TestClock.adjust("1 second")

/** A host that tells each line to all others, Ada who listens, and the connection of Eve. */
const setUp = Effect.gen(function* () {
  const { made } = yield* FakeNetwork
  const lines: Array<{ readonly guest: string; readonly text: string }> = []
  const hears = { ada: [] as HostMessage[], eve: [] as HostMessage[] }
  const calls: HostCalls = yield* makeHostCalls({
    hostKey: "k".repeat(43),
    resume: false,
    ...quietHost,
    received: (guest, message): Effect.Effect<void> =>
      Effect.suspend(() => {
        if (message.type !== "chat") return Effect.void
        lines.push({ guest, text: message.text })
        return calls.tellAll({ type: "chat", id: `${lines.length}`, from: "Eve", text: message.text, at: 1 })
      })
  })
  yield* untilTag(calls.state, "Listening")
  const join = (name: keyof typeof hears) =>
    Effect.zipLeft(
      makeGuestCall({
        ...quietGuest,
        name,
        known: makeKnownClaim(),
        received: (message) => Effect.sync(() => hears[name].push(message))
      }).pipe(Effect.provideService(Secrets, aBrowser())),
      aMoment
    )
  const eve = yield* join("eve")
  const flooding = made[0]
  const ada = yield* join("ada")
  const say = (message: GuestMessage) => flooding?.sendControl(encodeControl(message)) ?? Effect.succeed(false)
  return { ada, calls, eve, hears, lines, say }
})

const text = "a".repeat(1000)

describe("a guest that writes without end", () => {
  it.scoped("delays no message to the others, and is told to slow down", () =>
    Effect.gen(function* () {
      const { calls, hears, lines, say } = yield* setUp
      for (let second = 0; second < 60; second++) {
        for (let line = 0; line < 5; line++) yield* say({ type: "chat", id: `${second}-${line}`, text })
        yield* aMoment
      }
      assert.isAtMost(lines.length, linesTaken.burst + 60_000 / linesTaken.every)
      assert.isAtLeast(lines.length, 60)
      assert.include(
        hears.eve.map(({ type }) => type),
        "slow-down"
      )
      assert.notInclude(
        hears.ada.map(({ type }) => type),
        "slow-down"
      )
      yield* calls.tellAll({ type: "recording", on: true })
      yield* TestClock.adjust("50 millis")
      assert.deepStrictEqual(hears.ada.at(-1), { type: "recording", on: true })
      // The lines that Eve may send have come, too, and do not wait for long.
      yield* TestClock.adjust("5 seconds")
      const come = hears.ada.flatMap((message) => {
        if (message.type === "history") return message.lines.map(({ id }) => id)
        return message.type === "chat" ? [message.id] : []
      })
      assert.deepStrictEqual(
        come,
        lines.map((_, index) => `${index + 1}`)
      )
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("keeps no other line from being delivered", () =>
    Effect.gen(function* () {
      const { ada, hears, lines, say } = yield* setUp
      for (let line = 0; line < textsTaken.burst; line++) yield* say({ type: "chat", id: `${line}`, text })
      yield* ada.say({ type: "chat", id: "mine", text: "May I say something?" })
      yield* aMoment
      assert.include(
        lines.map(({ text }) => text),
        "May I say something?"
      )
      yield* TestClock.adjust("5 seconds")
      assert.include(JSON.stringify(hears.eve), "May I say something?")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is slowed over all its connections", () =>
    Effect.gen(function* () {
      const { made } = yield* FakeNetwork
      let heard = 0
      const calls = yield* makeHostCalls({
        hostKey: "k".repeat(43),
        resume: false,
        ...quietHost,
        received: () => Effect.sync(() => void heard++)
      })
      yield* untilTag(calls.state, "Listening")
      const eve = yield* makeGuestCall({ ...quietGuest, known: makeKnownClaim() })
      yield* aMoment
      const hand = encodeControl({ type: "hand", raised: true })
      const begun = yield* Clock.currentTimeMillis
      for (let connection = 0; connection < 10; connection++) {
        // Her connection is made before the host's.
        const flooding = made.find(({ closed }) => !closed)
        for (let text = 0; text < textsTaken.burst; text++) yield* flooding?.sendControl(hand) ?? Effect.void
        yield* aMoment
        yield* eve.retry
        yield* TestClock.adjust("2 seconds")
      }
      const time = (yield* Clock.currentTimeMillis) - begun
      assert.isAtMost(heard, textsTaken.burst + time / textsTaken.every)
      assert.isAbove(heard, textsTaken.burst)
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("stops no other call if the host's page has a defect", () =>
    Effect.gen(function* () {
      const { made } = yield* FakeNetwork
      const calls = yield* makeHostCalls({
        hostKey: "k".repeat(43),
        resume: false,
        ...quietHost,
        received: () => Effect.die(new Error("Broken."))
      })
      yield* untilTag(calls.state, "Listening")
      const join = (name: string) =>
        makeGuestCall({ ...quietGuest, name, known: makeKnownClaim() }).pipe(
          Effect.provideService(Secrets, aBrowser()),
          Effect.zipLeft(aMoment)
        )
      yield* join("eve")
      yield* made[0]?.sendControl(encodeControl({ type: "hand", raised: true })) ?? Effect.void
      yield* aMoment
      yield* join("ada")
      const states = (yield* SubscriptionRef.get(calls.guests)).map(({ peer, state }) => [peer.name, state])
      assert.deepStrictEqual(states, [
        ["eve", "Live"],
        ["ada", "Live"]
      ])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("is forgotten when it goes", () =>
    Effect.gen(function* () {
      const { calls, say } = yield* setUp
      yield* say({ type: "bye" })
      yield* aMoment
      const names = (yield* SubscriptionRef.get(calls.guests)).map(({ peer }) => peer.name)
      assert.deepStrictEqual(names, ["ada"])
    }).pipe(Effect.provide(Fakes))
  )
})
