import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { callerNetwork } from "../callerNetwork.js"
import { Api, CallerToken } from "../contract/Api.js"
import type { Messages } from "../contract/Messages.js"
import type { SignalingRequest } from "../contract/Requests.js"
import type { SignalingResponse } from "../contract/Responses.js"
import { PasswordGuesses } from "../PasswordGuesses.js"
import { bearerToken, PeerAuthLive } from "../PeerAuth.js"
import { RateLimit } from "../RateLimit.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"

/** What comes out of the service is its own JSON, of the contract's types, and was decoded: to encode it would check it again. */
const asJson = (answer: SignalingResponse | Messages) => HttpServerResponse.unsafeJson(answer)

/** The handlers of `POST /signaling` and `GET /messages`. */
export const SignalingHttp = HttpApiBuilder.group(Api, "Signaling", (handlers) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const limit = yield* RateLimit
    const guesses = yield* PasswordGuesses
    const { hostPassword } = yield* Settings

    /**
     * Runs the request within the limits of its sender. Only here is the bearer token read by the handler: a join has its
     * token in the body, so that the middleware, which demands one of every request and provides `CallerToken`, cannot
     * guard `POST /signaling`.
     */
    const limited = <A, E extends { readonly _tag: string }, R>(
      payload: SignalingRequest,
      address: string,
      request: Effect.Effect<A, E, R>
    ) => {
      if (payload.type !== "join") {
        return Effect.flatMap(bearerToken, (token) => {
          const counted =
            "to" in payload
              ? limit.send(token, payload.to)
              : payload.type === "away" || payload.type === "leave"
                ? limit.departure(token, address)
                : Effect.void
          return limit.peer(token, address, Effect.zipRight(counted, request))
        })
      }
      const isGuess = payload.role === "host" && payload.hostPassword !== undefined && Option.isSome(hostPassword)
      // Where none is asked for every password would be right.
      if (!isGuess) return limit.join(payload, address, request)
      const compared = Effect.tapError(request, ({ _tag }) =>
        _tag === "HostPasswordWrong" ? guesses.wrong : Effect.void
      )
      return Effect.flatMap(guesses.isUnderAttack, (isUnderAttack) =>
        limit.password(payload, address, isUnderAttack, compared)
      )
    }

    return handlers
      .handle("signal", ({ headers, payload, request }) =>
        limited(
          payload,
          callerNetwork(request.headers),
          signaling.handle(payload, bearerToken, headers["idempotency-key"])
        ).pipe(Effect.map(asJson))
      )
      .handle("messages", ({ request, urlParams }) =>
        Effect.flatMap(CallerToken, (token) =>
          limit.peer(token, callerNetwork(request.headers), signaling.messages(token, urlParams))
        ).pipe(Effect.map(asJson))
      )
  })
).pipe(Layer.provide([PeerAuthLive, Signaling.Default, PasswordGuesses.Default]))
