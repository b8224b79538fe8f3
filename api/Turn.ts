import * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { IceConfiguration, IceServer } from "./contract/Ice.js"
import type { PeerId } from "./contract/Ids.js"
import { Secrets } from "./Secrets.js"
import { Settings } from "./Settings.js"
import { makeCloudflareTurn } from "./Turn/cloudflare.js"
import { RelayRepo } from "./Turn/Repo.js"
import { sharedSecretIceServer } from "./Turn/sharedSecret.js"

/** How long credentials last that are only to try a network with. */
const trialTtl = Duration.minutes(2)

/** ICE servers for a peer, from the provider that the settings choose: Cloudflare, a shared secret, or STUN alone. */
export class Turn extends Effect.Service<Turn>()("Turn", {
  dependencies: [RelayRepo.Default, Secrets.Default],
  effect: Effect.gen(function* () {
    const client = yield* HttpClient.HttpClient
    const repo = yield* RelayRepo
    const secrets = yield* Secrets
    const { cloudflareTurn, icePolicy, sharedSecretTurn, stunUrls, turnTtl } = yield* Settings
    const cloudflare = Option.map(cloudflareTurn, ([keyId, token]) => makeCloudflareTurn(client, keyId, token))

    const stun: IceServer = { urls: stunUrls }
    const stunAlone: IceConfiguration = { iceServers: [stun], expiresAt: null, relay: false, policy: icePolicy }
    const relayed = (iceServers: ReadonlyArray<IceServer>, expiresAt: number): IceConfiguration => ({
      iceServers,
      expiresAt: new Date(expiresAt).toISOString(),
      relay: true,
      policy: icePolicy
    })

    /**
     * ICE servers with credentials for `ttl`. Where the provider does not answer in time there is STUN, and `relay` says
     * so. `granted` hears of credentials that the provider can revoke.
     */
    const configuration = Effect.fn("Turn.configuration")(function* <E>(
      peer: PeerId,
      ttl: Duration.Duration,
      granted: (username: string, expiresAt: number) => Effect.Effect<void, E>
    ) {
      const expiresAt = (yield* Clock.currentTimeMillis) + Duration.toMillis(ttl)
      if (Option.isSome(cloudflare)) {
        const servers = yield* cloudflare.value.iceServers(ttl).pipe(
          Effect.tapError((error) => Effect.logWarning("The TURN provider does not answer", error._tag)),
          Effect.option
        )
        if (Option.isNone(servers)) return stunAlone
        const username = servers.value.find((server) => server.username !== undefined)?.username
        if (username !== undefined) yield* granted(username, expiresAt)
        return relayed(servers.value, expiresAt)
      }
      if (Option.isSome(sharedSecretTurn)) {
        const [urls, secret] = sharedSecretTurn.value
        return relayed([stun, yield* sharedSecretIceServer(urls, secret, peer, ttl)], expiresAt)
      }
      return stunAlone
    })

    /** ICE servers for the calls of a peer. */
    const iceConfiguration = Effect.fn("Turn.iceConfiguration")((peer: PeerId) =>
      configuration(peer, turnTtl, (username, expiresAt) => repo.remember(username, peer, expiresAt))
    )

    /** ICE servers for somebody who has not joined yet: good for a look at the network, and for no call. */
    const trial = Effect.flatMap(secrets.peerId, (nobody) => configuration(nobody, trialTtl, () => Effect.void)).pipe(
      Effect.withSpan("Turn.trial")
    )

    const warn = (error: { readonly _tag: string }) =>
      Effect.logWarning("TURN credentials could not be revoked", error._tag)

    /**
     * Ends the credentials of peers that are gone, where the provider can: Cloudflare's. What fails is left for the
     * next time. Credentials by a shared secret end with their time alone.
     */
    const revokeOrphans = Effect.gen(function* () {
      if (Option.isNone(cloudflare)) return
      const revoked = yield* Effect.forEach(
        yield* repo.orphans,
        (username) =>
          Effect.as(cloudflare.value.revoke(username), [username]).pipe(
            Effect.catchAll((error) => Effect.as(warn(error), []))
          ),
        { concurrency: 4 }
      )
      yield* repo.forget(revoked.flat())
    }).pipe(Effect.catchAll(warn), Effect.withSpan("Turn.revokeOrphans"))

    return { iceConfiguration, trial, stunAlone, revokeOrphans } as const
  })
}) {}
