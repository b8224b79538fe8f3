import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inbox, joinGuest, joinHost, makeKey, makeRoom, makeToken, meeting, offer, tell } from "./callers.js"
import { D1, signaling } from "./services.js"

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("leaving", (it) => {
  it.effect("as a guest tells the host, and invalidates the token", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken } = yield* meeting
      yield* tell(guestToken, { type: "leave" })
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "left", from: guest.peer.id })
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "PeerUnknown")
      assert.strictEqual((yield* Effect.flip(tell(guestToken, { type: "leave" })))._tag, "PeerUnknown")
    })
  )

  it.effect("as the host with `end` ends the session for every guest, and frees the room", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "leave", end: true })
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "SessionEnded")
      assert.strictEqual((yield* joinGuest({ token: makeToken(), room })).hosting, "ended")
      yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      assert.strictEqual((yield* Effect.flip(joinGuest({ token: guestToken, room })))._tag, "SessionEnded")
    })
  )

  it.effect("with `end` is refused for guests, and changes nothing", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      const error = yield* Effect.flip(tell(guestToken, { type: "leave", end: true }))
      assert.strictEqual(error._tag, "NotAllowed")
      assert.deepStrictEqual(
        (yield* inbox(hostToken)).map(({ type }) => type),
        ["joined"]
      )
      const stranger = yield* Effect.flip(joinHost({ token: makeToken(), hostKey: makeKey(), room }))
      assert.strictEqual(stranger._tag, "RoomTaken")
    })
  )
})

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("going away", (it) => {
  it.effect("tells the host, and keeps the guest's place, inbox and token", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      yield* tell(hostToken, offer(guest.peer.id))
      yield* tell(guestToken, { type: "away" })
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "away", from: guest.peer.id })
      assert.strictEqual((yield* inbox(guestToken)).length, 1)
      yield* tell(guestToken, offer(host.peer.id))
      const back = yield* joinGuest({ token: guestToken, room })
      assert.deepStrictEqual(back.peer, guest.peer)
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "joined", peer: guest.peer })
    })
  )

  it.effect("works while the guest waits, and without a host", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "room", waitingRoom: true })
      const [token, hostlessToken] = [makeToken(), makeToken()]
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(token, { type: "away" })
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "away", from: peer.id })
      yield* joinGuest({ token: hostlessToken, room: makeRoom() })
      assert.deepStrictEqual(yield* tell(hostlessToken, { type: "away" }), { type: "accepted" })
    })
  )

  it.effect("is allowed only for guests who are in the session", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken } = yield* meeting
      assert.strictEqual((yield* Effect.flip(tell(hostToken, { type: "away" })))._tag, "NotAllowed")
      yield* tell(guestToken, { type: "leave" })
      for (const token of [guestToken, makeToken()]) {
        assert.strictEqual((yield* Effect.flip(tell(token, { type: "away" })))._tag, "PeerUnknown")
      }
      assert.strictEqual((yield* inbox(hostToken)).at(-1)?.type, "left")
    })
  )

  it.effect("and coming back repeatedly does not fill the host's inbox", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* Effect.replicateEffect(
        Effect.zipRight(tell(guestToken, { type: "away" }), joinGuest({ token: guestToken, room })),
        5
      )
      assert.strictEqual((yield* inbox(hostToken)).length, 1)
    })
  )
})
