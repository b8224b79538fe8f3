import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { ConnectionId } from "../contract/Ids.js"
import { PeerName } from "../contract/PeerName.js"
import { inbox, joinGuest, joinHost, makeKey, makeRoom, makeToken, meeting, tell } from "./callers.js"
import { D1, signaling } from "./services.js"

const name = (text: string) => PeerName.to.make(text)

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a host's join", (it) => {
  it.effect(
    "starts a fresh session: deletes the room's peers and messages, and the guest's token becomes invalid",
    () =>
      Effect.gen(function* () {
        const { guestToken, host, hostKey, room } = yield* meeting
        const again = yield* joinHost({ token: makeToken(), hostKey, room })
        assert.notStrictEqual(again.session, host.session)
        assert.notStrictEqual(again.peer.id, host.peer.id)
        assert.deepStrictEqual(again.guests, [])
        const error = yield* Effect.flip(inbox(guestToken))
        assert.strictEqual(error._tag, "PeerUnknown")
      })
  )

  it.effect("resets only its own room", () =>
    Effect.gen(function* () {
      const one = yield* meeting
      const other = yield* meeting
      yield* joinHost({ token: makeToken(), hostKey: one.hostKey, room: one.room })
      const messages = yield* inbox(other.hostToken)
      assert.deepStrictEqual(
        messages.map(({ type }) => type),
        ["joined"]
      )
    })
  )

  it.effect("repeated with the same token and key resets nothing, and takes a new name", () =>
    Effect.gen(function* () {
      const { guest, host, hostKey, hostToken, room } = yield* meeting
      const again = yield* joinHost({ token: hostToken, hostKey, room, name: name("Grace") })
      assert.strictEqual(again.session, host.session)
      assert.deepStrictEqual(again.peer, { ...host.peer, name: name("Grace") })
      assert.deepStrictEqual(again.guests, [guest.peer])
    })
  )

  it.effect("with another key is refused while the room is claimed", () =>
    Effect.gen(function* () {
      const { guestToken, room } = yield* meeting
      for (const resume of [false, true]) {
        const error = yield* Effect.flip(joinHost({ token: makeToken(), hostKey: makeKey(), room, resume }))
        assert.strictEqual(error._tag, "RoomTaken")
      }
      assert.deepStrictEqual(yield* inbox(guestToken), [])
    })
  )

  it.effect("succeeds for exactly one of eight that claim a free room at the same moment", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const joins = Array.from({ length: 8 }, () => joinHost({ token: makeToken(), hostKey: makeKey(), room }))
      const results = yield* Effect.all(joins.map(Effect.either), { concurrency: "unbounded" })
      assert.strictEqual(results.filter(({ _tag }) => _tag === "Right").length, 1)
    })
  )

  it.effect("with a token of another room or role is not allowed, and changes nothing", () =>
    Effect.gen(function* () {
      const one = yield* meeting
      const other = yield* meeting
      for (const token of [one.guestToken, other.hostToken, other.guestToken]) {
        const error = yield* Effect.flip(joinHost({ token, hostKey: one.hostKey, room: one.room }))
        assert.strictEqual(error._tag, "NotAllowed")
      }
      const fresh = yield* Effect.flip(joinHost({ token: one.hostToken, hostKey: makeKey(), room: makeRoom() }))
      assert.strictEqual(fresh._tag, "NotAllowed")
      const still = yield* joinHost({ token: one.hostToken, hostKey: one.hostKey, room: one.room })
      assert.deepStrictEqual(still.guests, [one.guest.peer])
    })
  )

  it.effect("finds the claim expired once the host was unseen for PEER_TTL, even if guests poll", () =>
    Effect.gen(function* () {
      const { guestToken, room } = yield* meeting
      yield* TestClock.adjust("59 minutes")
      yield* inbox(guestToken)
      const early = yield* Effect.flip(joinHost({ token: makeToken(), hostKey: makeKey(), room }))
      assert.strictEqual(early._tag, "RoomTaken")
      yield* TestClock.adjust("2 minutes")
      yield* inbox(guestToken)
      const late = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      assert.deepStrictEqual(late.guests, [])
    })
  )

  it.effect("finds the claim alive while the host polls", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* TestClock.adjust("59 minutes")
      yield* inbox(hostToken)
      yield* TestClock.adjust("59 minutes")
      const error = yield* Effect.flip(joinHost({ token: makeToken(), hostKey: makeKey(), room }))
      assert.strictEqual(error._tag, "RoomTaken")
    })
  )
})

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a host's join with resume", (it) => {
  it.effect("keeps session, peer id and guests, invalidates the old token, and tells each guest", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostKey, hostToken, room } = yield* meeting
      const token = makeToken()
      const resumed = yield* joinHost({ token, hostKey, room, resume: true })
      assert.strictEqual(resumed.session, host.session)
      assert.deepStrictEqual(resumed.peer, host.peer)
      assert.deepStrictEqual(resumed.guests, [guest.peer])
      const [joined] = yield* inbox(token)
      assert.strictEqual<number | undefined>(resumed.cursor, joined?.id)
      assert.strictEqual((yield* Effect.flip(inbox(hostToken)))._tag, "PeerUnknown")
      const [message] = yield* inbox(guestToken)
      assert.deepInclude(message, { type: "host-joined", from: host.peer.id, peer: host.peer })
    })
  )

  it.effect("lists the guests seen in the last 390 seconds, and receives `joined` for others when they are back", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostKey, room } = yield* meeting
      const [seenToken, token] = [makeToken(), makeToken()]
      const { peer } = yield* joinGuest({ token: seenToken, room })
      yield* TestClock.adjust("389 seconds")
      yield* inbox(seenToken)
      assert.strictEqual((yield* joinHost({ token: makeToken(), hostKey, room, resume: true })).guests.length, 2)
      yield* TestClock.adjust("2 seconds")
      const resumed = yield* joinHost({ token, hostKey, room, resume: true })
      assert.deepStrictEqual(resumed.guests, [peer])
      const news = Effect.map(inbox(token), (messages) => messages.filter(({ id }) => id > resumed.cursor))
      yield* inbox(guestToken)
      yield* inbox(guestToken)
      const [back, ...rest] = yield* news
      assert.deepInclude(back, { type: "joined", peer: guest.peer })
      assert.deepStrictEqual(rest, [])
    })
  )

  it.effect("claims a free room like any host's join", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const guestToken = makeToken()
      yield* joinGuest({ token: guestToken, room })
      const claimed = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room, resume: true })
      assert.deepStrictEqual(claimed.guests, [])
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "PeerUnknown")
    })
  )

  it.effect("returns a new id after the host left, and the guests", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostKey, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "leave" })
      const stranger = yield* Effect.flip(joinHost({ token: makeToken(), hostKey: makeKey(), room }))
      assert.strictEqual(stranger._tag, "RoomTaken")
      const resumed = yield* joinHost({ token: makeToken(), hostKey, room, resume: true })
      assert.strictEqual(resumed.session, host.session)
      assert.notStrictEqual(resumed.peer.id, host.peer.id)
      assert.deepStrictEqual(resumed.guests, [guest.peer])
      const messages = yield* inbox(guestToken)
      assert.deepStrictEqual(
        messages.map(({ type }) => type),
        ["left", "host-joined"]
      )
    })
  )
})

