import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import * as TestClock from "effect/TestClock"
import { ConnectionId, Cursor, PeerId, type PeerToken } from "../contract/Ids.js"
import { ModerationRepo } from "../Moderation/Repo.js"
import { Moderation } from "../Moderation.js"
import { Signaling } from "../Signaling.js"
import {
  AtOnce,
  D1,
  inbox,
  joinGuest,
  joinHost,
  makeKey,
  makeRoom,
  makeToken,
  meeting,
  Offline,
  signaling,
  tell
} from "./record.js"

const offer = (to: PeerId) => ({ type: "offer", to, connection: ConnectionId.make("c1"), sdp: "v=0" }) as const
const rules = (token: PeerToken, wanted: { readonly waitingRoom?: boolean; readonly locked?: boolean }) =>
  tell(token, { type: "room", ...wanted })
/** The tag of the error that this fails with. */
const failure = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)
const types = (token: PeerToken) => Effect.map(inbox(token), (messages) => messages.map(({ type }) => type))
const caller = (token: PeerToken) => Effect.flatMap(Signaling, (service) => service.caller(token))

const service = Layer.mergeAll(Moderation.Default, ModerationRepo.Default).pipe(
  Layer.provide([AtOnce, Offline]),
  Layer.provideMerge(signaling()),
  Layer.provideMerge(D1.layer)
)

layer(service, { timeout: 60_000 })("a waiting room", (it) => {
  it.effect("holds back those who come later, and nobody who is in", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true })
      const token = makeToken()
      const waiting = yield* joinGuest({ token, room })
      assert.strictEqual(waiting.peer.waiting, true)
      assert.strictEqual(waiting.host, null)
      assert.strictEqual(yield* failure(tell(token, offer(host.peer.id))), "NotAllowed")
      assert.isFalse((yield* caller(token)).calls)
      assert.deepInclude((yield* inbox(hostToken)).at(-1), { type: "joined", peer: waiting.peer })
      assert.deepStrictEqual((yield* joinGuest({ token, room })).peer, waiting.peer)
      const again = yield* joinGuest({ token: guestToken, room })
      assert.deepStrictEqual(again.peer, guest.peer)
      yield* tell(guestToken, offer(host.peer.id))
    })
  )

  it.effect("opens for the one that the host admits, once", () =>
    Effect.gen(function* () {
      const { host, hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true })
      const [one, other] = [makeToken(), makeToken()]
      const { peer } = yield* joinGuest({ token: one, room })
      yield* joinGuest({ token: other, room })
      yield* tell(hostToken, { type: "admit", peer: peer.id })
      yield* tell(hostToken, { type: "admit", peer: peer.id })
      const heard = yield* inbox(one)
      assert.strictEqual(heard.length, 1)
      assert.deepInclude(heard[0], { type: "admitted", from: host.peer.id, host: host.peer })
      assert.deepStrictEqual(yield* inbox(other), [])
      yield* tell(one, offer(host.peer.id))
      assert.isTrue((yield* caller(one)).calls)
      const back = yield* joinGuest({ token: one, room })
      assert.isUndefined(back.peer.waiting)
      assert.deepStrictEqual(back.host, host.peer)
    })
  )

  it.effect("lets in all that wait when it is closed", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true })
      const tokens = [makeToken(), makeToken()]
      for (const token of tokens) yield* joinGuest({ token, room })
      yield* rules(hostToken, { waitingRoom: false })
      for (const token of tokens) assert.deepStrictEqual(yield* types(token), ["admitted"])
      assert.isUndefined((yield* joinGuest({ token: makeToken(), room })).peer.waiting)
    })
  )

  it.effect("is the host's own: another room's host admits nobody, and a guest nobody at all", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      const other = yield* meeting
      yield* rules(hostToken, { waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      assert.strictEqual(yield* failure(tell(other.hostToken, { type: "admit", peer: peer.id })), "RecipientUnknown")
      for (const request of [
        { type: "admit", peer: peer.id },
        { type: "remove", peer: peer.id },
        { type: "room", waitingRoom: false }
      ] as const) {
        assert.strictEqual(yield* failure(tell(guestToken, request)), "NotAllowed")
        assert.strictEqual(yield* failure(tell(makeToken(), request)), "PeerUnknown")
      }
      assert.strictEqual((yield* joinGuest({ token, room })).peer.waiting, true)
    })
  )

  it.effect("forgets one who has left, and tells the host", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(token, { type: "leave" })
      assert.strictEqual((yield* types(hostToken)).at(-1), "left")
      assert.strictEqual(yield* failure(tell(hostToken, { type: "admit", peer: peer.id })), "RecipientUnknown")
    })
  )

  it.effect("is kept by its key, with those who wait where the session is resumed", () =>
    Effect.gen(function* () {
      const { hostKey, hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true, locked: true })
      const resumed = yield* joinHost({ token: makeToken(), hostKey, room, resume: true })
      assert.deepStrictEqual([resumed.waitingRoom, resumed.locked], [true, true])
      const token = makeToken()
      const unlocked = yield* joinHost({ token, hostKey, room })
      assert.deepStrictEqual([unlocked.waitingRoom, unlocked.locked], [true, false])
      const guest = makeToken()
      const waiting = yield* joinGuest({ token: guest, room })
      const back = yield* joinHost({ token: makeToken(), hostKey, room, resume: true })
      assert.deepStrictEqual(back.guests, [waiting.peer])
      assert.deepStrictEqual(yield* inbox(guest), [])
    })
  )

  it.effect("ends with the session, and is nothing to the next host", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true, locked: true })
      yield* tell(hostToken, { type: "leave", end: true })
      assert.isUndefined((yield* joinGuest({ token: makeToken(), room })).peer.waiting)
      const next = yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      assert.deepStrictEqual([next.waitingRoom, next.locked], [false, false])
    })
  )
})

