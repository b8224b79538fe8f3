/** Guests whose page or network is gone, as the host's page shows them. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as TestClock from "effect/TestClock"
import type { GuestMessage } from "../../rtc/control.js"
import { makeGuestCall } from "../../rtc/GuestCall.js"
import type { HostCalls } from "../../rtc/HostCalls.js"
import { PeerConnections } from "../../rtc/PeerConnections.js"
import { Signaling } from "../../signaling/Signaling.js"
import { aMoment, Fakes, hosting, noTracks, quietGuest, untilTag } from "../fakes/calls.js"
import { FakeNetwork } from "../fakes/FakePeerConnections.js"
import { FakeService } from "../fakes/FakeService.js"

const tilesOf = (calls: HostCalls) =>
  Effect.map(SubscriptionRef.get(calls.guests), (tiles) => tiles.map(({ peer, state }) => [peer.name, state] as const))

/** A page that mends nothing: it joins, calls, and then does nothing more. */
const pageOf = (name: string) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const connections = yield* PeerConnections
    const token = name.padEnd(43, "_")
    const place = yield* signaling.joinAsGuest({ token, name })
    const to = place.host?.id ?? ""
    const scope = yield* Scope.make()
    const connection = yield* Scope.extend(
      connections.make({ iceServers: [], relayOnly: false, tracks: noTracks }),
      scope
    )
    const say = connection.sendControl
    const sdp = yield* connection.offer({ iceRestart: false })
    yield* signaling.send(token, { type: "offer", to, connection: name, sdp })
    yield* signaling.send(token, {
      type: "candidate",
      to,
      connection: name,
      candidates: [{ candidate: "candidate:1" }]
    })
    yield* aMoment
    for (const message of (yield* signaling.readInbox(token, place.cursor)).messages) {
      if (message.type === "answer") {
        yield* connection.applyAnswer(message.sdp)
        yield* Effect.forEach(message.candidates ?? [], connection.addCandidate)
      }
      if (message.type === "candidate") yield* connection.addCandidate(message.candidates[0] ?? null)
    }
    yield* aMoment
    return {
      say: (message: GuestMessage) => say(JSON.stringify(message)),
      away: signaling.away(token),
      close: Scope.close(scope, Exit.void)
    }
  })

