import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as TestClock from "effect/TestClock"
import {
  failure,
  guestPage,
  inbox,
  joinGuest,
  joinHost,
  makeKey,
  makeRoom,
  makeToken,
  meeting,
  poll,
  tell
} from "./callers.js"
import { cleanUp, signalingAndCleanup } from "./services.js"

const hostPassword = "open sesame"

layer(signalingAndCleanup(), { timeout: 60_000 })("a claim", (it) => {
  it.effect("keeps its id while the same key holds the room, and the next claim has another", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostKey, hostToken, room } = yield* meeting
      const { claim } = host.peer
      assert.isDefined(claim)
      const token = makeToken()
      assert.strictEqual((yield* joinHost({ token, hostKey, room, resume: true })).peer.claim, claim)
      assert.deepInclude((yield* inbox(guestToken)).at(-1), { type: "host-joined", peer: host.peer })
      assert.strictEqual((yield* joinHost({ token: hostToken, hostKey, room })).peer.claim, claim)
      const joined = yield* joinGuest({ token: guestToken, room })
      assert.deepStrictEqual([joined.host?.claim, joined.hosting], [claim, "claimed"])
      yield* tell(hostToken, { type: "leave", end: true })
      const next = yield* joinHost({ token: makeToken(), hostKey, room })
      assert.isDefined(next.peer.claim)
      assert.notStrictEqual(next.peer.claim, claim)
    })
  )

  it.effect("is sent with the host to a guest that is let in", () =>
    Effect.gen(function* () {
      const { host, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "room", waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(hostToken, { type: "admit", peer: peer.id })
      assert.deepInclude((yield* inbox(token)).at(-1), { type: "admitted", host: host.peer })
    })
  )

  it.effect("determines whether a joining guest is told that the room has or had a host", () =>
    Effect.gen(function* () {
      const room = makeRoom()
      const hosting = Effect.suspend(() => joinGuest({ token: makeToken(), room })).pipe(
        Effect.map((joined) => joined.hosting)
      )
      assert.strictEqual(yield* hosting, "never")
      const token = makeToken()
      yield* joinHost({ token, hostKey: makeKey(), room })
      assert.strictEqual(yield* hosting, "claimed")
      yield* tell(token, { type: "leave" })
      assert.strictEqual(yield* hosting, "claimed")
      yield* TestClock.adjust("61 minutes")
      yield* cleanUp
      assert.strictEqual(yield* hosting, "ended")
      yield* TestClock.adjust("25 hours")
      yield* cleanUp
      assert.strictEqual(yield* hosting, "never")
    })
  )

  it.effect("that expired ends the session of its guests, but not of those who waited in a room without a host", () =>
    Effect.gen(function* () {
      const { guestToken, room } = yield* meeting
      const [early, free] = [makeToken(), makeRoom()]
      yield* joinGuest({ token: early, room: free })
      yield* TestClock.adjust("61 minutes")
      for (const target of [room, free]) {
        yield* joinHost({ token: makeToken(), hostKey: makeKey(), room: target })
      }
      assert.strictEqual(yield* guestPage(guestToken, room), "SessionEnded")
      assert.strictEqual(yield* failure(poll(early)), "PeerUnknown")
      assert.strictEqual((yield* joinGuest({ token: early, room: free })).hosting, "claimed")
    })
  )
})

layer(signalingAndCleanup({ HOST_PASSWORD: hostPassword }), { timeout: 60_000 })(
  "a room taken over with HOST_PASSWORD",
  (it) => {
    it.effect("ends the session of its guests, or keeps them if it is resumed, under another claim", () =>
      Effect.gen(function* () {
        for (const resume of [false, true]) {
          const room = makeRoom()
          const token = makeToken()
          const first = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room, hostPassword })
          yield* joinGuest({ token, room })
          const second = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room, hostPassword, resume })
          assert.notStrictEqual(second.peer.claim, first.peer.claim)
          const back = yield* Effect.either(joinGuest({ token, room }))
          if (resume) assert.strictEqual(Either.isRight(back) && back.right.host?.claim, second.peer.claim)
          else assert.strictEqual(Either.isLeft(back) && back.left._tag, "SessionEnded")
        }
      })
    )
  }
)
