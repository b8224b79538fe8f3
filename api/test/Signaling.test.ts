import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { Cursor, IdempotencyKey, type PeerId, type PeerToken } from "../contract/Ids.js"
import { PeerName } from "../contract/PeerName.js"
import { Database } from "../Database.js"
import { Signaling } from "../Signaling.js"
import {
  connection,
  failure,
  inbox,
  joinGuest,
  joinHost,
  makeKey,
  makeRoom,
  makeToken,
  meeting,
  offer,
  poll,
  tell
} from "./callers.js"
import { D1, signaling } from "./services.js"

const send = (token: PeerToken, to: PeerId, sdp: string, key: string) =>
  Effect.flatMap(Signaling, (service) =>
    service.handle(offer(to, sdp), Effect.succeed(token), IdempotencyKey.make(key))
  )

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a guest's join", (it) => {
  it.effect("works before and after the host's", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const early = yield* joinGuest({ token: makeToken(), room })
      assert.strictEqual(early.host, null)
      const host = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      const late = yield* joinGuest({ token: makeToken(), room, name: PeerName.to.make("Ada") })
      assert.deepStrictEqual(late.host, host.peer)
      assert.strictEqual(late.session, host.session)
      assert.deepStrictEqual(late.peer, { id: late.peer.id, role: "guest", name: PeerName.to.make("Ada") })
    })
  )

  it.effect("with a token that the room knows keeps the peer and its inbox, and the host receives `joined` again", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      yield* tell(hostToken, offer(guest.peer.id))
      const again = yield* joinGuest({ token: guestToken, room, name: PeerName.to.make("Ada") })
      assert.deepStrictEqual(again.peer, { ...guest.peer, name: PeerName.to.make("Ada") })
      const kept = yield* inbox(guestToken)
      assert.deepInclude(kept[0], { type: "offer", from: host.peer.id })
      assert.strictEqual<number | undefined>(again.cursor, kept[0]?.id)
      assert.deepStrictEqual(
        (yield* inbox(hostToken)).map((message) => (message.type === "joined" ? String(message.peer.name) : "")),
        // The newer `joined` has replaced the older.
        ["Ada"]
      )
    })
  )

  it.effect("with a token of another room or role is refused, and creates no room", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      const joins = [
        { token: guestToken, room: makeRoom() },
        { token: hostToken, room },
        { token: hostToken, room: makeRoom() }
      ]
      for (const join of joins) assert.strictEqual((yield* Effect.flip(joinGuest(join)))._tag, "NotAllowed")
    })
  )
})

layer(signaling({ MAX_GUESTS: "2" }).pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a full room", (it) => {
  it.effect("refuses another guest, and lets those who are in it join again", () =>
    Effect.gen(function* () {
      const { guestToken, room } = yield* meeting
      yield* joinGuest({ token: makeToken(), room })
      assert.strictEqual((yield* Effect.flip(joinGuest({ token: makeToken(), room })))._tag, "RoomFull")
      yield* joinGuest({ token: guestToken, room })
      yield* tell(guestToken, { type: "leave" })
      yield* joinGuest({ token: makeToken(), room })
    })
  )

  it.effect("keeps the place of a guest that was gone for five minutes", () =>
    Effect.gen(function* () {
      const { guest, guestToken, room } = yield* meeting
      const token = makeToken()
      yield* joinGuest({ token, room })
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* failure(joinGuest({ token: makeToken(), room })), "RoomFull")
      assert.deepStrictEqual((yield* joinGuest({ token: guestToken, room })).peer, guest.peer)
      yield* inbox(token)
    })
  )

  it.effect("gives away the place of a guest unseen for a while, who then needs a place like a new guest", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      yield* TestClock.adjust("1 second")
      const [second, third, fourth] = [makeToken(), makeToken(), makeToken()]
      yield* joinGuest({ token: second, room })
      yield* TestClock.adjust("7 minutes")
      yield* joinGuest({ token: third, room })
      // Only as many were deleted as needed, and the host was told.
      assert.sameDeepMembers(
        (yield* inbox(hostToken)).flatMap(({ from, type }) => (type === "left" ? [from] : [])),
        [guest.peer.id]
      )
      assert.strictEqual(yield* failure(inbox(guestToken)), "PeerUnknown")
      assert.strictEqual(yield* failure(tell(guestToken, offer(host.peer.id))), "PeerUnknown")
      yield* inbox(second)
      assert.strictEqual(yield* failure(joinGuest({ token: fourth, room })), "RoomFull")
      assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "RoomFull")
      yield* tell(third, { type: "leave" })
      assert.deepStrictEqual((yield* joinGuest({ token: guestToken, room })).peer, guest.peer)
    })
  )

  it.effect("keeps a guest that comes back late if nobody needed its place", () =>
    Effect.gen(function* () {
      const { guest, guestToken, room } = yield* meeting
      yield* TestClock.adjust("50 minutes")
      yield* joinGuest({ token: makeToken(), room })
      yield* inbox(guestToken)
      assert.strictEqual(yield* failure(joinGuest({ token: makeToken(), room })), "RoomFull")
      assert.deepStrictEqual((yield* joinGuest({ token: guestToken, room })).peer, guest.peer)
    })
  )
})

const narrow = signaling({ MAX_UNREAD: "20" }).pipe(Layer.provideMerge(D1.layer))

