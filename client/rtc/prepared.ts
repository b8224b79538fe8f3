import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Queue from "effect/Queue"
import * as Scope from "effect/Scope"
import type { components } from "../signaling/api.gen.js"
import { makeConnectionId } from "../signaling/Secrets.js"
import type { IceConfiguration } from "../signaling/Signaling.js"
import { batchSize } from "./candidates.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import { type DescriptionUnusable, type PeerConnection, PeerConnections } from "./PeerConnections.js"

/** The offer that travels with a join. */
export type JoinOffer = components["schemas"]["JoinOffer"]

/**
 * A connection whose offer is made before there is anybody to call. Nothing of it leaves this page until it is taken.
 */
export interface Prepared {
  readonly id: string
  readonly peer: PeerConnection
  readonly servers: IceConfiguration
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** Has the candidates that are found before its first use; the connection sends later ones. */
  readonly offer: Effect.Effect<JoinOffer>
  readonly close: Effect.Effect<void>
}

/** Makes the connection and its offer, and begins to gather candidates. The caller closes it. */
export const prepareConnection = (
  servers: IceConfiguration,
  tracks: OutgoingTracks
): Effect.Effect<Prepared, DescriptionUnusable, PeerConnections> =>
  Effect.gen(function* () {
    const peerConnections = yield* PeerConnections
    const scope = yield* Scope.make()
    const close = Scope.close(scope, Exit.void)
    const id = yield* makeConnectionId
    let sent = tracks
    const relayOnly = servers.policy === "relay"
    const peer = yield* peerConnections
      .make({ iceServers: servers.iceServers, relayOnly, tracks })
      .pipe(Scope.extend(scope))
    const sdp = yield* Effect.onError(peer.offer({ iceRestart: false }), () => close)
    // Before the answer, candidates are the only events of a connection.
    const candidates = Effect.map(Queue.takeUpTo(peer.events, batchSize), (events) =>
      [...events].flatMap((event) => (event._tag === "Candidate" ? [event.candidate] : []))
    )
    const offer = yield* Effect.cached(
      Effect.map(candidates, (known) => ({ connection: id, sdp, ...(known.length === 0 ? {} : { candidates: known }) }))
    )
    return {
      id,
      peer,
      servers,
      setTrack: (kind, track) =>
        Effect.suspend(() => {
          if (sent[kind] === track) return Effect.void
          sent = { ...sent, [kind]: track }
          return peer.setTrack(kind, track)
        }),
      offer,
      close
    }
  })