const small = Layer.mergeAll(Moderation.Default, ModerationRepo.Default).pipe(
  Layer.provide([AtOnce, Offline]),
  Layer.provideMerge(signaling({ MAX_GUESTS: "2", MAX_WAITING: "3" })),
  Layer.provideMerge(D1.layer)
)

layer(small, { timeout: 60_000 })("a small room with a waiting room", (it) => {
  it.effect("has places for those who wait apart from those inside, and lets in as many as there is a place for", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true })
      const [first, second] = [makeToken(), makeToken()]
      const one = yield* joinGuest({ token: first, room })
      const other = yield* joinGuest({ token: second, room })
      yield* joinGuest({ token: makeToken(), room })
      const full = yield* Effect.flip(joinGuest({ token: makeToken(), room }))
      assert.strictEqual(full._tag, "RoomFull")
      assert.include(full.message, "wait")
      yield* tell(hostToken, { type: "admit", peer: one.peer.id })
      const refused = yield* Effect.flip(tell(hostToken, { type: "admit", peer: other.peer.id }))
      assert.strictEqual(refused._tag, "RoomFull")
      assert.include(refused.message, "no place")
      // Nothing of it is done: neither opens the door, nor is anybody in.
      assert.strictEqual(yield* failure(rules(hostToken, { waitingRoom: false, locked: true })), "RoomFull")
      assert.strictEqual((yield* joinGuest({ token: second, room })).peer.waiting, true)
      assert.deepStrictEqual(yield* inbox(second), [])
      assert.strictEqual((yield* joinGuest({ token: makeToken(), room })).peer.waiting, true)
      // One who is in is let in again, and one who leaves makes room.
      yield* tell(hostToken, { type: "admit", peer: one.peer.id })
      yield* tell(guestToken, { type: "leave" })
      yield* tell(hostToken, { type: "admit", peer: other.peer.id })
      assert.deepStrictEqual(yield* types(second), ["admitted"])
    })
  )
})

layer(service, { timeout: 60_000 })("a locked room", (it) => {
  it.effect("lets in nobody new, and whoever it knows", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      yield* rules(hostToken, { locked: true })
      const token = makeToken()
      assert.strictEqual(yield* failure(joinGuest({ token, room })), "RoomLocked")
      assert.deepStrictEqual((yield* joinGuest({ token: guestToken, room })).peer, guest.peer)
      yield* rules(hostToken, { locked: false })
      yield* joinGuest({ token, room })
    })
  )
})

