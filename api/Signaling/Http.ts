import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { callerNetwork } from "../callerNetwork.js"
import { Api, CallerToken } from "../contract/Api.js"
import type { PeerToken } from "../contract/Ids.js"
import type { Messages } from "../contract/Messages.js"
import type { SignalingRequest } from "../contract/Requests.js"
import type { SignalingResponse } from "../contract/Responses.js"
import { PasswordGuesses } from "../PasswordGuesses.js"
import { bearerToken, PeerAuthLive } from "../PeerAuth.js"
import { RateLimit } from "../RateLimit.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"

/** Skips encoding by the contract's schemas, because what the service returns matches them already. */
const asJson = (answer: SignalingResponse | Messages) => HttpServerResponse.unsafeJson(answer)

/** The handlers of `POST /signaling` and `GET /messages`. */
export const SignalingHttp = HttpApiBuilder.group(Api, "Signaling", (handlers) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const limit = yield* RateLimit
    const guesses = yield* PasswordGuesses
    const { hostPassword } = yield* Settings

    /** The limit of some types of request, in addition to that of their sender. */
    const limitByType = (
      payload: Exclude<SignalingRequest, { readonly type: "join" }>,
      token: PeerToken,
      network: string
    ) => {
      switch (payload.type) {
        case "offer":
        case "answer":
        case "candidate":
          return limit.send(token, payload.to)
        case "away":
        case "leave":
          return limit.departure(token, network)
        default:
          return Effect.void
      }
    }

    /**
     * Runs the request within the limits of its sender. Only this handler reads the bearer token itself: a join has its
     * token in the body, so the middleware that provides `CallerToken` and requires a bearer token of every request
     * cannot guard `POST /signaling`.
     */
    const withRateLimit = <A, E extends { readonly _tag: string }, R>(
      payload: SignalingRequest,
      network: string,
      request: Effect.Effect<A, E, R>
    ) => {
      if (payload.type !== "join") {
        return Effect.flatMap(bearerToken, (token) =>
          limit.peer(token, network, Effect.zipRight(limitByType(payload, token, network), request))
        )
      }
      // Without HOST_PASSWORD every password is accepted, and there is nothing to guess.
      const comparesPassword =
        payload.role === "host" && payload.hostPassword !== undefined && Option.isSome(hostPassword)
      if (!comparesPassword) return limit.join(payload, network, request)
      const requestCountingGuesses = Effect.tapError(request, ({ _tag }) =>
        _tag === "HostPasswordWrong" ? guesses.countWrong : Effect.void
      )
      return Effect.flatMap(guesses.isUnderAttack, (isUnderAttack) =>
        limit.password(payload, network, isUnderAttack, requestCountingGuesses)
      )
    }

    return handlers
      .handle("signal", ({ headers, payload, request }) =>
        withRateLimit(
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
