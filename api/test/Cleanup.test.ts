import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { Cleanup } from "../Cleanup.js"
import { ConnectionId } from "../contract/Ids.js"
import {
  D1,
  DatabaseLive,
  inbox,
  joinGuest,
  makeRoom,
  makeToken,
  meeting,
  settings,
  signaling,
  tell
} from "./record.js"

const services = Cleanup.Default.pipe(
  Layer.provide([DatabaseLive, settings()]),
  Layer.merge(signaling()),
  Layer.provideMerge(D1.layer)
)

const run = Effect.flatMap(Cleanup, (cleanup) => cleanup.run())

layer(services, { timeout: 60_000 })("the cleanup", (it) => {
  it.effect("deletes messages older than an hour, peers unseen for an hour, and rooms whose host was", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      yield* tell(guestToken, { type: "offer", to: host.peer.id, connection: ConnectionId.make("c1"), sdp: "v=0" })
      yield* TestClock.adjust("59 minutes")
      yield* inbox(hostToken)
      assert.deepStrictEqual(yield* run, { messages: 0, peers: 0, rooms: 0 })

      yield* TestClock.adjust("2 minutes")
      assert.deepStrictEqual(yield* run, { messages: 2, peers: 1, rooms: 0 })
      assert.deepStrictEqual(yield* inbox(hostToken), [])
      assert.strictEqual((yield* Effect.flip(inbox(guestToken)))._tag, "PeerUnknown")

      yield* TestClock.adjust("61 minutes")
      assert.deepStrictEqual(yield* run, { messages: 0, peers: 1, rooms: 1 })
      assert.strictEqual((yield* Effect.flip(inbox(hostToken)))._tag, "PeerUnknown")
    })
  )

  it.effect("lets a guest whose room went in again by its token", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const token = makeToken()
      yield* joinGuest({ token, room })
      yield* TestClock.adjust("61 minutes")
      yield* inbox(token)
      assert.strictEqual((yield* run).rooms, 1)
      const again = yield* joinGuest({ token, room })
      assert.strictEqual(again.host, null)
    })
  )

  it.effect("deletes 100,000 messages, chunk by chunk, and ends", () =>
    Effect.gen(function* () {
      const { guest } = yield* meeting
      const db = yield* D1
      yield* Effect.promise(() =>
        db.batch([
          db
            .prepare(
              `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO messages (recipient, id, ordinal, sender, type, body) SELECT ?, i, i, 'x', 'left', '{}' FROM n`
            )
            .bind(guest.peer.id)
        ])
      )
      yield* TestClock.adjust("61 minutes")
      assert.strictEqual((yield* run).messages, 100_001)
    })
  )
})
