import * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { IceConfiguration } from "./contract/Ice.js"
import type { PeerId } from "./contract/Ids.js"
import { Settings } from "./Settings.js"
import { cloudflareIceServers } from "./Turn/cloudflare.js"
import { sharedSecretIceServer } from "./Turn/sharedSecret.js"

/** ICE servers for a peer, from the provider that the settings choose: Cloudflare, a shared secret, or STUN alone. */
export class Turn extends Effect.Service<Turn>()("Turn", {
  effect: Effect.gen(function* () {
    const client = yield* HttpClient.HttpClient
    const { cloudflareTurn, sharedSecretTurn, stunUrls, turnTtl } = yield* Settings
    const stun = { urls: stunUrls }
    const stunAlone: IceConfiguration = { iceServers: [stun], expiresAt: null, relay: false }

    const expiry = Effect.map(Clock.currentTimeMillis, (now) =>
      new Date(now + Duration.toMillis(turnTtl)).toISOString()
    )

    /** Never fails: where the provider does not answer in time, there is STUN, and `relay` says so. */
    const iceConfiguration = Effect.fn("Turn.iceConfiguration")(function* (peer: PeerId) {
      if (Option.isSome(cloudflareTurn)) {
        const [keyId, token] = cloudflareTurn.value
        const expiresAt = yield* expiry
        return yield* cloudflareIceServers(keyId, token, turnTtl).pipe(
          Effect.provideService(HttpClient.HttpClient, client),
          Effect.map((iceServers): IceConfiguration => ({ iceServers, expiresAt, relay: true })),
          Effect.tapError((error) => Effect.logWarning("The TURN provider does not answer", error._tag)),
          Effect.orElseSucceed(() => stunAlone)
        )
      }
      if (Option.isSome(sharedSecretTurn)) {
        const [urls, secret] = sharedSecretTurn.value
        const server = yield* sharedSecretIceServer(urls, secret, peer, turnTtl)
        const configuration: IceConfiguration = { iceServers: [stun, server], expiresAt: yield* expiry, relay: true }
        return configuration
      }
      return stunAlone
    })

    return { iceConfiguration } as const
  })
}) {}