layer(narrow, { timeout: 60_000 })("an inbox that its peer does not read", (it) => {
  /** Sends until it is refused, and returns how many messages were accepted. */
  const fill = (token: PeerToken, to: PeerId) =>
    Effect.gen(function* () {
      let accepted = 0
      while ((yield* Effect.either(tell(token, offer(to))))._tag === "Right") accepted += 1
      assert.strictEqual((yield* Effect.flip(tell(token, offer(to))))._tag, "InboxFull")
      return accepted
    })

  it.effect("accepts MAX_UNREAD messages of each sender, whatever the others have sent", () =>
    Effect.gen(function* () {
      const { guestToken, host, room } = yield* meeting
      assert.strictEqual(yield* fill(guestToken, host.peer.id), 20)
      const other = makeToken()
      yield* joinGuest({ token: other, room })
      assert.strictEqual(yield* fill(other, host.peer.id), 20)
    })
  )

  it.effect("accepts messages again once its peer has read, but does not trust a cursor in the future", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      yield* fill(guestToken, host.peer.id)
      yield* TestClock.adjust("121 seconds")
      yield* poll(hostToken, { after: Cursor.make(Number.MAX_SAFE_INTEGER) })
      assert.strictEqual(yield* fill(guestToken, host.peer.id), 0)
      const cursor = Cursor.make((yield* inbox(hostToken)).at(-1)?.id ?? 0)
      yield* TestClock.adjust("61 seconds")
      yield* poll(hostToken, { after: cursor })
      assert.strictEqual(yield* fill(guestToken, host.peer.id), 20)
    })
  )

  it.effect("is not filled by the joins of one guest", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* Effect.replicateEffect(joinGuest({ token: guestToken, room }), 5)
      assert.strictEqual((yield* inbox(hostToken)).length, 1)
    })
  )
})

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a message", (it) => {
  it.effect("goes from guest to host and back with its fields, and the service sets `from`", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken } = yield* meeting
      const candidates = [null, { candidate: "", sdpMid: null, sdpMLineIndex: 0 }]
      yield* tell(guestToken, offer(host.peer.id, "v=0 offer"))
      yield* tell(guestToken, { type: "candidate", to: host.peer.id, connection, candidates, complete: true })
      yield* tell(hostToken, { type: "answer", to: guest.peer.id, connection, sdp: "v=0 answer" })
      const [, received, trickled] = yield* inbox(hostToken)
      const from = guest.peer.id
      assert.deepInclude(received, { type: "offer", from, connection, sdp: "v=0 offer" })
      assert.deepInclude(trickled, { type: "candidate", from, connection, candidates, complete: true })
      const [answer] = yield* inbox(guestToken)
      assert.deepInclude(answer, { type: "answer", from: host.peer.id, connection, sdp: "v=0 answer" })
    })
  )

  it.effect("reaches only the other side of the same room", () =>
    Effect.gen(function* () {
      const one = yield* meeting
      const other = yield* meeting
      const second = yield* joinGuest({ token: makeToken(), room: one.room })
      const wrong = [
        [one.guestToken, second.peer.id],
        [one.guestToken, one.guest.peer.id],
        [one.guestToken, other.host.peer.id],
        [one.hostToken, other.guest.peer.id],
        [one.hostToken, one.host.peer.id]
      ] as const
      for (const [token, to] of wrong) {
        assert.strictEqual((yield* Effect.flip(tell(token, offer(to))))._tag, "RecipientUnknown")
      }
      assert.strictEqual((yield* Effect.flip(tell(makeToken(), offer(one.host.peer.id))))._tag, "PeerUnknown")
    })
  )

  it.effect("is delivered once if repeated with its key within 2 minutes, or while it is kept, whatever the body", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      const first = yield* send(guestToken, host.peer.id, "v=0 first", "k")
      const cursor = Cursor.make((yield* inbox(hostToken)).at(-1)?.id ?? 0)
      yield* TestClock.adjust("119 seconds")
      // It was read, and is kept because a repeat may still come.
      yield* poll(hostToken, { after: cursor })
      assert.deepStrictEqual(yield* send(guestToken, host.peer.id, "v=0 second", "k"), first)
      yield* TestClock.adjust("61 seconds")
      yield* poll(hostToken, { after: cursor })
      assert.notDeepEqual(yield* send(guestToken, host.peer.id, "v=0 third", "k"), first)
      yield* TestClock.adjust("30 minutes")
      yield* send(guestToken, host.peer.id, "v=0 fourth", "k")
      const sdps = (yield* inbox(hostToken)).map((message) => (message.type === "offer" ? message.sdp : message.type))
      assert.deepStrictEqual(sdps, ["v=0 third"])
    })
  )

  it.effect("is another message if another sender uses the same key", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken, room } = yield* meeting
      const token = makeToken()
      yield* joinGuest({ token, room })
      yield* send(guestToken, host.peer.id, "v=0", "k")
      yield* send(token, host.peer.id, "v=0", "k")
      assert.strictEqual((yield* inbox(hostToken)).filter(({ type }) => type === "offer").length, 2)
    })
  )
})

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("the database", (it) => {
  it.effect("contains no token and no key", () =>
    Effect.gen(function* () {
      const { guestToken, hostKey, hostToken } = yield* meeting
      const { batch, sql } = yield* Database
      const rows = JSON.stringify(yield* batch([sql`SELECT * FROM rooms`, sql`SELECT * FROM peers`]))
      assert.include(rows, "token_hash")
      for (const secret of [guestToken, hostToken, hostKey]) assert.notInclude(rows, secret)
    })
  )
})
