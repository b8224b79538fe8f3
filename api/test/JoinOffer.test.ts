/** A guest's join that includes its offer. */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ClaimId, ConnectionId } from "../contract/Ids.js"
import {
  connection,
  inbox,
  joinGuest,
  joinHost,
  makeKey,
  makeRoom,
  makeToken,
  meeting,
  tell,
  typesOf
} from "./callers.js"
import { D1, signaling } from "./services.js"

const offer = { connection, sdp: "v=0", candidates: [{ candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host" }] }

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a join with an offer", (it) => {
  it.effect("puts the offer and its candidates into the host's inbox right after `joined`", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      const { offered, peer } = yield* joinGuest({ token: makeToken(), room, offer })
      const [, joined, call, ...more] = yield* inbox(hostToken)
      assert.deepInclude(joined, { type: "joined", from: peer.id })
      assert.deepStrictEqual<unknown>(call, { type: "offer", id: offered, from: peer.id, ...offer })
      assert.deepStrictEqual(more, [])
    })
  )

  it.effect("delivers the offer once, however often it is repeated, and every response has the same id", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      const token = makeToken()
      const first = yield* joinGuest({ token, room, offer })
      const again = yield* joinGuest({ token, room, offer })
      assert.isNotNull(first.offered)
      assert.strictEqual(again.offered, first.offered)
      assert.deepStrictEqual(yield* typesOf(hostToken), ["joined", "offer", "joined"])
      const next = yield* joinGuest({ token, room, offer: { ...offer, connection: ConnectionId.make("c2") } })
      assert.isAbove(next.offered ?? 0, first.offered ?? 0)
    })
  )

  it.effect("discards the offer if there is no host", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const hostToken = makeToken()
      const hostKey = makeKey()
      assert.isNull((yield* joinGuest({ token: makeToken(), room, offer })).offered)
      yield* joinHost({ token: hostToken, hostKey, room, resume: true })
      assert.deepStrictEqual(yield* typesOf(hostToken), [])
      yield* tell(hostToken, { type: "leave" })
      const { host, offered } = yield* joinGuest({ token: makeToken(), room, offer })
      assert.deepStrictEqual({ host, offered }, { host: null, offered: null })
    })
  )

  it.effect("does not deliver the offer of a guest who waits or is not let in", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "room", waitingRoom: true })
      const waiting = makeToken()
      assert.isNull((yield* joinGuest({ token: waiting, room, offer })).offered)
      assert.isNull((yield* joinGuest({ token: waiting, room, offer })).offered)
      yield* tell(hostToken, { type: "room", locked: true })
      assert.strictEqual((yield* Effect.flip(joinGuest({ token: makeToken(), room, offer })))._tag, "RoomLocked")
      assert.deepStrictEqual(yield* typesOf(hostToken), ["joined", "joined"])
    })
  )

  it.effect("delivers the offer only to the host of the claim that it names", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      const claim = guest.claim ?? ClaimId.make("none")
      const stranger = yield* joinGuest({ token: guestToken, room, offer: { ...offer, claim: ClaimId.make("other") } })
      assert.isNull(stranger.offered)
      const known = yield* joinGuest({ token: guestToken, room, offer: { ...offer, claim } })
      assert.isNotNull(known.offered)
      const messages = yield* inbox(hostToken)
      assert.deepStrictEqual(
        messages.map(({ type }) => type),
        ["joined", "offer"]
      )
      assert.notProperty(messages.at(-1), "claim")
    })
  )

  it.effect("stores nothing with a token of an ended session or of another room", () =>
    Effect.gen(function* () {
      const first = yield* meeting
      yield* tell(first.hostToken, { type: "leave", end: true })
      const hostToken = makeToken()
      yield* joinHost({ token: hostToken, hostKey: makeKey(), room: first.room })
      const ended = joinGuest({ token: first.guestToken, room: first.room, offer })
      assert.strictEqual((yield* Effect.flip(ended))._tag, "SessionEnded")
      const other = yield* meeting
      const elsewhere = joinGuest({ token: other.guestToken, room: first.room, offer })
      assert.strictEqual((yield* Effect.flip(elsewhere))._tag, "NotAllowed")
      assert.deepStrictEqual(yield* typesOf(hostToken), [])
      assert.deepStrictEqual(yield* typesOf(other.hostToken), ["joined"])
    })
  )
})
