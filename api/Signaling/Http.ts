import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Api, CallerToken } from "../contract/Api.js"
import { bearerToken, PeerAuthLive } from "../PeerAuth.js"
import { Signaling } from "../Signaling.js"

/** The handlers of `POST /signaling` and `GET /messages`. */
export const SignalingHttp = HttpApiBuilder.group(Api, "Signaling", (handlers) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    return handlers
      .handle("signal", ({ headers, payload }) => signaling.handle(payload, bearerToken, headers["idempotency-key"]))
      .handle("messages", ({ urlParams }) =>
        Effect.flatMap(CallerToken, (token) => signaling.messages(token, urlParams))
      )
  })
).pipe(Layer.provide([PeerAuthLive, Signaling.Default]))
