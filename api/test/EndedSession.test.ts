import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import * as TestClock from "effect/TestClock"
import { Cleanup } from "../Cleanup.js"
import {
  type ClaimId,
  ConnectionId,
  Cursor,
  type HostKey,
  PeerId,
  type PeerToken,
  type RoomId
} from "../contract/Ids.js"
import { Signaling } from "../Signaling.js"
import {
  D1,
  DatabaseLive,
  inbox,
  joinGuest,
  joinHost,
  makeKey,
  makeRoom,
  makeToken,
  meeting,
  settings,
  signaling,
  tell
} from "./record.js"

const hostPassword = "open sesame"

const services = (values: Readonly<Record<string, string>> = {}) =>
  Cleanup.Default.pipe(
    Layer.provide([DatabaseLive, settings(values)]),
    Layer.merge(signaling(values)),
    Layer.provideMerge(D1.layer)
  )

const cleanUp = Effect.flatMap(Cleanup, (cleanup) => cleanup.run())
const offer = (to: PeerId) => ({ type: "offer", to, connection: ConnectionId.make("c1"), sdp: "v=0" }) as const
/** The tag of the error that this fails with. */
const failure = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)
const poll = (token: PeerToken, wait = 0) =>
  Effect.flatMap(Signaling, (service) => service.messages(token, { after: Cursor.make(0), wait }))
const caller = (token: PeerToken) => Effect.flatMap(Signaling, (service) => service.caller(token))

/** What a guest's page does: polls, and joins again where its token is unknown. Gives why it stopped. */
const page = (token: PeerToken, room: RoomId): Effect.Effect<string, never, Signaling> =>
  poll(token).pipe(
    Effect.catchTag("PeerUnknown", () => joinGuest({ token, room })),
    Effect.matchEffect({
      onFailure: ({ _tag }) => Effect.succeed(_tag),
      onSuccess: () =>
        Effect.zipRight(
          Effect.yieldNow(),
          Effect.suspend(() => page(token, room))
        )
    })
  )

/** A stranger who tries again and again, until the room is free. */
const stranger = (room: RoomId, token: PeerToken) =>
  Effect.suspend(() => joinHost({ token, hostKey: makeKey(), room })).pipe(
    Effect.retry({ while: ({ _tag }) => _tag === "RoomTaken" })
  )

layer(services(), { timeout: 60_000 })("a stranger who takes the room at the moment of its end", (it) => {
  const waits = [false, true]
  for (const waiting of waits) {
    it.effect(`gets no guest that was ${waiting ? "in the waiting room" : "inside"}, however often`, () =>
      Effect.gen(function* () {
        for (let round = 0; round < 10; round++) {
          const { hostToken, room } = yield* meeting
          const [guest, thief] = [makeToken(), makeToken()]
          if (waiting) yield* tell(hostToken, { type: "room", waitingRoom: true })
          const { peer } = yield* joinGuest({ token: guest, room })
          assert.strictEqual(peer.waiting === true, waiting)
          const running = yield* Effect.fork(
            Effect.all([stranger(room, thief), page(guest, room)], { concurrency: "unbounded" })
          )
          yield* poll(hostToken)
          yield* tell(hostToken, { type: "leave", end: true })
          const [stolen, told] = yield* Fiber.join(running)
          assert.strictEqual(told, "SessionEnded")
          assert.deepStrictEqual(stolen.guests, [])
          assert.deepStrictEqual(yield* inbox(thief), [])
        }
      })
    )
  }

  it.effect("gets nobody who was offline then, and comes back later", () =>
    Effect.gen(function* () {
      const { guestToken, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "leave", end: true })
      const thief = makeToken()
      yield* joinHost({ token: thief, hostKey: makeKey(), room })
      for (let hours = 0; hours < 24; hours++) {
        assert.strictEqual(yield* page(guestToken, room), "SessionEnded")
        yield* TestClock.adjust("55 minutes")
        yield* poll(thief)
        yield* cleanUp
      }
      assert.deepStrictEqual(yield* inbox(thief), [])
    })
  )

  it.effect("gets nobody whom a fresh start had put out before the end", () =>
    Effect.gen(function* () {
      const { guestToken, hostKey, room } = yield* meeting
      const token = makeToken()
      yield* joinHost({ token, hostKey, room })
      assert.strictEqual(yield* failure(poll(guestToken)), "PeerUnknown")
      yield* tell(token, { type: "leave", end: true })
      yield* joinHost({ token: makeToken(), hostKey: makeKey(), room })
      assert.strictEqual(yield* page(guestToken, room), "SessionEnded")
    })
  )
})

