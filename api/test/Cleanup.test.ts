import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { ConnectionId } from "../contract/Ids.js"
import { inbox, joinGuest, makeRoom, makeToken, meeting, tell } from "./callers.js"
import { cleanUp, D1, signalingAndCleanup } from "./services.js"

layer(signalingAndCleanup(), { timeout: 60_000 })("the cleanup", (it) => {
  it.effect("deletes old messages, unseen peers and expired claims after an hour, and ended rooms after a day", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      yield* tell(guestToken, { type: "offer", to: host.peer.id, connection: ConnectionId.make("c1"), sdp: "v=0" })
      yield* TestClock.adjust("59 minutes")
      yield* inbox(hostToken)
      const nothing = { messages: 0, claims: 0, peers: 0, rooms: 0, memberships: 0, relays: 0 }
      assert.deepStrictEqual(yield* cleanUp, nothing)

      yield* TestClock.adjust("2 minutes")
      assert.deepStrictEqual(yield* cleanUp, { ...nothing, messages: 2, peers: 1 })
      assert.deepStrictEqual(
        (yield* inbox(hostToken)).map(({ type }) => type),
        ["left"]
      )
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "PeerUnknown")

      yield* TestClock.adjust("61 minutes")
      assert.deepStrictEqual(yield* cleanUp, { ...nothing, messages: 1, claims: 1 })
      assert.strictEqual((yield* Effect.flip(inbox(hostToken)))._tag, "PeerUnknown")
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "SessionEnded")

      yield* TestClock.adjust("23 hours")
      assert.deepStrictEqual(yield* cleanUp, nothing)
      yield* TestClock.adjust("2 hours")
      assert.deepStrictEqual(yield* cleanUp, { ...nothing, rooms: 1, memberships: 1 })
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "PeerUnknown")
    })
  )

  it.effect("tells a host, and nobody else, of each of its guests that it deletes", () =>
    Effect.gen(function* () {
      const [one, other] = [yield* meeting, yield* meeting]
      const ids = [one.guest.peer.id]
      for (let i = 0; i < 2; i++) ids.push((yield* joinGuest({ token: makeToken(), room: one.room })).peer.id)
      const seenToken = makeToken()
      const { peer } = yield* joinGuest({ token: seenToken, room: one.room })
      yield* TestClock.adjust("59 minutes")
      for (const token of [one.hostToken, other.hostToken, other.guestToken, seenToken]) yield* inbox(token)
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual((yield* cleanUp).peers, 3)
      // The first message is of the guest that was seen again after a while.
      const [back, ...leftMessages] = yield* inbox(one.hostToken)
      assert.deepInclude(back, { type: "joined", from: peer.id })
      assert.sameMembers(
        leftMessages.map(({ from, type }) => `${type} ${from}`),
        ids.map((id) => `left ${id}`)
      )
      assert.strictEqual(new Set(leftMessages.map(({ id }) => id)).size, 3)
      for (const token of [other.hostToken, other.guestToken, seenToken]) {
        assert.isFalse((yield* inbox(token)).some(({ type }) => type === "left"))
      }

      yield* tell(seenToken, { type: "offer", to: one.host.peer.id, connection: ConnectionId.make("c1"), sdp: "v=0" })
      const again = yield* joinGuest({ token: one.guestToken, room: one.room })
      const after = (yield* inbox(one.hostToken)).slice(4)
      assert.deepStrictEqual(
        after.map(({ from, type }) => [type, from]),
        [
          ["offer", peer.id],
          ["joined", again.peer.id]
        ]
      )
    })
  )

  it.effect("lets a guest whose room was deleted join again with its token", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const token = makeToken()
      yield* joinGuest({ token, room })
      yield* TestClock.adjust("61 minutes")
      yield* inbox(token)
      assert.strictEqual((yield* cleanUp).rooms, 1)
      const again = yield* joinGuest({ token, room })
      assert.strictEqual(again.host, null)
    })
  )

  it.effect("deletes 20,000 messages of one inbox over several runs", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken } = yield* meeting
      const db = yield* D1
      yield* Effect.promise(() =>
        db.batch([
          db
            .prepare(
              `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO messages (recipient, id, sender, type, body) SELECT ?, i, 'x', 'left', '{}' FROM n`
            )
            .bind(guest.peer.id)
        ])
      )
      yield* TestClock.adjust("59 minutes")
      for (const token of [guestToken, hostToken]) yield* inbox(token)
      yield* TestClock.adjust("2 minutes")
      const first = (yield* cleanUp).messages
      assert.isAtLeast(first, 10_000)
      // The host's `joined` is not among them: it is newer, since the guest was seen again after a while.
      assert.strictEqual(first + (yield* cleanUp).messages, 20_000)
      assert.strictEqual((yield* cleanUp).messages, 0)
    })
  )
})
