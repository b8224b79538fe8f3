import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { ConnectionId, Cursor, IdempotencyKey, type PeerId, type PeerToken } from "../contract/Ids.js"
import { PeerName } from "../contract/PeerName.js"
import { Database } from "../Database.js"
import { withCost } from "../RequestCost.js"
import { Signaling } from "../Signaling.js"
import { D1, inbox, joinGuest, joinHost, makeKey, makeRoom, makeToken, meeting, signaling, tell } from "./record.js"

const connection = ConnectionId.make("c1")
const offer = (to: PeerId, sdp = "v=0") => ({ type: "offer", to, connection, sdp }) as const

const send = (token: PeerToken, to: PeerId, sdp: string, key: string) =>
  Effect.flatMap(Signaling, (service) =>
    service.handle(offer(to, sdp), Effect.succeed(token), IdempotencyKey.make(key))
  )

const poll = (token: PeerToken, after: Cursor, wait: number) =>
  Effect.flatMap(Signaling, (service) => service.messages(token, { after, wait }))

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a guest's join", (it) => {
  it.effect("works before the host's and after it", () =>
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

  it.effect("with a token that the room knows is the same peer again, inbox kept, and the host hears it again", () =>
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
        // The newer word stands in the place of the older.
        ["Ada"]
      )
    })
  )

  it.effect("with a token of another room or role is not allowed, and makes no room", () =>
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

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a peer that polls", (it) => {
  it.effect("is written down as seen once a minute, in the round trip of its look, and so keeps the room's claim", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      const { batch, sql } = yield* Database
      const { cursor } = yield* poll(hostToken, Cursor.make(0), 0)
      const times = Effect.map(
        batch([
          sql`SELECT seen_at AS seen, active_at AS active FROM peers JOIN rooms ON rooms.id = room
            WHERE room = ${room} AND role = 'host'`
        ]),
        ([rows]) => rows?.[0]
      )
      const cost = withCost((cost) =>
        Effect.map(poll(hostToken, cursor, 0), () => ({ trips: cost.trips, writes: cost.rowsWritten > 0 }))
      )
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(yield* cost, { trips: 1, writes: false })
      assert.deepStrictEqual(yield* times, { seen: 0, active: 0 })
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* cost, { trips: 1, writes: true })
      assert.deepStrictEqual(yield* times, { seen: 60_000, active: 60_000 })
      assert.deepStrictEqual(yield* cost, { trips: 1, writes: false })
    })
  )
})

layer(signaling({ MAX_GUESTS: "2" }).pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a full room", (it) => {
  it.effect("refuses one guest more, and lets those who are in it join again", () =>
    Effect.gen(function* () {
      const { guestToken, room } = yield* meeting
      yield* joinGuest({ token: makeToken(), room })
      assert.strictEqual((yield* Effect.flip(joinGuest({ token: makeToken(), room })))._tag, "RoomFull")
      yield* joinGuest({ token: guestToken, room })
      yield* tell(guestToken, { type: "leave" })
      yield* joinGuest({ token: makeToken(), room })
    })
  )

  it.effect("has a place again where a guest was not seen for a while", () =>
    Effect.gen(function* () {
      const { room } = yield* meeting
      yield* joinGuest({ token: makeToken(), room })
      yield* TestClock.adjust("7 minutes")
      yield* joinGuest({ token: makeToken(), room })
    })
  )
})

const narrow = signaling({ MAX_UNREAD: "20" }).pipe(Layer.provideMerge(D1.layer))

layer(narrow, { timeout: 60_000 })("an inbox that its peer does not read", (it) => {
  /** Sends until it is refused, and gives how many were accepted. */
  const fill = (token: PeerToken, to: PeerId) =>
    Effect.gen(function* () {
      let accepted = 0
      while ((yield* Effect.either(tell(token, offer(to))))._tag === "Right") accepted += 1
      assert.strictEqual((yield* Effect.flip(tell(token, offer(to))))._tag, "InboxFull")
      return accepted
    })

  it.effect("takes so many messages of each sender, whatever the others have left there", () =>
    Effect.gen(function* () {
      const { guestToken, host, room } = yield* meeting
      assert.strictEqual(yield* fill(guestToken, host.peer.id), 20)
      const other = makeToken()
      yield* joinGuest({ token: other, room })
      assert.strictEqual(yield* fill(other, host.peer.id), 20)
    })
  )

  it.effect("takes messages again once its peer has read, and no word of a cursor of the future", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      yield* fill(guestToken, host.peer.id)
      yield* TestClock.adjust("121 seconds")
      yield* poll(hostToken, Cursor.make(Number.MAX_SAFE_INTEGER), 0)
      assert.strictEqual(yield* fill(guestToken, host.peer.id), 0)
      const cursor = Cursor.make((yield* inbox(hostToken)).at(-1)?.id ?? 0)
      yield* TestClock.adjust("61 seconds")
      yield* poll(hostToken, cursor, 0)
      assert.strictEqual(yield* fill(guestToken, host.peer.id), 20)
    })
  )

  it.effect("is not filled by one guest's joins", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* Effect.replicateEffect(joinGuest({ token: guestToken, room }), 5)
      assert.strictEqual((yield* inbox(hostToken)).length, 1)
    })
  )
})

