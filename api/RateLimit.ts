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
  /** Requests with a token from one network, and, counted separately, trials of a relay from one network. */
  readonly LIMIT_ADDRESS: Binding
  /** Messages of one peer to one other peer. */
  readonly LIMIT_SEND: Binding
  /** Joins from one network, or the joins and departures of one known peer. */
  readonly LIMIT_JOIN: Binding
  /** Joins and departures of known peers from one network: each makes the database write several rows. */
  readonly LIMIT_PRESENCE: Binding
  /** Requests from one network with unknown tokens. */
  readonly LIMIT_STRANGER: Binding
  /** Joins from one network with a host password, which could be guesses. */
  readonly LIMIT_PASSWORD: Binding
  /** Joins as for `LIMIT_PASSWORD`, while somebody is guessing the password (see `PasswordGuesses`). */
  readonly LIMIT_GUESS: Binding
  /** TURN credentials for one peer, or for trials of one room from one network: each set may cost money. */
  readonly LIMIT_TURN: Binding
}

type Limited<A, E, R> = Effect.Effect<A, E | TooManyRequests, R>

/** After too many unknown tokens, a network's unknown tokens are refused for this long, in milliseconds. */
const refusedFor = 10_000

/** This many unknown tokens of a refused network are looked up all the same within `refusedFor`, each once. */
const lookupsWhileRefused = 10

/**
 * Keeps a client in a loop from overloading the service, ahead of the database. A known token is counted by itself, so
 * that a classroom behind one address does not lock itself out, and then, generously, together with all others of its
 * network, because tokens cost nothing to make. Joins and unknown tokens are counted only by network: an IPv4 address,
 * or an IPv6 /64 (see `networkOf`). An isolate remembers the tokens that it found known, even after they are deleted.
 * If the network is unknown, or on a local machine, only host passwords are counted without a token. The limits are in
 * wrangler.jsonc.
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
    /** A join. Once a token finds a room locked, it counts as known in that room: its page retries every minute. */
    readonly join: <A, E extends { readonly _tag: string }, R>(
      join: JoinGuest | JoinHost,
      network: string,
      request: Effect.Effect<A, E, R>
    ) => Limited<A, E, R>
    /** A host's join with a password, counted before the comparison. `isUnderAttack`: see `PasswordGuesses`. */
    readonly password: <A, E, R>(
      join: JoinHost,
      network: string,
      isUnderAttack: boolean,
      request: Effect.Effect<A, E, R>
    ) => Limited<A, E, R>
    /** A message to this peer, in addition to what `peer` counts. */
    readonly send: (token: PeerToken, to: PeerId) => Effect.Effect<void, TooManyRequests>
    /** A peer's `away` or `leave`, in addition to what `peer` counts. */
    readonly departure: (token: PeerToken, network: string) => Effect.Effect<void, TooManyRequests>
    /** A request for relay credentials, in addition to what `peer` counts. */
    readonly turn: (token: PeerToken) => Effect.Effect<void, TooManyRequests>
    /** A request for relay credentials for a network test before a join. */
    readonly trial: (room: RoomId, network: string) => Effect.Effect<void, TooManyRequests>
  }
