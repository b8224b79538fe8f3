import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { callerNetwork } from "../callerNetwork.js"
import { Api, CallerToken } from "../contract/Api.js"
import { Moderation } from "../Moderation.js"
import { PeerAuthLive } from "../PeerAuth.js"
import { RateLimit } from "../RateLimit.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"
import { Turn } from "../Turn.js"

/** The handlers of `POST /turn-credentials` and `POST /turn-credentials/trial`. */
export const TurnHttp = HttpApiBuilder.group(Api, "Turn", (handlers) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const turn = yield* Turn
    const limit = yield* RateLimit
    const moderation = yield* Moderation
    const { defaultRoom } = yield* Settings
    return handlers
      .handle("turnCredentials", ({ request }) =>
        CallerToken.pipe(
          Effect.tap(limit.turn),
          Effect.flatMap((token) => limit.peer(token, callerNetwork(request.headers), signaling.caller(token))),
          // A relay may cost money, and nobody needs one before there is somebody to call.
          Effect.flatMap(({ id, mayCall }) =>
            mayCall ? turn.iceConfiguration(id, callerNetwork(request.headers)) : turn.stunForNow
          )
        )
      )
      .handle("turnTrial", ({ payload, request }) => {
        const room = payload.room ?? defaultRoom
        const network = callerNetwork(request.headers)
        return limit.trial(room, network).pipe(
          Effect.zipRight(moderation.isOpen(room)),
          Effect.flatMap((open) => (open ? turn.trial(network) : turn.stunForNow))
        )
      })
  })
).pipe(Layer.provide([PeerAuthLive, Signaling.Default, Moderation.Default, Turn.Default]))
