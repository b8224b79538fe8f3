import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import {
  caller,
  failure,
  inbox,
  joinGuest,
  joinHost,
  makeKey,
  makeToken,
  meeting,
  offer,
  setRoom,
  tell,
  typesOf
} from "./callers.js"
import { moderated } from "./services.js"

layer(moderated(), { timeout: 60_000 })("a waiting room", (it) => {
  it.effect("holds back only those who join later", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true })
      const token = makeToken()
      const waiting = yield* joinGuest({ token, room })
      assert.strictEqual(waiting.peer.waiting, true)
      assert.strictEqual(waiting.host, null)
      assert.strictEqual(yield* failure(tell(token, offer(host.peer.id))), "NotAllowed")
      assert.isFalse((yield* caller(token)).mayCall)
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "joined", peer: waiting.peer })
      assert.deepStrictEqual((yield* joinGuest({ token, room })).peer, waiting.peer)
      const again = yield* joinGuest({ token: guestToken, room })
      assert.deepStrictEqual(again.peer, guest.peer)
      yield* tell(guestToken, offer(host.peer.id))
    })
  )

  it.effect("opens once for the guest that the host admits", () =>
    Effect.gen(function* () {
      const { host, hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true })
      const [one, other] = [makeToken(), makeToken()]
      const { peer } = yield* joinGuest({ token: one, room })
      yield* joinGuest({ token: other, room })
      yield* tell(hostToken, { type: "admit", peer: peer.id })
      yield* tell(hostToken, { type: "admit", peer: peer.id })
      const messages = yield* inbox(one)
      assert.strictEqual(messages.length, 1)
      assert.deepInclude(messages[0], { type: "admitted", from: host.peer.id, host: host.peer })
      assert.deepStrictEqual(yield* inbox(other), [])
      yield* tell(one, offer(host.peer.id))
      assert.isTrue((yield* caller(one)).mayCall)
      const back = yield* joinGuest({ token: one, room })
      assert.isUndefined(back.peer.waiting)
      assert.deepStrictEqual(back.host, host.peer)
    })
  )

  it.effect("lets in all that wait when it is closed", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true })
      const tokens = [makeToken(), makeToken()]
      for (const token of tokens) yield* joinGuest({ token, room })
      yield* setRoom(hostToken, { waitingRoom: false })
      for (const token of tokens) assert.deepStrictEqual(yield* typesOf(token), ["admitted"])
      assert.isUndefined((yield* joinGuest({ token: makeToken(), room })).peer.waiting)
    })
  )

  it.effect("obeys only its own host: no other room's host and no guest can admit anybody", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      const other = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      assert.strictEqual(yield* failure(tell(other.hostToken, { type: "admit", peer: peer.id })), "RecipientUnknown")
      for (const request of [
        { type: "admit", peer: peer.id },
        { type: "remove", peer: peer.id },
        { type: "room", waitingRoom: false }
      ] as const) {
        assert.strictEqual(yield* failure(tell(guestToken, request)), "NotAllowed")
        assert.strictEqual(yield* failure(tell(makeToken(), request)), "PeerUnknown")
      }
      assert.strictEqual((yield* joinGuest({ token, room })).peer.waiting, true)
    })
  )

  it.effect("forgets a guest that has left, and tells the host", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(token, { type: "leave" })
      assert.strictEqual((yield* typesOf(hostToken)).at(-1), "left")
      assert.strictEqual(yield* failure(tell(hostToken, { type: "admit", peer: peer.id })), "RecipientUnknown")
    })
  )

  it.effect("lasts for the same key, and keeps its guests if the session is resumed", () =>
    Effect.gen(function* () {
      const { hostKey, hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true, locked: true })
      const resumed = yield* joinHost({ token: makeToken(), hostKey, room, resume: true })
      assert.deepStrictEqual([resumed.waitingRoom, resumed.locked], [true, true])
      const token = makeToken()
      const unlocked = yield* joinHost({ token, hostKey, room })
      assert.deepStrictEqual([unlocked.waitingRoom, unlocked.locked], [true, false])
      const guest = makeToken()
      const waiting = yield* joinGuest({ token: guest, room })
      const back = yield* joinHost({ token: makeToken(), hostKey, room, resume: true })
      assert.deepStrictEqual(back.guests, [waiting.peer])
      assert.deepStrictEqual(yield* inbox(guest), [])
    })
  )

  it.effect("ends with the session, and does not apply to the next host", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { waitingRoom: true, locked: true })
      yield* tell(hostToken, { type: "leave", end: true })
      assert.isUndefined((yield* joinGuest({ token: makeToken(), room })).peer.waiting)
      const next = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      assert.deepStrictEqual([next.waitingRoom, next.locked], [false, false])
    })
  )
})

layer(moderated({ MAX_GUESTS: "2", MAX_WAITING: "3" }), { timeout: 60_000 })(
  "a small room with a waiting room",
  (it) => {
    it.effect("counts waiting guests separately from those inside, and lets in as many as there are places", () =>
      Effect.gen(function* () {
        const { guestToken, hostToken, room } = yield* meeting
        yield* setRoom(hostToken, { waitingRoom: true })
        const [first, second] = [makeToken(), makeToken()]
        const one = yield* joinGuest({ token: first, room })
        const other = yield* joinGuest({ token: second, room })
        yield* joinGuest({ token: makeToken(), room })
        const full = yield* Effect.flip(joinGuest({ token: makeToken(), room }))
        assert.strictEqual(full._tag, "RoomFull")
        assert.include(full.message, "wait")
        yield* tell(hostToken, { type: "admit", peer: one.peer.id })
        const refused = yield* Effect.flip(tell(hostToken, { type: "admit", peer: other.peer.id }))
        assert.strictEqual(refused._tag, "RoomFull")
        assert.include(refused.message, "no place")
        // Nothing has changed: the waiting room is not open, and nobody was let in.
        assert.strictEqual(yield* failure(setRoom(hostToken, { waitingRoom: false, locked: true })), "RoomFull")
        assert.strictEqual((yield* joinGuest({ token: second, room })).peer.waiting, true)
        assert.deepStrictEqual(yield* inbox(second), [])
        assert.strictEqual((yield* joinGuest({ token: makeToken(), room })).peer.waiting, true)
        // A guest that is in can be admitted again, and one that leaves frees a place.
        yield* tell(hostToken, { type: "admit", peer: one.peer.id })
        yield* tell(guestToken, { type: "leave" })
        yield* tell(hostToken, { type: "admit", peer: other.peer.id })
        assert.deepStrictEqual(yield* typesOf(second), ["admitted"])
      })
    )

    it.effect("gives the place of a guest unseen for a while to the one that is let in", () =>
      Effect.gen(function* () {
        const { guestToken, hostToken, room } = yield* meeting
        yield* TestClock.adjust("1 second")
        const [inside, waits] = [makeToken(), makeToken()]
        yield* joinGuest({ token: inside, room })
        yield* TestClock.adjust("7 minutes")
        yield* setRoom(hostToken, { waitingRoom: true })
        const { peer } = yield* joinGuest({ token: waits, room })
        yield* tell(hostToken, { type: "admit", peer: peer.id })
        assert.strictEqual(yield* failure(inbox(guestToken)), "PeerUnknown")
        yield* inbox(inside)
        assert.deepStrictEqual(yield* typesOf(waits), ["admitted"])
      })
    )
  }
)
