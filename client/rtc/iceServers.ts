import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { type IceConfiguration, Signaling } from "../signaling/Signaling.js"
import type { PeerConnection } from "./PeerConnections.js"
import { iceServersMarginOfHost, iceServersMinInterval, iceServersTimeout } from "./timings.js"

/** Without an answer no policy is known either: the call works if the two networks connect without help. */
const none: IceConfiguration = { iceServers: [], expiresAt: null, relay: false, policy: "all" }

/**
 * ICE servers for the connections of one call. The first answer is awaited, since only it says whether media may go
 * direct, and without the service no offer can be sent either. If a later one takes more than 5 seconds, the last known
 * servers and policy are used.
 */
export const makeIceServers = (token: () => string) =>
  Effect.map(Signaling, (signaling) => {
    let known: IceConfiguration | null = null
    const ask = Effect.suspend(() => signaling.turnCredentials(token())).pipe(
      Effect.tap((answer) =>
        Effect.sync(() => {
          known = answer
        })
      )
    )
    return Effect.suspend(() => (known === null ? ask : Effect.timeout(ask, iceServersTimeout))).pipe(
      Effect.tapError((failure) => Effect.logDebug("Connecting with the previous ICE servers.", failure)),
      Effect.orElseSucceed(() => known ?? none)
    )
  })

/**
 * ICE servers for all connections of a host: known ones are used at once, and asked for again in the background, at
 * most once a minute.
 */
export const makeSharedIceServers = (token: () => string) =>
  Effect.gen(function* () {
    const ask = yield* makeIceServers(token)
    const scope = yield* Effect.scope
    let known: IceConfiguration | null = null
    const noted = Effect.tap(ask, (answer) =>
      Effect.sync(() => {
        known = answer
      })
    )
    // On a fiber of its own: a guest who leaves while the answer is awaited does not take it from the others.
    const [asking, askAnew] = yield* Effect.cachedInvalidateWithTTL(
      Effect.forkIn(Effect.interruptible(noted), scope),
      iceServersMinInterval
    )
    const servers = Effect.gen(function* () {
      const fiber = yield* asking
      const now = yield* Clock.currentTimeMillis
      if (known !== null && lasts(known, now)) return known
      // Awaited and not joined: a join would inherit that fiber's context, and the connection that asked first would be
      // opened in the scope of the whole session.
      const answer = yield* Effect.flatten(Fiber.await(fiber))
      // The service has a relay and did not give it, because nobody was there to call or too many had got it. The next
      // connection asks again.
      if (!answer.relay && answer.expiresAt !== null) yield* askAnew
      return answer
    })
    /** `asking` only starts the request, so that the servers are known soon. */
    return { asking, servers } as const
  })

/** Whether a connection can begin with these: there is no relay at all, or its credentials are valid for a while. */
const lasts = ({ expiresAt, relay }: IceConfiguration, now: number) =>
  expiresAt === null || (relay && Date.parse(expiresAt) - now > 1.25 * Duration.toMillis(iceServersMarginOfHost))

/** When a connection gets new servers, and what happens then. */
export interface Renewal {
  /** How long before their credentials expire new servers are asked for. */
  readonly margin: Duration.Duration
  /** A relay with new credentials, or the first one, is set. */
  readonly renewed: Effect.Effect<unknown>
}

/**
 * Sets new servers on the connection before its credentials expire, for as long as it lives. If the service offers no
 * relay for now, the present one is kept until its credentials expire.
 */
export const keepIceServersFresh = <R>(
  connection: Pick<PeerConnection, "setIceServers">,
  first: IceConfiguration,
  ask: Effect.Effect<IceConfiguration, never, R>,
  { margin, renewed }: Renewal
): Effect.Effect<void, never, R> =>
  Effect.gen(function* () {
    let hasRelay = first.relay
    let due = first.expiresAt
    while (due !== null) {
      const left = Date.parse(due) - (yield* Clock.currentTimeMillis)
      // At least half a minute, whatever the clocks of this machine and the service say.
      yield* Effect.sleep(Math.max(left - Duration.toMillis(margin), 30_000))
      const next = yield* ask
      // Nothing came: keep what the connection has, and ask again in a while.
      if (next.iceServers.length === 0) continue
      due = next.expiresAt
      if (hasRelay && !next.relay) continue
      hasRelay = next.relay
      yield* connection.setIceServers(next.iceServers)
      if (hasRelay) yield* renewed
    }
  })