layer(signaling({ MAX_UNREAD: "10000" }).pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a poll", (it) => {
  it.effect("gives large messages a few at a time, and none is left out", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      for (let i = 0; i < 10; i++) yield* tell(guestToken, offer(host.peer.id, `${i}`.padEnd(60_000, ".")))
      let cursor = Cursor.make(0)
      const sizes: Array<number> = []
      do {
        const answer = yield* poll(hostToken, cursor, 0)
        cursor = answer.cursor
        sizes.push(answer.messages.length)
      } while (sizes.at(-1) !== 0)
      assert.deepStrictEqual(sizes, [6, 5, 0])
    })
  )
})

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a message", (it) => {
  it.effect("goes from guest to host and back with its fields, and from is the service's word", () =>
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

  it.effect("reaches no one but the other side of the same room", () =>
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

  it.effect("sent again with its key within 2 minutes, or while it is kept, is delivered once, whatever the body", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      const first = yield* send(guestToken, host.peer.id, "v=0 first", "k")
      const cursor = Cursor.make((yield* inbox(hostToken)).at(-1)?.id ?? 0)
      yield* TestClock.adjust("119 seconds")
      // Read, and kept: a repeat may still come.
      yield* poll(hostToken, cursor, 0)
      assert.deepStrictEqual(yield* send(guestToken, host.peer.id, "v=0 second", "k"), first)
      yield* TestClock.adjust("61 seconds")
      yield* poll(hostToken, cursor, 0)
      assert.notDeepEqual(yield* send(guestToken, host.peer.id, "v=0 third", "k"), first)
      yield* TestClock.adjust("30 minutes")
      yield* send(guestToken, host.peer.id, "v=0 fourth", "k")
      const sdps = (yield* inbox(hostToken)).map((message) => (message.type === "offer" ? message.sdp : message.type))
      assert.deepStrictEqual(sdps, ["v=0 third"])
    })
  )

  it.effect("with the key of another sender is another message", () =>
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

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("the record", (it) => {
  it.effect("holds no token and no key", () =>
    Effect.gen(function* () {
      const { guestToken, hostKey, hostToken } = yield* meeting
      const { batch, sql } = yield* Database
      const rows = JSON.stringify(yield* batch([sql`SELECT * FROM rooms`, sql`SELECT * FROM peers`]))
      assert.include(rows, "token_hash")
      for (const secret of [guestToken, hostToken, hostKey]) assert.notInclude(rows, secret)
    })
  )
})

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("leaving", (it) => {
  it.effect("of a guest tells the host, and its token dies", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken } = yield* meeting
      yield* tell(guestToken, { type: "leave" })
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "left", from: guest.peer.id })
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "PeerUnknown")
      assert.strictEqual((yield* Effect.flip(tell(guestToken, { type: "leave" })))._tag, "PeerUnknown")
    })
  )

  it.effect("of the host with end is over for every guest, and frees the room", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "leave", end: true })
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "SessionEnded")
      assert.strictEqual((yield* joinGuest({ token: makeToken(), room })).hosting, "ended")
      yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      assert.strictEqual((yield* Effect.flip(joinGuest({ token: guestToken, room })))._tag, "SessionEnded")
    })
  )

  it.effect("with end is not for guests, and changes nothing", () =>
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

  it.effect("is told of one who waits too, and to nobody where there is no host", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "room", waitingRoom: true })
      const [token, alone] = [makeToken(), makeToken()]
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(token, { type: "away" })
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "away", from: peer.id })
      yield* joinGuest({ token: alone, room: makeRoom() })
      assert.deepStrictEqual(yield* tell(alone, { type: "away" }), { type: "accepted" })
    })
  )

  it.effect("is for guests alone, and for those that are there", () =>
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

  it.effect("and coming back, however often, does not fill the host's inbox", () =>
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

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000, excludeTestServices: true })(
  "a held poll",
  (it) => {
    it.effect("answers as soon as there is a message, long before its time is up", () =>
      Effect.gen(function* () {
        const { guestToken, host, hostToken } = yield* meeting
        const cursor = Cursor.make((yield* inbox(hostToken)).at(-1)?.id ?? 0)
        const held = yield* Effect.fork(poll(hostToken, cursor, 25))
        yield* tell(guestToken, offer(host.peer.id))
        const { messages } = yield* Fiber.join(held).pipe(Effect.timeout("5 seconds"))
        assert.deepStrictEqual(
          messages.map(({ type }) => type),
          ["offer"]
        )
      })
    )

    it.effect("with nothing to give answers when its time is up, with the cursor that it was given", () =>
      Effect.gen(function* () {
        const { guest, guestToken } = yield* meeting
        const after = Cursor.make(7)
        assert.deepStrictEqual(yield* poll(guestToken, after, 1), {
          messages: [],
          cursor: after,
          session: guest.session
        })
      })
    )

    it.effect("of a peer that is reset, replaced or gone answers PeerUnknown at once", () =>
      Effect.gen(function* () {
        const reset = yield* meeting
        const replaced = yield* meeting
        const gone = yield* meeting
        const held = yield* Effect.fork(
          Effect.forEach(
            [reset.guestToken, replaced.hostToken, gone.guestToken],
            (token) => Effect.flip(poll(token, Cursor.make(Number.MAX_SAFE_INTEGER), 25)),
            { concurrency: "unbounded" }
          )
        )
        yield* joinHost({ token: makeToken(), hostKey: reset.hostKey, room: reset.room })
        yield* joinHost({ token: makeToken(), hostKey: replaced.hostKey, room: replaced.room, resume: true })
        yield* tell(gone.guestToken, { type: "leave" })
        const errors = yield* Fiber.join(held).pipe(Effect.timeout("5 seconds"))
        assert.deepStrictEqual(
          errors.map(({ _tag }) => _tag),
          ["PeerUnknown", "PeerUnknown", "PeerUnknown"]
        )
      })
    )
  }
)
