import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { Signaling } from "../signaling/Signaling.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import type { PeerConnections } from "./PeerConnections.js"
import { runPreCallTest } from "./preCallTest.js"
import { type Prepared, prepareConnection } from "./prepared.js"
import type { NetworkVerdict } from "./States.js"

/** What a guest's page has ready before its person presses *Join*. */
export interface Readiness {
  /**
   * Returns the prepared connection, once; the caller closes it. Null: there is none, or its credentials expire too
   * soon. `now` is in milliseconds since 1970.
   */
  readonly take: (now: number) => Prepared | null
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** Whether it is time to prepare another: credentials expire, or nothing was prepared. `now` as in `take`. */
  readonly isStale: (now: number) => boolean
  /** Whether calls will work from here. `Unknown`: there is no relay to test with. */
  readonly verdict: Effect.Effect<NetworkVerdict>
}

/**
 * No call uses credentials that expire within these milliseconds: it renews its own after 30 seconds at the earliest.
 */
const minCredentialLifetime = 45_000

/** A page prepares again no sooner than this, in milliseconds, whatever its clock makes of the expiry. */
const minPrepareInterval = 15_000

const notReady = (since: number): Readiness => ({
  take: () => null,
  setTrack: () => Effect.void,
  isStale: (now) => now - since >= minPrepareInterval,
  verdict: Effect.succeed("Unknown")
})

/** Asks for the room's ICE servers, and keeps a connection and its offer ready for as long as the scope is open. */
export const makeReadiness = (
  room: string | undefined,
  tracks: () => OutgoingTracks
): Effect.Effect<Readiness, never, Scope.Scope | Signaling | PeerConnections> =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const servers = yield* signaling.trialIceServers(room)
    const { expiresAt, relay } = servers
    const since = yield* Clock.currentTimeMillis
    const isStale = (now: number) =>
      expiresAt !== null && now - since >= minPrepareInterval && Date.parse(expiresAt) - now < minCredentialLifetime
    // If the relay is not given to anybody yet, the call asks again: by then there is a host.
    const relayPending = !relay && expiresAt !== null
    let ready = relayPending ? null : Option.getOrNull(yield* Effect.option(prepareConnection(servers, tracks())))
    yield* Effect.addFinalizer(() => Effect.suspend(() => ready?.close ?? Effect.void))
    return {
      take: (now) => {
        if (isStale(now)) return null
        const taken = ready
        ready = null
        return taken
      },
      setTrack: (kind, track) => Effect.suspend(() => ready?.setTrack(kind, track) ?? Effect.void),
      isStale,
      verdict: runPreCallTest(servers)
    } satisfies Readiness
  }).pipe(
    Effect.tapError((failure) => Effect.logDebug("Nothing could be prepared before the join.", failure.message)),
    // The call gets what it needs by itself.
    Effect.orElse(() => Effect.map(Clock.currentTimeMillis, notReady))
  )
