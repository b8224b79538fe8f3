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
   * The prepared connection, once: it is the taker's to close. Null where there is none, or its relay ends too soon.
   * `now` is in milliseconds since 1970.
   */
  readonly take: (now: number) => Prepared | null
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** Whether it is time to make another: what was given runs out, or nothing was. `now` as in `take`. */
  readonly isStale: (now: number) => boolean
  /** Whether calls will work from here. `Unknown` where there is no relay to try it with. */
  readonly verdict: Effect.Effect<NetworkVerdict>
}

/** Credentials that end this soon are worth no call, in milliseconds: a call renews its own after 30 seconds at least. */
const tooShort = 45_000

/** No page is made ready again sooner than this, in milliseconds, whatever its clock says of what it was given. */
const pause = 15_000

const nothing = (since: number): Readiness => ({
  take: () => null,
  setTrack: () => Effect.void,
  isStale: (now) => now - since >= pause,
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
      expiresAt !== null && now - since >= pause && Date.parse(expiresAt) - now < tooShort
    // Where the relay is given to none as yet, the call asks for its own: by then there is a host.
    const unrelayed = !relay && expiresAt !== null
    let ready = unrelayed ? null : Option.getOrNull(yield* Effect.option(prepareConnection(servers, tracks())))
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
    Effect.tapError((failure) => Effect.logDebug("Nothing is ready before the join.", failure.message)),
    // The call finds out by itself what it needs.
    Effect.orElse(() => Effect.map(Clock.currentTimeMillis, nothing))
  )