describe("a host's guests", () => {
  it.scoped("are away 5 s after their page closed, and come back in their place with their new name", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      const ada = yield* pageOf("Ada")
      yield* pageOf("Grace")
      assert.deepStrictEqual(yield* tilesOf(calls), [
        ["Ada", "Live"],
        ["Grace", "Live"]
      ])
      yield* ada.say({ type: "hand", raised: true })
      yield* ada.say({ type: "sending", camera: true, microphone: true, screen: true })
      yield* aMoment
      const [sharing] = yield* SubscriptionRef.get(calls.guests)
      assert.isTrue(sharing?.sending.screen)
      yield* ada.say({ type: "away" })
      yield* ada.away
      yield* ada.close
      yield* TestClock.adjust("4 seconds")
      const [closing] = yield* SubscriptionRef.get(calls.guests)
      // A reloaded page does not share the screen that it shared before.
      const sending = { camera: true, microphone: true, screen: false }
      assert.deepInclude(closing, { state: "Interrupted", screen: null, sending })
      yield* TestClock.adjust("1 second")
      const [tile] = yield* SubscriptionRef.get(calls.guests)
      assert.deepInclude(tile, { state: "Away", hand: null, stream: null, screen: null, quality: null })
      // There is no page any more: nothing could be mended.
      assert.strictEqual(network.made.filter(({ closed }) => !closed).length, 2)

      const signaling = yield* Signaling
      yield* signaling.joinAsGuest({ token: "Ada".padEnd(43, "_"), name: "Ada Lovelace" })
      yield* aMoment
      assert.deepStrictEqual(yield* tilesOf(calls), [
        ["Ada Lovelace", "Joined"],
        ["Grace", "Live"]
      ])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("are away after 60 s without a network, and an ICE restart brings them back, however late", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const network = yield* FakeNetwork
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      const [, hosts] = network.made
      const stream = {} as MediaStream
      yield* hosts?.emit({ _tag: "Stream", stream }) ?? Effect.void
      yield* aMoment
      service.down = true
      yield* network.carry(false)
      yield* TestClock.adjust("9 seconds")
      const tile = Effect.map(SubscriptionRef.get(calls.guests), ([first]) => first)
      assert.deepInclude(yield* tile, { state: "Interrupted", gone: null, stream })
      yield* TestClock.adjust("1 second")
      assert.isNotNull((yield* tile)?.gone)
      yield* TestClock.adjust("49 seconds")
      assert.strictEqual((yield* tile)?.state, "Interrupted")
      yield* TestClock.adjust("1 second")
      assert.deepInclude(yield* tile, { state: "Away", stream: null })
      yield* TestClock.adjust("30 seconds")
      assert.isFalse(hosts?.closed)
      service.down = false
      yield* network.carry(true)
      yield* TestClock.adjust("10 seconds")
      assert.deepInclude(yield* tile, { state: "Live", gone: null, stream })
      assert.isFalse(hosts?.closed)
      assert.strictEqual((yield* SubscriptionRef.get(call.state))._tag, "Live")
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("are still there if their page was hidden and is back soon", () =>
    Effect.gen(function* () {
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      const ada = yield* pageOf("Ada")
      yield* ada.say({ type: "away" })
      yield* ada.away
      yield* aMoment
      assert.deepStrictEqual(yield* tilesOf(calls), [["Ada", "Interrupted"]])
      yield* ada.say({ type: "sending", camera: true, microphone: false, screen: false })
      yield* TestClock.adjust("70 seconds")
      assert.deepStrictEqual(yield* tilesOf(calls), [["Ada", "Live"]])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped(
    "are away if a resumed session lists them and they do not call, and not shown in between if they were away",
    () =>
      Effect.gen(function* () {
        const signaling = yield* Signaling
        const first = yield* hosting()
        yield* untilTag(first.state, "Listening")
        yield* signaling.joinAsGuest({ token: "a".repeat(43), name: "Ada" })
        const { peer } = yield* signaling.joinAsGuest({ token: "g".repeat(43), name: "Grace" })
        const second = yield* hosting({ resume: true, known: new Map([[peer.id, { name: "Grace", away: true }]]) })
        yield* untilTag(second.state, "Listening")
        assert.deepStrictEqual(yield* tilesOf(second), [
          ["Ada", "Joined"],
          ["Grace", "Away"]
        ])
        yield* TestClock.adjust("59 seconds")
        assert.strictEqual((yield* tilesOf(second))[0]?.[1], "Joined")
        yield* TestClock.adjust("1 second")
        assert.strictEqual((yield* tilesOf(second))[0]?.[1], "Away")
        yield* signaling.joinAsGuest({ token: "g".repeat(43), name: "Grace" })
        yield* aMoment
        assert.deepStrictEqual(yield* tilesOf(second), [
          ["Ada", "Away"],
          ["Grace", "Joined"]
        ])
      }).pipe(Effect.provide(Fakes))
  )

  it.scoped("who wait to be let in are away once their page is closed, and wait again when it is back", () =>
    Effect.gen(function* () {
      const signaling = yield* Signaling
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      yield* calls.setRoom({ waitingRoom: true })
      const token = "a".repeat(43)
      yield* signaling.joinAsGuest({ token, name: "Ada" })
      yield* TestClock.adjust("2 minutes")
      assert.deepStrictEqual(yield* tilesOf(calls), [["Ada", "Waiting"]])
      yield* signaling.away(token)
      yield* TestClock.adjust("6 seconds")
      assert.deepStrictEqual(yield* tilesOf(calls), [["Ada", "Away"]])
      yield* signaling.joinAsGuest({ token, name: "Ada" })
      yield* aMoment
      assert.deepStrictEqual(yield* tilesOf(calls), [["Ada", "Waiting"]])
    }).pipe(Effect.provide(Fakes))
  )

  it.scoped("wait for a host who left and kept the room, and are called again by the next start", () =>
    Effect.gen(function* () {
      const first = yield* hosting()
      yield* untilTag(first.state, "Listening")
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      yield* first.leave
      yield* aMoment
      assert.deepStrictEqual(yield* SubscriptionRef.get(first.state), { _tag: "Left" })
      assert.deepStrictEqual(yield* SubscriptionRef.get(call.state), { _tag: "Waiting", reason: "HostLeft" })
      const second = yield* hosting({ resume: true })
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual((yield* SubscriptionRef.get(call.state))._tag, "Live")
      assert.deepStrictEqual(yield* tilesOf(second), [["Ada", "Live"]])
    }).pipe(Effect.provide(Fakes))
  )
})

describe("a guest's page that closes", () => {
  it.scoped("tells the host on its channel and through the service, and keeps its place", () =>
    Effect.gen(function* () {
      const service = yield* FakeService
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      yield* call.sayAway
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(yield* tilesOf(calls), [["Ada", "Interrupted"]])
      const said = service.requests.filter(({ body }) => body?.type === "away")
      assert.deepStrictEqual(
        said.map(({ path, token }) => [path, token]),
        [["/signaling", service.sent("join").find(({ role }) => role === "guest")?.token]]
      )
      assert.deepStrictEqual(service.sent("leave"), [])
    }).pipe(Effect.provide(Fakes))
  )
})
