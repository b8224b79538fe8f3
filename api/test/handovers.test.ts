import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Runtime from "effect/Runtime"
import * as TestClock from "effect/TestClock"
import type { Cleanup } from "../Cleanup.js"
import { type ClaimId, type HostKey, PeerId, type PeerToken } from "../contract/Ids.js"
import type { Signaling } from "../Signaling.js"
import { caller, inbox, joinGuest, joinHost, makeKey, makeRoom, makeToken, offer, poll, tell } from "./callers.js"
import { cleanUp, signalingAndCleanup } from "./services.js"

const hostPassword = "open sesame"

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
    /** The host was not seen for an hour, and its claim goes with the next cleanup or to the next host. */
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
            // A host who takes a session over with the password takes its guests over.
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
  layer(signalingAndCleanup(password ? { HOST_PASSWORD: hostPassword } : {}), { timeout: 60_000 })(
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