const withPassword = signaling({ HOST_PASSWORD: "open sesame" }).pipe(Layer.provideMerge(D1.layer))

layer(withPassword, { timeout: 60_000 })("a host's join where the deployment sets HOST_PASSWORD", (it) => {
  it.effect("needs the password", () =>
    Effect.gen(function* () {
      for (const password of [{}, { hostPassword: "open barley" }]) {
        const join = { token: makeToken(), hostKey: makeKey(), room: makeRoom(), ...password }
        assert.strictEqual((yield* Effect.flip(joinHost(join)))._tag, "HostPasswordWrong")
      }
    })
  )

  it.effect("is a new peer, and reads nothing that was sent to the former host", () =>
    Effect.gen(function* () {
      const hostPassword = "open sesame"
      const room = makeRoom()
      const former = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room, hostPassword })
      const guestToken = makeToken()
      yield* joinGuest({ token: guestToken, room })
      const offer = { type: "offer", to: former.peer.id, connection: ConnectionId.make("c1"), sdp: "v=0" } as const
      yield* tell(guestToken, offer)
      const token = makeToken()
      const taker = yield* joinHost({ token, hostKey: makeKey(), room, hostPassword, resume: true })
      assert.notStrictEqual(taker.peer.id, former.peer.id)
      assert.deepStrictEqual(yield* inbox(token), [])
      assert.strictEqual((yield* Effect.flip(tell(guestToken, offer)))._tag, "RecipientUnknown")
    })
  )

  it.effect("takes over a claimed room with the password, and its key becomes the room's", () =>
    Effect.gen(function* () {
      const hostPassword = "open sesame"
      const room = makeRoom()
      const first = { token: makeToken(), hostKey: makeKey(), room, hostPassword }
      const second = { token: makeToken(), hostKey: makeKey(), room, hostPassword }
      const { session } = yield* joinHost(first)
      yield* joinGuest({ token: makeToken(), room })
      const resumed = yield* joinHost({ ...second, resume: true })
      assert.strictEqual(resumed.session, session)
      assert.strictEqual(resumed.guests.length, 1)
      const third = yield* joinHost({ ...second, token: makeToken(), hostKey: makeKey() })
      assert.notStrictEqual(third.session, session)
      assert.deepStrictEqual(third.guests, [])
    })
  )
})