>() {
  static readonly layer = (limits: RateLimits) =>
    Layer.effect(
      RateLimit,
      Effect.gen(function* () {
        const { hash } = yield* Secrets
        /** Hashes of known tokens. */
        const knownTokens = new IsolateCache<true>()
        /** Unknown tokens, each with a room that was locked. Not in `knownTokens`, because anybody can lock a room. */
        const lockedOut = new IsolateCache<true>()
        /**
         * Keys of hosts who gave the right password, as hashes. Not in `knownTokens`, or any known token would count as
         * such a key.
         */
        const provenKeys = new IsolateCache<true>()
        /** By network: the time until which its unknown tokens are refused, in milliseconds since 1970. */
        const refusedUntil = new IsolateCache<number>()
        /** By unknown token of a refused network: the time until which it is not looked up again. */
        const noLookupUntil = new IsolateCache<number>()
        /** By refused network: how many of its unknown tokens were looked up, and since when. */
        const lookups = new IsolateCache<{ readonly since: number; readonly count: number }>()

        const tooMany = (name: keyof RateLimits, what: string) =>
          Effect.zipRight(
            noteLimited(name),
            new TooManyRequests({ message: `Too many ${what}. Wait for Retry-After seconds, and go on.` })
          )
        const take = (name: keyof RateLimits, key: string, what: string) =>
          Effect.tryPromise(() => limits[name].limit({ key })).pipe(
            // If the limiter fails nobody is limited: the meeting matters more.
            Effect.tapError((error) => Effect.logWarning("The rate limiter failed", error)),
            Effect.orElseSucceed(() => ({ success: true })),
            Effect.flatMap(({ success }) => (success ? Effect.void : tooMany(name, what)))
          )

        const takeByNetwork = (name: keyof RateLimits, network: string, what: string) =>
          network === "" ? Effect.void : take(name, network, `${what} from this address`)
        /** Counts by token first, so that one looping peer is stopped before it uses up the limit of its network. */
        const takePresence = (key: SecretHash, network: string) =>
          Effect.zipRight(
            take("LIMIT_JOIN", key, "joins and departures of this peer"),
            takeByNetwork("LIMIT_PRESENCE", network, "joins and departures")
          )

        const strangerRequests = "requests with unknown tokens"
        /** Whether a token may be looked up although its network is refused, because another isolate may know it. */
        const mayLookUp = (key: SecretHash, network: string, now: number) => {
          const before = lookups.get(network)
          const { count, since } = before && now < before.since + refusedFor ? before : { count: 0, since: now }
          if (count >= lookupsWhileRefused || now < (noLookupUntil.get(key) ?? 0)) return false
          noLookupUntil.set(key, now + refusedFor)
          lookups.set(network, { count: count + 1, since })
          return true
        }
        /** While the network is refused, refuses a token that this isolate does not know, except for a few lookups. */
        const refuseStranger = (key: SecretHash, network: string) =>
          Effect.flatMap(Clock.currentTimeMillis, (now) =>
            knownTokens.get(key) !== undefined ||
            now >= (refusedUntil.get(network) ?? 0) ||
            mayLookUp(key, network, now)
              ? Effect.void
              : tooMany("LIMIT_STRANGER", `${strangerRequests} from this address`)
          )
        /** Counts an unknown token unless it was known before: a host who starts afresh makes a whole class unknown. */
        const countStranger = (key: SecretHash, network: string) =>
          Effect.suspend(() =>
            knownTokens.get(key) !== undefined
              ? Effect.void
              : takeByNetwork("LIMIT_STRANGER", network, strangerRequests)
          ).pipe(
            Effect.catchTag("TooManyRequests", () =>
              Effect.map(Clock.currentTimeMillis, (now) => refusedUntil.set(network, now + refusedFor))
            )
          )
        const noteKnown = (key: SecretHash) => Effect.sync(() => knownTokens.set(key, true))

        return {
          peer: (token, network, request) =>
            Effect.flatMap(hash(token), (key) =>
              refuseStranger(key, network).pipe(
                Effect.zipRight(take("LIMIT_PEER", key, "requests from this peer")),
                Effect.zipRight(takeByNetwork("LIMIT_ADDRESS", network, "requests")),
                Effect.zipRight(request),
                Effect.tapBoth({
                  onSuccess: () => noteKnown(key),
                  onFailure: ({ _tag }) => (_tag === "PeerUnknown" ? countStranger(key, network) : Effect.void)
                })
              )
            ),
          join: (join, network, request) =>
            Effect.flatMap(hash(join.token), (key) => {
              const inRoom = `${key} ${join.room ?? ""}`
              return (
                knownTokens.get(key) !== undefined || lockedOut.get(inRoom) !== undefined
                  ? takePresence(key, network)
                  : takeByNetwork("LIMIT_JOIN", network, "joins")
              ).pipe(
                Effect.zipRight(request),
                Effect.tapBoth({
                  onSuccess: () => noteKnown(key),
                  onFailure: ({ _tag }) =>
                    Effect.sync(() => {
                      if (_tag === "RoomLocked") lockedOut.set(inRoom, true)
                    })
                })
              )
            }),
          // Counts before the comparison, whose answer gives information away. Counts by site, which takes a customer's
          // many IPv6 networks as one, and with a lower limit while the password is being guessed, so that many
          // addresses learn little. A host who gave the right password before is counted by its key, a secret.
          password: (join, network, isUnderAttack, request) =>
            Effect.flatMap(hash(join.hostKey), (key) => {
              const isProven = provenKeys.get(key) !== undefined
              const site = siteOf(network)
              const what = "host passwords from this address"
              return take("LIMIT_PASSWORD", isProven ? key : site, what).pipe(
                Effect.zipRight(isUnderAttack && !isProven ? take("LIMIT_GUESS", site, what) : Effect.void),
                Effect.zipRight(request),
                Effect.tap(() => provenKeys.set(key, true)),
                Effect.zipLeft(Effect.flatMap(hash(join.token), noteKnown))
              )
            }),
          send: (token, to) =>
            Effect.flatMap(hash(token), (key) => take("LIMIT_SEND", `${key} ${to}`, "messages to this peer")),
          departure: (token, network) => Effect.flatMap(hash(token), (key) => takePresence(key, network)),
          turn: (token) =>
            Effect.flatMap(hash(token), (key) => take("LIMIT_TURN", key, "requests for TURN credentials")),
          // Counts by room, and over all rooms, which anybody can make up. Trials must not use up the limit of calls.
          trial: (room, network) =>
            network === ""
              ? Effect.void
              : Effect.forEach(
                  [["LIMIT_TURN", room] as const, ["LIMIT_ADDRESS", "trial"] as const],
                  ([name, scope]) =>
                    take(name, `${scope} ${network}`, "requests for TURN credentials from this address"),
                  { discard: true }
                )
        }
      })
    ).pipe(Layer.provide(Secrets.Default))
}
