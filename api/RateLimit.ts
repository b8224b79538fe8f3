import type { RateLimit as Binding } from "@cloudflare/workers-types"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { siteOf } from "./callerNetwork.js"
import { TooManyRequests } from "./contract/Errors.js"
import type { PeerId, PeerToken, RoomId } from "./contract/Ids.js"
import type { JoinGuest, JoinHost } from "./contract/Requests.js"
import { IsolateCache } from "./IsolateCache.js"
import { noteLimited } from "./RequestCost.js"
import { type SecretHash, Secrets } from "./Secrets.js"

/** Cloudflare's rate-limit bindings; each counts by key, for each location. */
export interface RateLimits {
  /** Requests of one peer. */
  readonly LIMIT_PEER: Binding
  /** Requests with a token from one network, and apart from them its trials of a relay. */
  readonly LIMIT_ADDRESS: Binding
  /** Messages of one peer to one other. */
  readonly LIMIT_SEND: Binding
  /** Joins from one network, or the comings and goings of one peer that is known. */
  readonly LIMIT_JOIN: Binding
  /** Comings and goings of known peers from one network: each makes the database write several rows. */
  readonly LIMIT_PRESENCE: Binding
  /** Requests from one network whose token nobody knows. */
  readonly LIMIT_STRANGER: Binding
  /** Joins from one network with a host password, which could be guesses. */
  readonly LIMIT_PASSWORD: Binding
  /** The same while the password is being guessed at. */
  readonly LIMIT_GUESS: Binding
  /** TURN credentials for one peer, or to try one room with from one network: each set may cost its owner money. */
  readonly LIMIT_TURN: Binding
}

type Limited<A, E, R> = Effect.Effect<A, E | TooManyRequests, R>

/** A network from which too many unknown tokens come is refused those for this long, in milliseconds. */
const refusedFor = 10_000

/** So many unknown tokens of a refused network are looked up all the same in `refusedFor`, each once. */
const lookupsWhileRefused = 10

/**
 * Keeps a loop from using the service up, ahead of the database. A known token is counted by itself, so that a classroom
 * behind one address does not lock itself out, and then with all others of its network, generously: tokens cost nothing
 * to make. Joins, and tokens that nobody knows, are counted by network alone: an IPv4 address, or an IPv6 /64 (see
 * `networkOf`). An isolate remembers which tokens it has found known, also when they are so no more. Where no network is
 * known, and on one's own machine, only host passwords are counted without a token. The limits stand in wrangler.jsonc.
 */
export class RateLimit extends Context.Tag("RateLimit")<
  RateLimit,
  {
    /** A request with this token. */
    readonly peer: <A, E extends { readonly _tag: string }, R>(
      token: PeerToken,
      network: string,
      request: Effect.Effect<A, E, R>
    ) => Limited<A, E, R>
    /** A join that finds the room locked counts as known from then on, in that room: its page asks again every minute. */
    readonly join: <A, E extends { readonly _tag: string }, R>(
      join: JoinGuest | JoinHost,
      network: string,
      request: Effect.Effect<A, E, R>
    ) => Limited<A, E, R>
    /** A host's join with a password, before it is compared. `guessed`: somebody guesses at it. */
    readonly password: <A, E, R>(
      join: JoinHost,
      network: string,
      guessed: boolean,
      request: Effect.Effect<A, E, R>
    ) => Limited<A, E, R>
    /** A message to this peer, in addition to what `peer` counts. */
    readonly send: (token: PeerToken, to: PeerId) => Effect.Effect<void, TooManyRequests>
    /** A peer's `away` or `leave`, in addition to what `peer` counts. */
    readonly departure: (token: PeerToken, network: string) => Effect.Effect<void, TooManyRequests>
    /** A request for relay credentials, in addition to what `peer` counts. */
    readonly turn: (token: PeerToken) => Effect.Effect<void, TooManyRequests>
    /** A request for relay credentials to try a network with, before a join. */
    readonly trial: (room: RoomId, network: string) => Effect.Effect<void, TooManyRequests>
  }
