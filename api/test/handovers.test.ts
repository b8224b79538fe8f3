import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as TestClock from "effect/TestClock"
import { type ClaimId, type HostKey, PeerId, type PeerToken, type RoomId } from "../contract/Ids.js"
import type { Signaling } from "../Signaling.js"
import { caller, inbox, joinGuest, joinHost, makeKey, makeRoom, makeToken, offer, poll, tell } from "./callers.js"
import { holds } from "./property.js"
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
type GuestStep = Extract<Step, { readonly guest: number }>
type HostStep = Extract<Step, { readonly host: number }>

/** The first steps of each run: a host claims the room, and a guest joins it. */
const opening: ReadonlyArray<Step> = [
  { do: "claim", host: 0 },
  { do: "join", guest: 0 }
]

interface Host {
  readonly key: HostKey
  token: PeerToken
}

interface Guest {
  readonly token: PeerToken
  id: PeerId
  /** The claims under which its token was let in. */
  readonly claims: Set<ClaimId>
}

/** The expected state of the service, derived only from its answers. */
interface World {
  readonly room: RoomId
  readonly password: boolean
  readonly hosts: ReadonlyArray<Host>
  readonly guests: ReadonlyArray<Guest>
  /** The claim that holds the room. */
  current: { readonly claim: ClaimId; readonly holder: Host } | null
  hostId: PeerId
  /** True if the host was unseen for an hour, so that the next cleanup or the next host ends its claim. */
  expired: boolean
}

const nobody = PeerId.make("p_nobody")

const makeWorld = (password: boolean): World => ({
  room: makeRoom(),
  password,
  hosts: [0, 1].map(() => ({ key: makeKey(), token: makeToken() })),
  guests: [0, 1].map(() => ({ token: makeToken(), id: nobody, claims: new Set<ClaimId>() })),
  current: null,
  hostId: nobody,
  expired: false
})

/** True if the guest was let in under a claim that no longer holds the room. */
const isOver = ({ current }: World, { claims }: Guest) => [...claims].some((claim) => claim !== current?.claim)

const joinAs = (world: World, guest: Guest) =>
  Effect.gen(function* () {
    const joined = yield* Effect.either(joinGuest({ token: guest.token, room: world.room }))
    if (isOver(world, guest)) {
      assert.strictEqual(Either.isLeft(joined) && joined.left._tag, "SessionEnded")
    } else if (Either.isRight(joined)) {
      guest.id = joined.right.peer.id
      if (world.current !== null) guest.claims.add(world.current.claim)
      assert.strictEqual(joined.right.hosting === "claimed", world.current !== null)
    } else {
      assert.strictEqual(joined.left._tag, "Removed")
    }
  })

const requestsOf = (
  { hostId }: World,
  { token }: Guest,
  what: string
): ReadonlyArray<Effect.Effect<unknown, { readonly _tag: string }, Signaling>> => {
  switch (what) {
    case "leave":
    case "away":
      return [tell(token, { type: what })]
    case "poll":
      return [poll(token), caller(token)]
    default:
      return [tell(token, offer(hostId))]
  }
}

const guestDoes = (world: World, { do: what, guest: index }: GuestStep) =>
  Effect.gen(function* () {
    const guest = world.guests[index]
    if (guest === undefined) return
    if (what === "join") return yield* joinAs(world, guest)
    for (const request of requestsOf(world, guest, what)) {
      const result = yield* Effect.either(request)
      if (isOver(world, guest)) assert.strictEqual(Either.isLeft(result) && result.left._tag, "SessionEnded")
      else if (Either.isLeft(result)) assert.notStrictEqual(result.left._tag, "SessionEnded")
    }
  })

const claimAs = (world: World, host: Host, resume: boolean) =>
  Effect.gen(function* () {
    const { current: former, expired, guests, password, room } = world
    host.token = makeToken()
    const joined = yield* Effect.either(
      joinHost({ token: host.token, hostKey: host.key, room, resume, ...(password ? { hostPassword } : {}) })
    )
    const taken = former !== null && former.holder !== host && !expired && !password
    if (Either.isLeft(joined)) return assert.deepStrictEqual([joined.left._tag, taken], ["RoomTaken", true])
    assert.isFalse(taken)
    const { claim, id } = joined.right.peer
    if (claim === undefined) throw new Error("a host without a claim")
    if (former?.holder === host) assert.strictEqual(claim, former.claim)
    else assert.isFalse(guests.some(({ claims }) => claims.has(claim)))
    // A host who takes a session over with the password takes its guests over.
    if (password && resume && former !== null && former.holder !== host && !expired) {
      for (const { claims } of guests) if (claims.delete(former.claim)) claims.add(claim)
    }
    Object.assign(world, { hostId: id, current: { claim, holder: host }, expired: false })
    for (const guest of joined.right.guests) {
      const known = guests.find(({ id }) => id === guest.id)
      assert.isTrue(known?.claims.has(claim), "a guest of another claim")
    }
  })

/** Asserts that no message in the host's inbox is from a guest of another claim. */
const checkInbox = (world: World, host: Host) =>
  Effect.gen(function* () {
    const { current, guests } = world
    if (current?.holder !== host) return
    const read = yield* Effect.either(inbox(host.token))
    if (Either.isLeft(read)) return
    world.expired = false
    for (const message of read.right) {
      const from = guests.find(({ id }) => id === message.from)
      assert.isTrue(from === undefined || from.claims.has(current.claim), "a message of another claim's guest")
    }
  })

const hostDoes = (world: World, step: HostStep) =>
  Effect.gen(function* () {
    const host = world.hosts[step.host]
    if (host === undefined) return
    switch (step.do) {
      case "claim":
      case "resume":
        yield* claimAs(world, host, step.do === "resume")
        break
      case "end":
        if (Either.isRight(yield* Effect.either(tell(host.token, { type: "leave", end: true })))) world.current = null
        break
      case "leave room":
        yield* Effect.either(tell(host.token, { type: "leave" }))
        break
      case "remove":
        for (const { id } of world.guests) yield* Effect.either(tell(host.token, { type: "remove", peer: id }))
        break
      case "waiting room":
        yield* Effect.either(tell(host.token, { type: "room", waitingRoom: true }))
    }
    yield* checkInbox(world, host)
  })

/** Runs the steps in a new room, and checks each answer against what a claim guarantees. */
const play = (steps: ReadonlyArray<Step>, password: boolean) =>
  Effect.gen(function* () {
    const world = makeWorld(password)
    for (const step of steps) {
      if ("guest" in step) yield* guestDoes(world, step)
      else if ("host" in step) yield* hostDoes(world, step)
      else if (step.do === "an hour passes") {
        yield* TestClock.adjust("61 minutes")
        world.expired = true
      } else {
        yield* cleanUp
        if (world.expired) world.current = null
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
          holds(FastCheck.array(step, { minLength: 1, maxLength: 20 }), { numRuns: 30 }, (steps) =>
            play([...opening, ...steps], password)
          ),
        120_000
      )
    }
  )
}
