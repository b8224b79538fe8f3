import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import { Cursor, PeerId } from "../contract/Ids.js"
import { Signaling } from "../Signaling.js"
import { caller, failure, inbox, joinGuest, joinHost, makeToken, meeting, setRoom, tell, typesOf } from "./callers.js"
import { moderated } from "./services.js"

layer(moderated(), { timeout: 60_000 })("a removed guest", (it) => {
  it.effect("is out at once: its held poll ends, and its token is not accepted any more", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      const held = yield* Effect.fork(
        Effect.flatMap(Signaling, (signaling) =>
          failure(signaling.messages(guestToken, { after: Cursor.make(0), wait: 25 }))
        )
      )
      yield* TestClock.adjust("1 second")
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* Fiber.join(held), "PeerUnknown")
      assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
      assert.strictEqual(yield* failure(tell(guestToken, { type: "leave" })), "PeerUnknown")
      // Repeated, as by a page that has not received the answer.
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      assert.strictEqual(yield* failure(tell(hostToken, { type: "admit", peer: guest.peer.id })), "RecipientUnknown")
      yield* joinGuest({ token: makeToken(), room })
    })
  )

  it.effect("is refused for the whole session, however often it comes and goes", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostKey, hostToken, room } = yield* meeting
      yield* tell(guestToken, { type: "away" })
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      let token = hostToken
      for (let round = 0; round < 5; round++) {
        for (const type of ["away", "leave"] as const) {
          assert.strictEqual(yield* failure(tell(guestToken, { type })), "PeerUnknown")
          assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
        }
        yield* TestClock.adjust("30 minutes")
        token = makeToken()
        yield* joinHost({ token, hostKey, room, resume: true })
      }
      assert.deepStrictEqual((yield* joinHost({ token, hostKey, room, resume: true })).guests, [])
    })
  )

  it.effect("cannot escape by leaving and coming back all the time", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      for (let round = 0; round < 10; round++) {
        const token = makeToken()
        const { peer } = yield* joinGuest({ token, room })
        const evade = Effect.zipRight(
          Effect.either(tell(token, { type: round % 2 === 0 ? "leave" : "away" })),
          Effect.either(joinGuest({ token, room }))
        )
        yield* Effect.all(
          [Effect.replicateEffect(evade, 3), tell(hostToken, { type: "remove", peer: peer.id }), evade],
          { concurrency: "unbounded" }
        )
        assert.strictEqual(yield* failure(joinGuest({ token, room })), "Removed")
        assert.strictEqual(yield* failure(tell(token, { type: "leave" })), "PeerUnknown")
      }
    })
  )

  it.effect("may have left already", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      yield* tell(guestToken, { type: "leave" })
      assert.strictEqual((yield* joinGuest({ token: guestToken, room })).peer.id, guest.peer.id)
      yield* tell(guestToken, { type: "leave" })
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
    })
  )

  it.effect("may join the next session, and any other room", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostKey, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      const elsewhere = yield* meeting
      yield* joinGuest({ token: guestToken, room: elsewhere.room })
      yield* tell(guestToken, { type: "leave" })
      yield* joinHost({ token: makeToken(), hostKey, room, resume: true })
      assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
      yield* joinHost({ token: makeToken(), hostKey, room })
      yield* joinGuest({ token: guestToken, room })
    })
  )

  it.effect("may be one that waits, who is refused in this way", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(hostToken, { type: "remove", peer: peer.id })
      assert.strictEqual(yield* failure(joinGuest({ token, room })), "Removed")
    })
  )

  it.effect(
    "may be one of all waiting guests refused at once: the host is told of each, and those who are in stay",
    () =>
      Effect.gen(function* () {
        const { guest, guestToken, hostToken, room } = yield* meeting
        const other = yield* meeting
        for (const token of [hostToken, other.hostToken]) yield* setRoom(token, { waitingRoom: true })
        const spared = makeToken()
        yield* joinGuest({ token: spared, room: other.room })
        const tokens = [makeToken(), makeToken(), makeToken()]
        const ids: Array<PeerId> = []
        for (const token of tokens) ids.push((yield* joinGuest({ token, room })).peer.id)
        assert.strictEqual(yield* failure(tell(guestToken, { type: "refuse" })), "NotAllowed")
        assert.strictEqual(yield* failure(tell(makeToken(), { type: "refuse" })), "PeerUnknown")
        yield* tell(hostToken, { type: "refuse" })
        assert.deepStrictEqual(
          (yield* inbox(hostToken)).flatMap(({ from, type }) => (type === "left" ? [from] : [])),
          ids
        )
        for (const token of tokens) {
          assert.strictEqual(yield* failure(tell(token, { type: "leave" })), "PeerUnknown")
          assert.strictEqual(yield* failure(joinGuest({ token, room })), "Removed")
        }
        assert.deepStrictEqual((yield* joinGuest({ token: guestToken, room })).peer, guest.peer)
        assert.strictEqual((yield* joinGuest({ token: spared, room: other.room })).peer.waiting, true)
        yield* tell(hostToken, { type: "refuse" })
        assert.strictEqual((yield* typesOf(hostToken)).filter((type) => type === "left").length, 3)
      })
  )

  it.effect("cannot be a host, or a guest of another room", () =>
    Effect.gen(function* () {
      const { host, hostToken } = yield* meeting
      const other = yield* meeting
      for (const peer of [host.peer.id, other.guest.peer.id, PeerId.make("p_nobody")]) {
        assert.strictEqual(yield* failure(tell(hostToken, { type: "remove", peer })), "RecipientUnknown")
      }
      assert.isTrue((yield* caller(other.guestToken)).mayCall)
    })
  )
})