>() {
  static readonly layer = (limits: RateLimits) =>
    Layer.effect(
      RateLimit,
      Effect.gen(function* () {
        const { hash } = yield* Secrets
        /** Hashes of tokens. */
        const known = new IsolateCache<true>()
        /** Of tokens that nobody knows, and the rooms that were locked to them. Apart from what is known: anybody can lock a room. */
        const lockedOut = new IsolateCache<true>()
        /** Hashes of the keys of hosts that had the password right: apart from tokens, or anybody's token would be such a key. */
        const proven = new IsolateCache<true>()
        /** Until when each is refused. */
        const refused = new IsolateCache<number>()
        /** Until when each unknown token that was looked up for a refused network is not looked up again. */
        const lookedUp = new IsolateCache<number>()
        /** How many of them were looked up for each, and since when. */
        const lookups = new IsolateCache<{ readonly since: number; readonly count: number }>()

        const tooMany = (name: keyof RateLimits, what: string) =>
          Effect.zipRight(
            noteLimited(name),
            new TooManyRequests({ message: `Too many ${what}. Wait for Retry-After seconds, and go on.` })
          )
        const take = (name: keyof RateLimits, key: string, what: string) =>
          Effect.tryPromise(() => limits[name].limit({ key })).pipe(
            // A limiter that fails limits nobody: the meeting matters more.
            Effect.tapError((error) => Effect.logWarning("The rate limiter failed", error)),
            Effect.orElseSucceed(() => ({ success: true })),
            Effect.flatMap(({ success }) => (success ? Effect.void : tooMany(name, what)))
          )

        const takeByNetwork = (name: keyof RateLimits, network: string, what: string) =>
          network === "" ? Effect.void : take(name, network, `${what} from this address`)
        /** By token first: one peer that loops is stopped before it uses up what its network has. */
        const comeOrGo = (key: SecretHash, network: string) =>
          Effect.zipRight(
            take("LIMIT_JOIN", key, "joins and departures of this peer"),
            takeByNetwork("LIMIT_PRESENCE", network, "joins and departures")
          )

        const strangers = "requests with unknown tokens"
        /** Whether a token may be looked up although its network is refused: another isolate may know it. */
        const mayLookUp = (key: SecretHash, network: string, now: number) => {
          const before = lookups.get(network)
          const { count, since } = before && now < before.since + refusedFor ? before : { count: 0, since: now }
          if (count >= lookupsWhileRefused || now < (lookedUp.get(key) ?? 0)) return false
          lookedUp.set(key, now + refusedFor)
          lookups.set(network, { count: count + 1, since })
          return true
        }
        /** Refuses a token that is not known here while its network is refused, but for a few lookups. */
        const pass = (key: SecretHash, network: string) =>
          Effect.flatMap(Clock.currentTimeMillis, (now) =>
            known.get(key) !== undefined || now >= (refused.get(network) ?? 0) || mayLookUp(key, network, now)
              ? Effect.void
              : tooMany("LIMIT_STRANGER", `${strangers} from this address`)
          )
        /** A token that was known is no stranger's: a host who starts afresh makes a class of them unknown. */
        const countStranger = (key: SecretHash, network: string) =>
          Effect.suspend(() =>
            known.get(key) !== undefined ? Effect.void : takeByNetwork("LIMIT_STRANGER", network, strangers)
          ).pipe(
            Effect.catchTag("TooManyRequests", () =>
              Effect.map(Clock.currentTimeMillis, (now) => refused.set(network, now + refusedFor))
            )
          )
        const note = (key: SecretHash) => Effect.sync(() => known.set(key, true))

        return {
          peer: (token, network, request) =>
            Effect.flatMap(hash(token), (key) =>
              pass(key, network).pipe(
                Effect.zipRight(take("LIMIT_PEER", key, "requests from this peer")),
                Effect.zipRight(takeByNetwork("LIMIT_ADDRESS", network, "requests")),
                Effect.zipRight(request),
                Effect.tapBoth({
                  onSuccess: () => note(key),
                  onFailure: ({ _tag }) => (_tag === "PeerUnknown" ? countStranger(key, network) : Effect.void)
                })
              )
            ),
          join: (join, network, request) =>
            Effect.flatMap(hash(join.token), (key) => {
              const inRoom = `${key} ${join.room ?? ""}`
              return (
                known.get(key) !== undefined || lockedOut.get(inRoom) !== undefined
                  ? comeOrGo(key, network)
                  : takeByNetwork("LIMIT_JOIN", network, "joins")
              ).pipe(
                Effect.zipRight(request),
                Effect.tapBoth({
                  onSuccess: () => note(key),
                  onFailure: ({ _tag }) =>
                    Effect.sync(() => {
                      if (_tag === "RoomLocked") lockedOut.set(inRoom, true)
                    })
                })
              )
            }),
          // Ahead of the comparison, since its answer tells: by network, a customer's many IPv6 networks as one, and more so
          // while it is guessed at, so that ever new addresses learn little. A host who had it right is counted by its key,
          // which nobody else has.
          password: (join, network, guessed, request) =>
            Effect.flatMap(hash(join.hostKey), (key) => {
              const isProven = proven.get(key) !== undefined
              const site = siteOf(network)
              const what = "host passwords from this address"
              return take("LIMIT_PASSWORD", isProven ? key : site, what).pipe(
                Effect.zipRight(guessed && !isProven ? take("LIMIT_GUESS", site, what) : Effect.void),
                Effect.zipRight(request),
                Effect.tap(() => proven.set(key, true)),
                Effect.zipLeft(Effect.flatMap(hash(join.token), note))
              )
            }),
          send: (token, to) =>
            Effect.flatMap(hash(token), (key) => take("LIMIT_SEND", `${key} ${to}`, "messages to this peer")),
          departure: (token, network) => Effect.flatMap(hash(token), (key) => comeOrGo(key, network)),
          turn: (token) =>
            Effect.flatMap(hash(token), (key) => take("LIMIT_TURN", key, "requests for TURN credentials")),
          // Anybody can make up rooms: so of all rooms, too, and apart from calls, which these must not stop.
          trial: (room, network) =>
            network === ""
              ? Effect.void
              : Effect.forEach(
                  [["LIMIT_TURN", room] as const, ["LIMIT_ADDRESS", "trial"] as const],
                  ([name, of]) => take(name, `${of} ${network}`, "requests for TURN credentials from this address"),
                  { discard: true }
                )
        }
      })
    ).pipe(Layer.provide(Secrets.Default))
}
