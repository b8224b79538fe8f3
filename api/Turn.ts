import * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { siteOf } from "./callerNetwork.js"
import type { IceConfiguration, IceServer } from "./contract/Ice.js"
import type { PeerId } from "./contract/Ids.js"
import { noteLimited } from "./RequestCost.js"
import { Secrets } from "./Secrets.js"
import { Settings } from "./Settings.js"
import { makeCloudflareTurn } from "./Turn/cloudflare.js"
import { TurnRepo } from "./Turn/Repo.js"
import { sharedSecretIceServer } from "./Turn/sharedSecret.js"

/** How long credentials last that are only to try a network with. A page at the door takes new ones shortly before. */
const trialTtl = Duration.minutes(5)

/** How long credentials last at most where anybody may host: a page renews them for as long as its call lasts. */
const strangersTtl = Duration.minutes(30)

/** Of what an hour has, one network gets at most this share: a classroom is one network, and so is a stranger. */
const shareOfNetwork = 1 / 3

/** Of what an hour has, for all and for one network, trials take at most this share: calls matter more. */
const shareOfTrials = 1 / 2

/** A page that was given no relay, where there is one, asks again after this. */
const askAgain = Duration.minutes(5)

/** ICE servers for a peer, from the provider that the settings choose: Cloudflare, a shared secret, or STUN alone. */
export class Turn extends Effect.Service<Turn>()("Turn", {
  dependencies: [TurnRepo.Default, Secrets.Default],
  effect: Effect.gen(function* () {
    const client = yield* HttpClient.HttpClient
    const repo = yield* TurnRepo
    const secrets = yield* Secrets
    const { cloudflareTurn, hostPassword, icePolicy, sharedSecretTurn, stunUrls, turnPerHour, turnTtl } =
      yield* Settings
    const cloudflare = Option.map(cloudflareTurn, ([keyId, token]) => makeCloudflareTurn(client, keyId, token))

    const stun: IceServer = { urls: stunUrls }
    const stunAlone: IceConfiguration = { iceServers: [stun], expiresAt: null, relay: false, policy: icePolicy }
    const relayed = (iceServers: ReadonlyArray<IceServer>, expiresAt: number): IceConfiguration => ({
      iceServers,
      expiresAt: new Date(expiresAt).toISOString(),
      relay: true,
      policy: icePolicy
    })

    const callTtl = Option.isSome(hostPassword) ? turnTtl : Duration.min(turnTtl, strangersTtl)
    /** The secret of whichever relay there is. With it the database says of no network that it was here. */
    const relaySecret = Option.orElse(
      Option.map(cloudflareTurn, ([, token]) => token),
      () => Option.map(sharedSecretTurn, ([, secret]) => secret)
    )

    /** STUN for a caller that gets no relay now: where there is one, with the time at which to ask again. */
    const withoutRelay = Effect.map(
      Clock.currentTimeMillis,
      (now): IceConfiguration => ({
        ...stunAlone,
        expiresAt: Option.isSome(relaySecret) ? new Date(now + Duration.toMillis(askAgain)).toISOString() : null
      })
    ).pipe(Effect.withSpan("Turn.withoutRelay"))

    /**
     * Takes one set of this hour's credentials for the caller's network, and gives what gives it back. None: of what there
     * is, for all or for this network, `share` is gone. They may cost the deployment's owner money.
     */
    const takeOne = Effect.fn("Turn.takeOne")(function* (secret: Redacted.Redacted, network: string, share: number) {
      const hour = Math.floor((yield* Clock.currentTimeMillis) / 3_600_000)
      const holder = yield* secrets.hash(`${Redacted.value(secret)} ${siteOf(network)}`)
      const most = Math.ceil(turnPerHour * share)
      if (yield* repo.grant(hour, holder, most, Math.ceil(turnPerHour * shareOfNetwork * share))) {
        return Option.some(
          Effect.catchAll(repo.giveBack(hour, holder), (error) =>
            Effect.logWarning("TURN credentials that were not given stay counted", error._tag)
          )
        )
      }
      yield* noteLimited("TURN_PER_HOUR")
      return Option.none()
    })

    /**
     * ICE servers with credentials for `ttl`. Where the provider does not answer in time, or the hour has none left, there
     * is STUN, and `relay` says so. `granted` hears of credentials that the provider can revoke.
     */
    const configuration = Effect.fn("Turn.configuration")(function* <E>(
      peer: PeerId,
      network: string,
      {
        granted,
        share,
        ttl
      }: {
        readonly ttl: Duration.Duration
        readonly share: number
        readonly granted: (username: string, expiresAt: number) => Effect.Effect<void, E>
      }
    ) {
      if (Option.isNone(relaySecret)) return stunAlone
      const taken = yield* takeOne(relaySecret.value, network, share)
      if (Option.isNone(taken)) return yield* withoutRelay
      const expiresAt = (yield* Clock.currentTimeMillis) + Duration.toMillis(ttl)
      if (Option.isSome(cloudflare)) {
        const servers = yield* cloudflare.value.iceServers(ttl).pipe(
          Effect.tapError((error) => Effect.logWarning("The TURN provider does not answer", error._tag)),
          Effect.option
        )
        if (Option.isNone(servers)) {
          const stun = yield* withoutRelay
          yield* taken.value
          return stun
        }
        const username = servers.value.find((server) => server.username !== undefined)?.username
        if (username !== undefined) yield* granted(username, expiresAt)
        return relayed(servers.value, expiresAt)
      }
      if (Option.isNone(sharedSecretTurn)) return stunAlone
      const [urls, secret] = sharedSecretTurn.value
      return relayed([stun, yield* sharedSecretIceServer(urls, secret, peer, ttl)], expiresAt)
    })

    /** ICE servers for the calls of a peer in this network (see `callerNetwork`). */
    const iceConfiguration = Effect.fn("Turn.iceConfiguration")((peer: PeerId, network: string) =>
      configuration(peer, network, {
        ttl: callTtl,
        share: 1,
        granted: (username, expiresAt) => repo.remember(username, peer, expiresAt)
      })
    )

    /** ICE servers for somebody who has not joined yet: good to try the network, and for no call. */
    const trial = Effect.fn("Turn.trial")(function* (network: string) {
      return yield* configuration(yield* secrets.peerId, network, {
        ttl: trialTtl,
        share: shareOfTrials,
        granted: () => Effect.void
      })
    })

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

    return { iceConfiguration, trial, withoutRelay, revokeOrphans } as const
  })
}) {}