layer(service, { timeout: 60_000 })("a removed guest", (it) => {
  it.effect("is out at once: its held poll ends, and its token is taken no more", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      const held = yield* Effect.fork(
        Effect.flatMap(Signaling, (signaling) =>
          failure(signaling.messages(guestToken, { after: Cursor.make(0), wait: 25 }))
        )
      )
      yield* TestClock.adjust("1 second")
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* Fiber.join(held), "PeerUnknown")
      assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
      assert.strictEqual(yield* failure(tell(guestToken, { type: "leave" })), "PeerUnknown")
      // Said again, as a page does that has lost the answer.
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      assert.strictEqual(yield* failure(tell(hostToken, { type: "admit", peer: guest.peer.id })), "RecipientUnknown")
      yield* joinGuest({ token: makeToken(), room })
    })
  )

  it.effect("is refused for the whole session, however often it comes and goes", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostKey, hostToken, room } = yield* meeting
      yield* tell(guestToken, { type: "away" })
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      let token = hostToken
      for (let round = 0; round < 5; round++) {
        for (const type of ["away", "leave"] as const) {
          assert.strictEqual(yield* failure(tell(guestToken, { type })), "PeerUnknown")
          assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
        }
        yield* TestClock.adjust("30 minutes")
        token = makeToken()
        yield* joinHost({ token, hostKey, room, resume: true })
      }
      assert.deepStrictEqual((yield* joinHost({ token, hostKey, room, resume: true })).guests, [])
    })
  )

  it.effect("does not escape by leaving and coming back all the time", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      for (let round = 0; round < 10; round++) {
        const token = makeToken()
        const { peer } = yield* joinGuest({ token, room })
        const evade = Effect.zipRight(
          Effect.either(tell(token, { type: round % 2 === 0 ? "leave" : "away" })),
          Effect.either(joinGuest({ token, room }))
        )
        yield* Effect.all(
          [Effect.replicateEffect(evade, 3), tell(hostToken, { type: "remove", peer: peer.id }), evade],
          { concurrency: "unbounded" }
        )
        assert.strictEqual(yield* failure(joinGuest({ token, room })), "Removed")
        assert.strictEqual(yield* failure(tell(token, { type: "leave" })), "PeerUnknown")
      }
    })
  )

  it.effect("may have left already", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      yield* tell(guestToken, { type: "leave" })
      assert.strictEqual((yield* joinGuest({ token: guestToken, room })).peer.id, guest.peer.id)
      yield* tell(guestToken, { type: "leave" })
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
    })
  )

  it.effect("may join the next session, and any other room", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostKey, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      const elsewhere = yield* meeting
      yield* joinGuest({ token: guestToken, room: elsewhere.room })
      yield* tell(guestToken, { type: "leave" })
      yield* joinHost({ token: makeToken(), hostKey, room, resume: true })
      assert.strictEqual(yield* failure(joinGuest({ token: guestToken, room })), "Removed")
      yield* joinHost({ token: makeToken(), hostKey, room })
      yield* joinGuest({ token: guestToken, room })
    })
  )

  it.effect("may have waited only: that is how one is refused", () =>
    Effect.gen(function* () {
      const { hostToken, room } = yield* meeting
      yield* rules(hostToken, { waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(hostToken, { type: "remove", peer: peer.id })
      assert.strictEqual(yield* failure(joinGuest({ token, room })), "Removed")
    })
  )

  it.effect("may be one of all that wait: refused at once, told to the host, and those who are in stay", () =>
    Effect.gen(function* () {
      const { guest, guestToken, hostToken, room } = yield* meeting
      const other = yield* meeting
      for (const token of [hostToken, other.hostToken]) yield* rules(token, { waitingRoom: true })
      const spared = makeToken()
      yield* joinGuest({ token: spared, room: other.room })
      const tokens = [makeToken(), makeToken(), makeToken()]
      const ids: Array<PeerId> = []
      for (const token of tokens) ids.push((yield* joinGuest({ token, room })).peer.id)
      assert.strictEqual(yield* failure(tell(guestToken, { type: "refuse" })), "NotAllowed")
      assert.strictEqual(yield* failure(tell(makeToken(), { type: "refuse" })), "PeerUnknown")
      yield* tell(hostToken, { type: "refuse" })
      assert.deepStrictEqual(
        (yield* inbox(hostToken)).flatMap(({ from, type }) => (type === "left" ? [from] : [])),
        ids
      )
      for (const token of tokens) {
        assert.strictEqual(yield* failure(tell(token, { type: "leave" })), "PeerUnknown")
        assert.strictEqual(yield* failure(joinGuest({ token, room })), "Removed")
      }
      assert.deepStrictEqual((yield* joinGuest({ token: guestToken, room })).peer, guest.peer)
      assert.strictEqual((yield* joinGuest({ token: spared, room: other.room })).peer.waiting, true)
      yield* tell(hostToken, { type: "refuse" })
      assert.strictEqual((yield* types(hostToken)).filter((type) => type === "left").length, 3)
    })
  )

  it.effect("cannot be a host, or a guest of another room", () =>
    Effect.gen(function* () {
      const { host, hostToken } = yield* meeting
      const other = yield* meeting
      for (const peer of [host.peer.id, other.guest.peer.id, PeerId.make("p_nobody")]) {
        assert.strictEqual(yield* failure(tell(hostToken, { type: "remove", peer })), "RecipientUnknown")
      }
      assert.isTrue((yield* caller(other.guestToken)).calls)
    })
  )
})

