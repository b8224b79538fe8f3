import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Api, CallerToken } from "../contract/Api.js"
import { Moderation } from "../Moderation.js"
import { PeerAuthLive } from "../PeerAuth.js"
import { RateLimit } from "../RateLimit.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"
import { Turn } from "../Turn.js"

/** The handlers of `POST /turn-credentials` and its trial. */
export const TurnHttp = HttpApiBuilder.group(Api, "Turn", (handlers) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const turn = yield* Turn
    const limit = yield* RateLimit
    const moderation = yield* Moderation
    const { defaultRoom } = yield* Settings
    return handlers
      .handle("turnCredentials", () =>
        CallerToken.pipe(
          Effect.tap(limit.turn),
          Effect.flatMap(signaling.caller),
          // A relay may cost money: nobody needs one before there is a host to call.
          Effect.flatMap(({ hosted, id }) => (hosted ? turn.iceConfiguration(id) : Effect.succeed(turn.stunAlone)))
        )
      )
      .handle("turnTrial", ({ payload, request }) => {
        const room = payload.room ?? defaultRoom
        return limit.trial(room, request.headers["cf-connecting-ip"] ?? "").pipe(
          Effect.zipRight(moderation.isOpen(room)),
          Effect.flatMap((open) => (open ? turn.trial : Effect.succeed(turn.stunAlone)))
        )
      })
  })
).pipe(Layer.provide([PeerAuthLive, Signaling.Default, Moderation.Default, Turn.Default]))
