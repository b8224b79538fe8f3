import type { RateLimit as Binding } from "@cloudflare/workers-types"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { TooManyRequests } from "./contract/Errors.js"
import type { PeerToken, RoomId } from "./contract/Ids.js"
import type { JoinGuest, JoinHost } from "./contract/Requests.js"
import { noteLimited } from "./RequestCost.js"
import { Secrets } from "./Secrets.js"

/** Cloudflare's rate-limit bindings; each counts by key, for each location, in windows of 10 seconds. */
export interface RateLimits {
  /** Requests of one peer. */
  readonly LIMIT_PEER: Binding
  /** Joins to one room from one address. */
  readonly LIMIT_ROOM: Binding
  /** Joins from one address with a host password, which could be guesses. */
  readonly LIMIT_PASSWORD: Binding
  /** TURN credentials for one peer, or to try one room with from one address: each set may cost its owner money. */
  readonly LIMIT_TURN: Binding
}

/**
 * Keeps a loop from using the service up: by token, and for joins by room and address. By the room alone a stranger
 * could lock everybody out of it; by the address alone a classroom, which shares one, would lock itself out. The limits
 * stand in wrangler.jsonc.
 */
export class RateLimit extends Context.Tag("RateLimit")<
  RateLimit,
  {
    readonly peer: (token: PeerToken) => Effect.Effect<void, TooManyRequests>
    readonly join: (
      request: JoinGuest | JoinHost,
      room: RoomId,
      address: string
    ) => Effect.Effect<void, TooManyRequests>
    readonly turn: (token: PeerToken) => Effect.Effect<void, TooManyRequests>
    readonly trial: (room: RoomId, address: string) => Effect.Effect<void, TooManyRequests>
  }
>() {
  static readonly layer = (limits: RateLimits) =>
    Layer.effect(
      RateLimit,
      Effect.gen(function* () {
        const { hash } = yield* Secrets

        const take = (name: keyof RateLimits, key: string, what: string) =>
          Effect.tryPromise(() => limits[name].limit({ key })).pipe(
            // A limiter that fails limits nobody: the meeting matters more.
            Effect.tapError((error) => Effect.logWarning("The rate limiter failed", error)),
            Effect.orElseSucceed(() => ({ success: true })),
            Effect.flatMap(({ success }) =>
              success
                ? Effect.void
                : Effect.zipRight(
                    noteLimited(name),
                    new TooManyRequests({ message: `Too many ${what}. Wait for Retry-After seconds, and go on.` })
                  )
            )
          )

        return {
          peer: (token) => Effect.flatMap(hash(token), (key) => take("LIMIT_PEER", key, "requests from this peer")),
          join: (request, room, address) =>
            request.role === "host" && request.hostPassword !== undefined
              ? take("LIMIT_PASSWORD", address, "host passwords from this address")
              : take("LIMIT_ROOM", `${room} ${address}`, "joins to this room from this address"),
          turn: (token) =>
            Effect.flatMap(hash(token), (key) => take("LIMIT_TURN", key, "requests for TURN credentials")),
          trial: (room, address) =>
            take("LIMIT_TURN", `${room} ${address}`, "requests for TURN credentials from this address")
        }
      })
    ).pipe(Layer.provide(Secrets.Default))
}