layer(service, { timeout: 60_000 })("who may try the relay", (it) => {
  it.effect("is whoever could join and call at once", () =>
    Effect.gen(function* () {
      const moderation = yield* Moderation
      const { hostToken, room } = yield* meeting
      assert.isTrue(yield* moderation.isOpen(room))
      assert.isFalse(yield* moderation.isOpen(makeRoom()))
      for (const wanted of [{ waitingRoom: true }, { locked: true }] as const) {
        yield* rules(hostToken, { waitingRoom: false, locked: false, ...wanted })
        assert.isFalse(yield* moderation.isOpen(room))
      }
      yield* rules(hostToken, { waitingRoom: false, locked: false })
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

layer(service, { timeout: 60_000 })("in any order", (it) => {
  it.effect(
    "only those who are in reach the host, and nobody comes in whom the rules keep out",
    () =>
      Effect.flatMap(Effect.runtime<Signaling>(), (runtime) =>
        Effect.promise(() =>
          FastCheck.assert(
            FastCheck.asyncProperty(FastCheck.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
              const run = Effect.gen(function* () {
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
                    yield* rules(hostToken, { waitingRoom })
                    for (const [who, place] of places.entries()) {
                      if (!waitingRoom && place === "waiting") places[who] = "in"
                    }
                    continue
                  }
                  if ("locked" in action) {
                    locked = action.locked
                    yield* rules(hostToken, { locked })
                    continue
                  }
                  const { who } = action
                  const token = tokens[who] ?? makeToken()
                  const place = places[who]
                  const id = ids[who] ?? PeerId.make("p_nobody")
                  const ask = (type: "admit" | "remove") => Effect.either(tell(hostToken, { type, peer: id }))
                  const there = place === "in" || place === "waiting"
                  switch (action.do) {
                    case "join": {
                      const joined = yield* Effect.either(joinGuest({ token, room }))
                      if (place === "removed" || (place === "out" && locked)) {
                        const tag = place === "removed" ? "Removed" : "RoomLocked"
                        assert.strictEqual(Either.isLeft(joined) && joined.left._tag, tag)
                      } else {
                        const { host: seen, peer } = yield* joined
                        if (place === "out") places[who] = waitingRoom ? "waiting" : "in"
                        assert.deepStrictEqual(
                          [peer.waiting === true, seen === null],
                          Array(2).fill(places[who] === "waiting")
                        )
                        ids[who] = peer.id
                      }
                      break
                    }
                    case "leave":
                      assert.strictEqual(Either.isRight(yield* Effect.either(tell(token, { type: "leave" }))), there)
                      if (there) places[who] = "out"
                      break
                    case "offer": {
                      const sent = yield* Effect.either(tell(token, offer(host.peer.id)))
                      assert.strictEqual(Either.isRight(sent), place === "in")
                      break
                    }
                    case "admit":
                      assert.strictEqual(Either.isRight(yield* ask("admit")), there)
                      if (place === "waiting") places[who] = "in"
                      break
                    case "remove":
                      // One who has left, and one who was removed, is known by the id all the same.
                      assert.strictEqual(Either.isRight(yield* ask("remove")), ids[who] !== undefined)
                      if (ids[who] !== undefined) places[who] = "removed"
                  }
                }
              })
              await Runtime.runPromise(runtime)(run)
            }),
            { numRuns: 40 }
          )
        )
      ),
    120_000
  )
})
