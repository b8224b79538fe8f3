import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import { PeerId } from "../contract/Ids.js"
import { Moderation } from "../Moderation.js"
import { failure, joinGuest, joinHost, makeKey, makeRoom, makeToken, meeting, offer, setRoom, tell } from "./callers.js"
import { holds } from "./property.js"
import { moderated } from "./services.js"

layer(moderated(), { timeout: 60_000 })("a locked room", (it) => {
  it.effect("lets in nobody new, but everybody whom it knows", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      yield* setRoom(hostToken, { locked: true })
      const token = makeToken()
      assert.strictEqual(yield* failure(joinGuest({ token, room })), "RoomLocked")
      assert.deepStrictEqual((yield* joinGuest({ token: guestToken, room })).peer, guest.peer)
      yield* setRoom(hostToken, { locked: false })
      yield* joinGuest({ token, room })
    })
  )
})

layer(moderated(), { timeout: 60_000 })("who may try the relay", (it) => {
  it.effect("is everybody while the room has a host, no waiting room and no lock", () =>
    Effect.gen(function* () {
      const moderation = yield* Moderation
      const { hostToken, room } = yield* meeting
      assert.isTrue(yield* moderation.isOpen(room))
      assert.isFalse(yield* moderation.isOpen(makeRoom()))
      for (const wanted of [{ waitingRoom: true }, { locked: true }] as const) {
        yield* setRoom(hostToken, { waitingRoom: false, locked: false, ...wanted })
        assert.isFalse(yield* moderation.isOpen(room))
      }
      yield* setRoom(hostToken, { waitingRoom: false, locked: false })
      yield* tell(hostToken, { type: "leave" })
      assert.isFalse(yield* moderation.isOpen(room))
    })
  )
})

/** What a host and three guests may do, in any order. */
const step = FastCheck.oneof(
  FastCheck.record({ do: FastCheck.constantFrom("join", "leave", "offer", "admit", "remove"), who: FastCheck.nat(2) }),
  FastCheck.record({ do: FastCheck.constant("room"), waitingRoom: FastCheck.boolean() }),
  FastCheck.record({ do: FastCheck.constant("room"), locked: FastCheck.boolean() })
)

type Step = typeof step extends FastCheck.Arbitrary<infer A> ? A : never

/** Runs the steps in a new room, and checks each answer against the rules and the state of each guest. */
const play = (steps: ReadonlyArray<Step>) =>
  Effect.gen(function* () {
    const room = makeRoom()
    const hostToken = makeToken()
    const host = yield* joinHost({ token: hostToken, hostKey: makeKey(), room })
    const tokens = [makeToken(), makeToken(), makeToken()]
    const places: Array<"out" | "waiting" | "in" | "removed"> = ["out", "out", "out"]
    const ids: Array<PeerId> = []
    let waitingRoom = false
    let locked = false
    for (const action of steps) {
      if ("waitingRoom" in action) {
        waitingRoom = action.waitingRoom
        yield* setRoom(hostToken, { waitingRoom })
        for (const [who, place] of places.entries()) {
          if (!waitingRoom && place === "waiting") places[who] = "in"
        }
        continue
      }
      if ("locked" in action) {
        locked = action.locked
        yield* setRoom(hostToken, { locked })
        continue
      }
      const { who } = action
      const token = tokens[who] ?? makeToken()
      const place = places[who]
      const id = ids[who] ?? PeerId.make("p_nobody")
      const ask = (type: "admit" | "remove") => Effect.either(tell(hostToken, { type, peer: id }))
      const isPresent = place === "in" || place === "waiting"
      switch (action.do) {
        case "join": {
          const joined = yield* Effect.either(joinGuest({ token, room }))
          if (place === "removed" || (place === "out" && locked)) {
            const tag = place === "removed" ? "Removed" : "RoomLocked"
            assert.strictEqual(Either.isLeft(joined) && joined.left._tag, tag)
          } else {
            const { host: seen, peer } = yield* joined
            if (place === "out") places[who] = waitingRoom ? "waiting" : "in"
            assert.deepStrictEqual([peer.waiting === true, seen === null], Array(2).fill(places[who] === "waiting"))
            ids[who] = peer.id
          }
          break
        }
        case "leave":
          assert.strictEqual(Either.isRight(yield* Effect.either(tell(token, { type: "leave" }))), isPresent)
          if (isPresent) places[who] = "out"
          break
        case "offer": {
          const sent = yield* Effect.either(tell(token, offer(host.peer.id)))
          assert.strictEqual(Either.isRight(sent), place === "in")
          break
        }
        case "admit":
          assert.strictEqual(Either.isRight(yield* ask("admit")), isPresent)
          if (place === "waiting") places[who] = "in"
          break
        case "remove":
          // A guest who has left or was removed is still known by its id.
          assert.strictEqual(Either.isRight(yield* ask("remove")), ids[who] !== undefined)
          if (ids[who] !== undefined) places[who] = "removed"
      }
    }
  })

layer(moderated(), { timeout: 60_000 })("in any order", (it) => {
  it.effect(
    "only those who are in reach the host, and nobody comes in whom the rules keep out",
    () => holds(FastCheck.array(step, { minLength: 1, maxLength: 25 }), { numRuns: 40 }, play),
    120_000
  )
})
