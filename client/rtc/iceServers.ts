import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { type IceConfiguration, Signaling } from "../signaling/Signaling.js"
import { backoff, iceServersMargin, iceServersPatience } from "../signaling/schedules.js"
import type { PeerConnection } from "./PeerConnections.js"

/** A call without servers still works where the two networks meet. */
const none: IceConfiguration = { iceServers: [], expiresAt: null, relay: false }

/** ICE servers for a connection. What cannot be had in 5 seconds is done without. */
export const askIceServers = (token: string) =>
  Effect.flatMap(Signaling, (signaling) =>
    signaling.turnCredentials(token).pipe(
      Effect.retry({
        schedule: backoff,
        while: (failure) => failure._tag === "Transient" && failure.offline && failure.retryAfter === null
      }),
      Effect.timeout(iceServersPatience),
      Effect.tapError((failure) => Effect.logDebug("Connecting without ICE servers.", failure)),
      Effect.orElseSucceed(() => none)
    )
  )

/** Gives the connection new servers before the credentials of those it has expire, for as long as it lives. */
export const keepIceServersFresh = <R>(
  connection: PeerConnection,
  first: IceConfiguration,
  ask: Effect.Effect<IceConfiguration, never, R>
): Effect.Effect<void, never, R> =>
  Effect.gen(function* () {
    let current = first
    while (current.expiresAt !== null) {
      const left = Date.parse(current.expiresAt) - (yield* Clock.currentTimeMillis)
      // At least half a minute, whatever the clocks of this machine and the service say.
      yield* Effect.sleep(Math.max(left - Duration.toMillis(iceServersMargin), 30_000))
      const next = yield* ask
      // Nothing came: what the connection has is better than nothing, and in a while is asked again.
      if (next.iceServers.length > 0) {
        current = next
        yield* connection.setIceServers(next.iceServers)
      }
    }
  })
