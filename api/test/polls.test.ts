import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { Cursor } from "../contract/Ids.js"
import { Database } from "../Database.js"
import { withCost } from "../RequestCost.js"
import { inbox, joinHost, makeToken, meeting, offer, poll, tell } from "./callers.js"
import { D1, signaling } from "./services.js"

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a peer that polls", (it) => {
  it.effect("is stored as seen once a minute, in the round trip of its poll, which keeps the room's claim alive", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      const { batch, sql } = yield* Database
      const { cursor } = yield* poll(hostToken)
      const times = Effect.map(
        batch([
          sql`SELECT seen_at AS seen, active_at AS active FROM peers JOIN rooms ON rooms.id = room
            WHERE room = ${room} AND role = 'host'`
        ]),
        ([rows]) => rows?.[0]
      )
      const cost = withCost((cost) =>
        Effect.map(poll(hostToken, { after: cursor }), () => ({ trips: cost.trips, writes: cost.rowsWritten > 0 }))
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

layer(signaling({ MAX_UNREAD: "10000" }).pipe(Layer.provideMerge(D1.layer)), { timeout: 60_000 })("a poll", (it) => {
  it.effect("returns large messages a few at a time, and skips none", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      for (let i = 0; i < 10; i++) yield* tell(guestToken, offer(host.peer.id, `${i}`.padEnd(60_000, ".")))
      let cursor = Cursor.make(0)
      const sizes: Array<number> = []
      do {
        const answer = yield* poll(hostToken, { after: cursor })
        cursor = answer.cursor
        sizes.push(answer.messages.length)
      } while (sizes.at(-1) !== 0)
      assert.deepStrictEqual(sizes, [6, 5, 0])
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
        const held = yield* Effect.fork(poll(hostToken, { after: cursor, wait: 25 }))
        yield* tell(guestToken, offer(host.peer.id))
        const { messages } = yield* Fiber.join(held).pipe(Effect.timeout("20 seconds"))
        assert.deepStrictEqual(
          messages.map(({ type }) => type),
          ["offer"]
        )
      })
    )

    it.effect("answers with the cursor that it was given if no message comes in time", () =>
      Effect.gen(function* () {
        const { guest, guestToken } = yield* meeting
        const after = Cursor.make(7)
        assert.deepStrictEqual(yield* poll(guestToken, { after, wait: 1 }), {
          messages: [],
          cursor: after,
          session: guest.session
        })
      })
    )

    it.effect("answers PeerUnknown at once if its peer is reset, replaced or leaves", () =>
      Effect.gen(function* () {
        const reset = yield* meeting
        const replaced = yield* meeting
        const gone = yield* meeting
        const held = yield* Effect.fork(
          Effect.forEach(
            [reset.guestToken, replaced.hostToken, gone.guestToken],
            (token) => Effect.flip(poll(token, { after: Cursor.make(Number.MAX_SAFE_INTEGER), wait: 25 })),
            { concurrency: "unbounded" }
          )
        )
        yield* joinHost({ token: makeToken(), hostKey: reset.hostKey, room: reset.room })
        yield* joinHost({ token: makeToken(), hostKey: replaced.hostKey, room: replaced.room, resume: true })
        yield* tell(gone.guestToken, { type: "leave" })
        const errors = yield* Fiber.join(held).pipe(Effect.timeout("20 seconds"))
        assert.deepStrictEqual(
          errors.map(({ _tag }) => _tag),
          ["PeerUnknown", "PeerUnknown", "PeerUnknown"]
        )
      })
    )
  }
)
