import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Api, CallerToken } from "../contract/Api.js"
import { bearerToken, PeerAuthLive } from "../PeerAuth.js"
import { RateLimit } from "../RateLimit.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"

/** The handlers of `POST /signaling` and `GET /messages`. */
export const SignalingHttp = HttpApiBuilder.group(Api, "Signaling", (handlers) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const limit = yield* RateLimit
    const { defaultRoom } = yield* Settings
    const caller = Effect.tap(bearerToken, limit.peer)
    return handlers
      .handle("signal", ({ headers, payload, request }) =>
        Effect.zipRight(
          payload.type === "join"
            ? limit.join(payload, payload.room ?? defaultRoom, request.headers["cf-connecting-ip"] ?? "")
            : Effect.void,
          signaling.handle(payload, caller, headers["idempotency-key"])
        )
      )
      .handle("messages", ({ urlParams }) =>
        CallerToken.pipe(
          Effect.tap(limit.peer),
          Effect.flatMap((token) => signaling.messages(token, urlParams))
        )
      )
  })
).pipe(Layer.provide([PeerAuthLive, Signaling.Default]))
