import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import type { PeerToken, RoomId } from "../contract/Ids.js"
import type { Signaling } from "../Signaling.js"
import {
  caller,
  failure,
  guestPage,
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
import { cleanUp, signalingAndCleanup } from "./services.js"

/** A stranger who tries to claim the room again and again until it is free. */
const stranger = (room: RoomId, token: PeerToken) =>
  Effect.suspend(() => joinHost({ token, hostKey: makeKey(), room })).pipe(
    Effect.retry({ while: ({ _tag }) => _tag === "RoomTaken" })
  )

layer(signalingAndCleanup(), { timeout: 60_000 })("a stranger who takes the room at the moment of its end", (it) => {
  const waits = [false, true]
  for (const waiting of waits) {
    it.effect(`gets no guest that was ${waiting ? "in the waiting room" : "in the room"}`, () =>
      Effect.gen(function* () {
        for (let round = 0; round < 10; round++) {
          const { hostToken, room } = yield* meeting
          const [guest, thief] = [makeToken(), makeToken()]
          if (waiting) yield* tell(hostToken, { type: "room", waitingRoom: true })
          const { peer } = yield* joinGuest({ token: guest, room })
          assert.strictEqual(peer.waiting === true, waiting)
          const running = yield* Effect.fork(
            Effect.all([stranger(room, thief), guestPage(guest, room)], { concurrency: "unbounded" })
          )
          yield* poll(hostToken)
          yield* tell(hostToken, { type: "leave", end: true })
          const [stolen, failureOfGuest] = yield* Fiber.join(running)
          assert.strictEqual(failureOfGuest, "SessionEnded")
          assert.deepStrictEqual(stolen.guests, [])
          assert.deepStrictEqual(yield* inbox(thief), [])
        }
      })
    )
  }

  it.effect("gets no guest that was offline then and comes back later", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "leave", end: true })
      const thief = makeToken()
      yield* joinHost({ token: thief, hostKey: makeKey(), room })
      for (let hours = 0; hours < 24; hours++) {
        assert.strictEqual(yield* guestPage(guestToken, room), "SessionEnded")
        yield* TestClock.adjust("55 minutes")
        yield* poll(thief)
        yield* cleanUp
      }
      assert.deepStrictEqual(yield* inbox(thief), [])
    })
  )

  it.effect("gets no guest that a fresh session had removed before the end", () =>
    Effect.gen(function* () {
      const { guestToken, hostKey, room } = yield* meeting
      const token = makeToken()
      yield* joinHost({ token, hostKey, room })
      assert.strictEqual(yield* failure(poll(guestToken)), "PeerUnknown")
      yield* tell(token, { type: "leave", end: true })
      yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      assert.strictEqual(yield* guestPage(guestToken, room), "SessionEnded")
    })
  )
})

layer(signalingAndCleanup(), { timeout: 60_000 })("the token of a guest whose session was ended", (it) => {
  it.effect("answers SessionEnded to every request, in this room and every other, and to a held poll at once", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken, room } = yield* meeting
      const held = yield* Effect.fork(failure(poll(guestToken, { wait: 25 })))
      yield* TestClock.adjust("1 second")
      yield* tell(hostToken, { type: "leave", end: true })
      // The database takes real time, so the clock advances until the poll has checked once more.
      const goingOn = Effect.forever(TestClock.adjust("1 second"))
      assert.strictEqual(yield* Effect.raceFirst(Fiber.join(held), goingOn), "SessionEnded")
      const tries: ReadonlyArray<Effect.Effect<unknown, { readonly _tag: string }, Signaling>> = [
        poll(guestToken),
        caller(guestToken),
        tell(guestToken, offer(host.peer.id)),
        tell(guestToken, { type: "away" }),
        tell(guestToken, { type: "leave" }),
        tell(guestToken, { type: "admit", peer: host.peer.id }),
        joinGuest({ token: guestToken, room }),
        joinGuest({ token: guestToken, room: makeRoom() }),
        joinHost({ token: guestToken, hostKey: makeKey(), room: makeRoom() })
      ]
      for (const attempt of tries) assert.strictEqual(yield* failure(attempt), "SessionEnded")
    })
  )

  it.effect("answers differently from the host's token and from one that was never used", () =>
    Effect.gen(function* () {
      const { hostToken } = yield* meeting
      yield* tell(hostToken, { type: "leave", end: true })
      for (const token of [hostToken, makeToken()]) assert.strictEqual(yield* failure(poll(token)), "PeerUnknown")
    })
  )
})