layer(services(), { timeout: 60_000 })("the token of a guest whose session was ended", (it) => {
  it.effect("answers SessionEnded to everything, in this room and every other, at once where a poll is held", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken, room } = yield* meeting
      const held = yield* Effect.fork(failure(poll(guestToken, 25)))
      yield* TestClock.adjust("1 second")
      yield* tell(hostToken, { type: "leave", end: true })
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(held), "SessionEnded")
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

  it.effect("is another than the host's, and than one that nobody has ever used", () =>
    Effect.gen(function* () {
      const { hostToken } = yield* meeting
      yield* tell(hostToken, { type: "leave", end: true })
      for (const token of [hostToken, makeToken()]) assert.strictEqual(yield* failure(poll(token)), "PeerUnknown")
    })
  )
})

layer(services(), { timeout: 60_000 })("a claim", (it) => {
  it.effect("keeps its id with its key, and the next one has another", () =>
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

  it.effect("is shown with the host to a guest that is let in", () =>
    Effect.gen(function* () {
      const { host, hostToken, room } = yield* meeting
      yield* tell(hostToken, { type: "room", waitingRoom: true })
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(hostToken, { type: "admit", peer: peer.id })
      assert.deepInclude((yield* inbox(token)).at(-1), { type: "admitted", host: host.peer })
    })
  )

  it.effect("tells a guest that joins whether the room ever had a host", () =>
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

  it.effect("that ran out is over for its guests as well, and for nobody who waited where no host had been", () =>
    Effect.gen(function* () {
      const { guestToken, room } = yield* meeting
      const [early, free] = [makeToken(), makeRoom()]
      yield* joinGuest({ token: early, room: free })
      yield* TestClock.adjust("61 minutes")
      for (const target of [room, free]) {
        yield* joinHost({ token: makeToken(), hostKey: makeKey(), room: target })
      }
      assert.strictEqual(yield* page(guestToken, room), "SessionEnded")
      assert.strictEqual(yield* failure(poll(early)), "PeerUnknown")
      assert.strictEqual((yield* joinGuest({ token: early, room: free })).hosting, "claimed")
    })
  )
})

layer(services({ HOST_PASSWORD: hostPassword }), { timeout: 60_000 })("a room taken back with HOST_PASSWORD", (it) => {
  it.effect(
    "is over for the guests of the former claim, or theirs still where it is resumed, under another claim",
    () =>
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
})

/** What two hosts, each with a key of its own, and two guests may do. */
const step = FastCheck.oneof(
  {
    weight: 5,
    arbitrary: FastCheck.record({
      do: FastCheck.constantFrom("join", "join", "poll", "send", "away", "leave"),
      guest: FastCheck.nat(1)
    })
  },
  {
    weight: 4,
    arbitrary: FastCheck.record({
      do: FastCheck.constantFrom("claim", "resume", "end", "leave room", "remove", "waiting room"),
      host: FastCheck.nat(1)
    })
  },
  { weight: 1, arbitrary: FastCheck.record({ do: FastCheck.constantFrom("an hour passes", "clean up") }) }
)

type Step = typeof step extends FastCheck.Arbitrary<infer A> ? A : never

/** How each run begins: a host has the room, and a guest is in it. */
const opening: ReadonlyArray<Step> = [
  { do: "claim", host: 0 },
  { do: "join", guest: 0 }
]

interface Host {
  readonly key: HostKey
  token: PeerToken
}

interface Claim {
  readonly claim: ClaimId
  readonly holder: Host
}

/**
 * Runs the steps, and holds each answer against what a claim promises. What is known of the service comes from its
 * answers alone: which claim holds the room, and under which claims each guest's token was let in.
 */
const play = (steps: ReadonlyArray<Step>, password: boolean) =>
  Effect.gen(function* () {
    const room = makeRoom()
    const hosts: ReadonlyArray<Host> = [0, 1].map(() => ({ key: makeKey(), token: makeToken() }))
    const guests = [0, 1].map(() => ({ token: makeToken(), id: PeerId.make("p_nobody"), of: new Set<ClaimId>() }))
    let present: Claim | null = null
    const holding = (): Claim | null => present
    let hostId = PeerId.make("p_nobody")
    /** The host was not seen for an hour, and its claim goes with the next cleanup or to whoever comes. */
    let expired = false
    for (const action of steps) {
      if ("guest" in action) {
        const guest = guests[action.guest]
        if (guest === undefined) continue
        /** Let in under a claim that holds the room no more. */
        const over = [...guest.of].some((former) => former !== present?.claim)
        switch (action.do) {
          case "join": {
            const joined = yield* Effect.either(joinGuest({ token: guest.token, room }))
            if (over) {
              assert.strictEqual(Either.isLeft(joined) && joined.left._tag, "SessionEnded")
            } else if (Either.isRight(joined)) {
              guest.id = joined.right.peer.id
              if (present !== null) guest.of.add(present.claim)
              assert.strictEqual(joined.right.hosting === "claimed", present !== null)
            } else {
              assert.strictEqual(joined.left._tag, "Removed")
            }
            break
          }
          case "leave":
          case "away":
          case "poll":
          case "send": {
            const asked: ReadonlyArray<Effect.Effect<unknown, { readonly _tag: string }, Signaling>> = {
              leave: [tell(guest.token, { type: "leave" })],
              away: [tell(guest.token, { type: "away" })],
              poll: [poll(guest.token), caller(guest.token)],
              send: [tell(guest.token, offer(hostId))]
            }[action.do]
            for (const effect of asked) {
              const result = yield* Effect.either(effect)
              if (over) assert.strictEqual(Either.isLeft(result) && result.left._tag, "SessionEnded")
              else if (Either.isLeft(result)) assert.notStrictEqual(result.left._tag, "SessionEnded")
            }
          }
        }
      } else if ("host" in action) {
        const host = hosts[action.host]
        if (host === undefined) continue
        switch (action.do) {
          case "claim":
          case "resume": {
            host.token = makeToken()
            const joined = yield* Effect.either(
              joinHost({
                token: host.token,
                hostKey: host.key,
                room,
                resume: action.do === "resume",
                ...(password ? { hostPassword } : {})
              })
            )
            const taken: boolean = present !== null && present.holder !== host && !expired && !password
            if (Either.isLeft(joined)) {
              assert.deepStrictEqual([joined.left._tag, taken], ["RoomTaken", true])
              break
            }
            assert.isFalse(taken)
            const { claim, id } = joined.right.peer
            if (claim === undefined) throw new Error("a host without a claim")
            const former = holding()
            hostId = id
            if (former?.holder === host) assert.strictEqual(claim, former.claim)
            else assert.isFalse(guests.some(({ of }) => of.has(claim)))
            present = { claim, holder: host }
            // Whoever takes a session over with the password takes its guests over.
            if (password && action.do === "resume" && former !== null && former.holder !== host && !expired) {
              for (const { of } of guests) if (of.delete(former.claim)) of.add(claim)
            }
            expired = false
            for (const guest of joined.right.guests) {
              const known = guests.find(({ id }) => id === guest.id)
              assert.isTrue(known?.of.has(claim), "a guest of another claim")
            }
            break
          }
          case "end":
            if (Either.isRight(yield* Effect.either(tell(host.token, { type: "leave", end: true })))) present = null
            break
          case "leave room":
            yield* Effect.either(tell(host.token, { type: "leave" }))
            break
          case "remove":
            for (const { id } of guests) yield* Effect.either(tell(host.token, { type: "remove", peer: id }))
            break
          case "waiting room":
            yield* Effect.either(tell(host.token, { type: "room", waitingRoom: true }))
        }
        // Nothing in a host's inbox comes of a guest of another claim.
        if (present?.holder === host) {
          const read = yield* Effect.either(inbox(host.token))
          if (Either.isLeft(read)) continue
          expired = false
          for (const message of read.right) {
            const from = guests.find(({ id }) => id === message.from)
            assert.isTrue(from === undefined || from.of.has(present.claim), "a message of another claim's guest")
          }
        }
      } else if (action.do === "an hour passes") {
        yield* TestClock.adjust("61 minutes")
        expired = true
      } else {
        yield* cleanUp
        if (expired) present = null
      }
    }
  })

for (const password of [false, true]) {
  layer(services(password ? { HOST_PASSWORD: hostPassword } : {}), { timeout: 60_000 })(
    `in any order, ${password ? "with" : "without"} a host password`,
    (it) => {
      it.effect(
        "no guest of one claim is ever a peer of another",
        () =>
          Effect.flatMap(Effect.runtime<Signaling | Cleanup>(), (runtime) =>
            Effect.promise(() =>
              FastCheck.assert(
                FastCheck.asyncProperty(FastCheck.array(step, { minLength: 1, maxLength: 20 }), (steps) =>
                  Runtime.runPromise(runtime)(play([...opening, ...steps], password))
                ),
                { numRuns: 30 }
              )
            )
          ),
        120_000
      )
    }
  )
}
