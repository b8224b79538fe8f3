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

/** How long credentials for a network test last. A page that has not joined renews them shortly before they expire. */
const trialTtl = Duration.minutes(5)

/** The longest that credentials last if no HOST_PASSWORD is set. A page renews them while its call lasts. */
const maxTtlWithoutPassword = Duration.minutes(30)

/**
 * The largest share of an hour's credentials for one site (`siteOf`). One site may be a whole classroom, or one abuser:
 * a third is the compromise.
 */
const shareOfSite = 1 / 3

/**
 * The largest share of an hour's credentials, of those for all and of those for one site, that trials may take. Calls
 * matter more.
 */
const shareOfTrials = 1 / 2

/** A page that got no relay although the deployment has one asks again after this. */
const relayRetryDelay = Duration.minutes(5)

/** ICE servers for a peer, from the provider that the settings choose: Cloudflare, a shared secret, or only STUN. */
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
    /** The configuration of a deployment that has no relay. */
    const stunOnly: IceConfiguration = { iceServers: [stun], expiresAt: null, relay: false, policy: icePolicy }
    const relayed = (iceServers: ReadonlyArray<IceServer>, expiresAt: number): IceConfiguration => ({
      iceServers,
      expiresAt: new Date(expiresAt).toISOString(),
      relay: true,
      policy: icePolicy
    })

    const callTtl = Option.isSome(hostPassword) ? turnTtl : Duration.min(turnTtl, maxTtlWithoutPassword)
    /** The secret of the relay, if there is one. It keys the hashes of sites, so that the database reveals no site. */
    const relaySecret = Option.orElse(
      Option.map(cloudflareTurn, ([, token]) => token),
      () => Option.map(sharedSecretTurn, ([, secret]) => secret)
    )

    /** `stunOnly` for a caller that gets no relay now. If the deployment has one, `expiresAt` is when to ask again. */
    const stunForNow = Effect.map(
      Clock.currentTimeMillis,
      (now): IceConfiguration => ({
        ...stunOnly,
        expiresAt: Option.isSome(relaySecret) ? new Date(now + Duration.toMillis(relayRetryDelay)).toISOString() : null
      })
    ).pipe(Effect.withSpan("Turn.stunForNow"))

    /**
     * Counts one set of this hour's credentials for the caller's site, because credentials may cost the operator money.
     * Returns the undo. Returns none if no set is left in `share` of the hour's sets for all or for this site.
     */
    const takeOne = Effect.fn("Turn.takeOne")(function* (secret: Redacted.Redacted, network: string, share: number) {
      const hour = Math.floor((yield* Clock.currentTimeMillis) / 3_600_000)
      const site = yield* secrets.hash(`${Redacted.value(secret)} ${siteOf(network)}`)
      const limitForAll = Math.ceil(turnPerHour * share)
      if (yield* repo.grant(hour, site, limitForAll, Math.ceil(turnPerHour * shareOfSite * share))) {
        return Option.some(
          Effect.catchAll(repo.giveBack(hour, site), (error) =>
            Effect.logWarning("TURN credentials that were not given out remain counted", error._tag)
          )
        )
      }
      yield* noteLimited("TURN_PER_HOUR")
      return Option.none()
    })

    /**
     * ICE servers with credentials for `ttl`. Only STUN, with `relay` false, if the provider does not answer in time or
     * the hour has no credentials left. Calls `rememberCredentials` with credentials that the provider can revoke.
     */
    const configuration = Effect.fn("Turn.configuration")(function* <E>(
      peer: PeerId,
      network: string,
      {
        rememberCredentials,
        share,
        ttl
      }: {
        readonly ttl: Duration.Duration
        readonly share: number
        readonly rememberCredentials: (username: string, expiresAt: number) => Effect.Effect<void, E>
      }
    ) {
      if (Option.isNone(relaySecret)) return stunOnly
      const undo = yield* takeOne(relaySecret.value, network, share)
      if (Option.isNone(undo)) return yield* stunForNow
      const expiresAt = (yield* Clock.currentTimeMillis) + Duration.toMillis(ttl)
      if (Option.isSome(cloudflare)) {
        const servers = yield* cloudflare.value.iceServers(ttl).pipe(
          Effect.tapError((error) => Effect.logWarning("The TURN provider does not answer", error._tag)),
          Effect.option
        )
        if (Option.isNone(servers)) {
          const fallback = yield* stunForNow
          yield* undo.value
          return fallback
        }
        const username = servers.value.find((server) => server.username !== undefined)?.username
        if (username !== undefined) yield* rememberCredentials(username, expiresAt)
        return relayed(servers.value, expiresAt)
      }
      if (Option.isNone(sharedSecretTurn)) return stunOnly
      const [urls, secret] = sharedSecretTurn.value
      return relayed([stun, yield* sharedSecretIceServer(urls, secret, peer, ttl)], expiresAt)
    })

    /** ICE servers for the calls of a peer in this network (see `callerNetwork`). */
    const iceConfiguration = Effect.fn("Turn.iceConfiguration")((peer: PeerId, network: string) =>
      configuration(peer, network, {
        ttl: callTtl,
        share: 1,
        rememberCredentials: (username, expiresAt) => repo.remember(username, peer, expiresAt)
      })
    )

    /** ICE servers for somebody who has not joined yet. They last for a network test, not for a call. */
    const trial = Effect.fn("Turn.trial")(function* (network: string) {
      return yield* configuration(yield* secrets.newPeerId, network, {
        ttl: trialTtl,
        share: shareOfTrials,
        rememberCredentials: () => Effect.void
      })
    })

    const warn = (error: { readonly _tag: string }) =>
      Effect.logWarning("TURN credentials could not be revoked", error._tag)

    /**
     * Revokes the credentials of peers that are gone, if the provider is Cloudflare. What fails is left for the next
     * run. Credentials by a shared secret cannot be revoked, and only expire.
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

    return { iceConfiguration, trial, stunForNow, revokeOrphans } as const
  })
}) {}
