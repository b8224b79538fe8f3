import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { Signaling } from "../signaling/Signaling.js"
import { checkNetwork } from "./networkCheck.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import type { PeerConnections } from "./PeerConnections.js"
import { type Prepared, prepareConnection } from "./prepared.js"
import type { NetworkVerdict } from "./States.js"

/** What a guest's page has ready before its person presses *Join*. */
export interface Readiness {
  /** The prepared connection, once: it is the taker's to close. Null where there is none. */
  readonly take: () => Prepared | null
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** Whether the credentials of its relay have run out, or are about to. `now` is in milliseconds since 1970. */
  readonly isStale: (now: number) => boolean
  /** Whether calls will work from here. `Unknown` where there is no relay to try it with. */
  readonly verdict: Effect.Effect<NetworkVerdict>
}

/** Credentials that end this soon are worth no call, in milliseconds. */
const tooShort = 20_000

const nothing: Readiness = {
  take: () => null,
  setTrack: () => Effect.void,
  isStale: () => false,
  verdict: Effect.succeed("Unknown")
}

/** Asks for the room's ICE servers, and keeps a connection and its offer ready for as long as the scope is open. */
export const makeReadiness = (
  room: string | undefined,
  tracks: () => OutgoingTracks
): Effect.Effect<Readiness, never, Scope.Scope | Signaling | PeerConnections> =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const servers = yield* signaling.trialIceServers(room)
    let ready = Option.getOrNull(yield* Effect.option(prepareConnection(servers, tracks())))
    yield* Effect.addFinalizer(() => Effect.suspend(() => ready?.close ?? Effect.void))
    const { expiresAt } = servers
    return {
      take: () => {
        const taken = ready
        ready = null
        return taken
      },
      setTrack: (kind, track) => Effect.suspend(() => ready?.setTrack(kind, track) ?? Effect.void),
      isStale: (now) => expiresAt !== null && Date.parse(expiresAt) - now < tooShort,
      verdict: checkNetwork(servers)
    } satisfies Readiness
  }).pipe(
    Effect.tapError((failure) => Effect.logDebug("Nothing is ready before the join.", failure.message)),
    // The call finds out by itself what it needs.
    Effect.orElseSucceed(() => nothing)
  )
