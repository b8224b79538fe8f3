import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberHandle from "effect/FiberHandle"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import { makeConnectionId } from "../../signaling/Secrets.js"
import { Signaling } from "../../signaling/Signaling.js"
import { type Connection, type ConnectionEvent, openConnection } from "../Connection.js"
import { type GuestMessage, readHostMessage } from "../control.js"
import { makeIceServers } from "../iceServers.js"
import type { Outbox } from "../Outbox.js"
import type { OutgoingTracks } from "../OutgoingTracks.js"
import { PeerConnections } from "../PeerConnections.js"
import { watchPacketSilence } from "../packetSilence.js"
import type { JoinOffer, Prepared } from "../prepared.js"
import { capacityAfter, type Sent, unboundedCapacity, unshared } from "../quality/capacity.js"
import { millisOf } from "../quality/regulator.js"
import type { Wanted } from "../quality/wanted.js"
import type { Path } from "../States.js"
import { iceServersMargin, pathMoveWindow } from "../timings.js"
import type { GuestInput } from "./inputs.js"
import type { ConnectionFacts } from "./state.js"

interface OpenConnection {
  readonly connection: Connection
  readonly scope: Scope.CloseableScope
}

interface HostConnectionOptions {
  /** The present token. */
  readonly token: () => string
  readonly prepared: Prepared | null
  readonly tracks: OutgoingTracks
  readonly greeting: Effect.Effect<ReadonlyArray<GuestMessage>>
  readonly outbox: Outbox<GuestMessage>
  readonly tell: (input: GuestInput) => Effect.Effect<unknown>
}

/**
 * The connection to the host, one at a time, and the timers of its call. While none is open, most of this does nothing.
 */
export const makeHostConnection = (options: HostConnectionOptions) =>
  Effect.gen(function* () {
    const { greeting, outbox, tell, token } = options
    const signaling = yield* Signaling
    const peerConnections = yield* PeerConnections
    const iceServers = yield* makeIceServers(token)
    const tracks = yield* Ref.make(options.tracks)
    const waiting = yield* FiberHandle.make()
    const talking = yield* FiberHandle.make()
    const moving = yield* FiberHandle.make()
    const watching = yield* FiberHandle.make()
    /** Null once it is used or discarded. */
    let prepared = options.prepared
    let open: OpenConnection | null = null
    let capacity = unboundedCapacity

    const withOpen = <A>(otherwise: A, use: (connection: Connection) => Effect.Effect<A>): Effect.Effect<A> =>
      Effect.suspend(() => (open === null ? Effect.succeed(otherwise) : use(open.connection)))

    /** An overloaded machine sends less, as a host's does. A single connection shares its line with no other. */
    const noteSent = (sent: Sent) =>
      Effect.gen(function* () {
        capacity = capacityAfter(capacity, [sent], millisOf(yield* Clock.currentTimeNanos))
        const allowance = { ...unshared, machineShare: capacity.machineShare.limit }
        yield* withOpen<void>(undefined, ({ setAllowance }) => setAllowance(allowance))
      })

    const tellOf =
      (connection: string) =>
      (event: ConnectionEvent): Effect.Effect<unknown> => {
        if (event._tag === "ControlText") {
          return Effect.flatMap(readHostMessage(event.text), (message) =>
            message === null ? Effect.void : tell({ _tag: "HostMessage", connection, message })
          )
        }
        const noted = event._tag === "Measured" ? noteSent(event.sent) : Effect.void
        return Effect.zipRight(noted, tell({ _tag: "Connection", connection, event }))
      }

    return {
      /** Whether this is the connection that is open. */
      isOpen: (id: string) => open?.connection.id === id,
      facts: withOpen<ConnectionFacts | null>(null, ({ facts }) => Ref.get(facts)),
      path: withOpen<Path>("unknown", ({ path }) => path),
      /** The prepared offer. Null: there is none. */
      preparedOffer: Effect.suspend(
        (): Effect.Effect<JoinOffer | null> => (prepared === null ? Effect.succeed(null) : prepared.offer)
      ),
      discardPrepared: Effect.suspend(() => {
        const closing = prepared
        prepared = null
        return closing === null ? Effect.void : closing.close
      }),
      /** Opens a connection to this host, with what is prepared if it is still there. */
      connect: (host: string, relayOnly: boolean) =>
        Effect.gen(function* () {
          const scope = yield* Scope.make()
          const ready = prepared
          prepared = null
          const id = ready?.id ?? (yield* makeConnectionId)
          const connection = yield* openConnection({
            id,
            token: token(),
            to: host,
            relayOnly,
            prepared: ready,
            tracks: Ref.get(tracks),
            iceServers,
            iceServersMargin,
            tell: tellOf(id)
          }).pipe(
            Scope.extend(scope),
            Effect.provideService(Signaling, signaling),
            Effect.provideService(PeerConnections, peerConnections)
          )
          open = { connection, scope }
          // A prepared offer is sent already.
          if (ready === null) yield* connection.offer({ iceRestart: false })
        }),
      hangUp: Effect.suspend(() => {
        const closing = open
        open = null
        return closing === null
          ? Effect.void
          : FiberHandle.clear(talking).pipe(
              Effect.zipRight(FiberHandle.clear(watching)),
              Effect.zipRight(Scope.close(closing.scope, Exit.void))
            )
      }),
      restartIce: withOpen<void>(undefined, ({ offer }) => offer({ iceRestart: true })),
      /** The events `Silent` and `Heard` come from now on, for as long as the connection is open. */
      watchPacketSilence: withOpen<unknown>(undefined, ({ id, received }) =>
        FiberHandle.run(
          watching,
          watchPacketSilence(received, (change) =>
            tell({ _tag: "Connection", connection: id, event: { _tag: change } })
          ),
          { onlyIfMissing: true }
        )
      ),
      /** The input `Moved` comes once the time for a move to a new path is over. */
      awaitMove: FiberHandle.run(moving, Effect.delay(tell({ _tag: "Moved" }), pathMoveWindow)),
      /** The input `TimeUp` comes after this time. Replaces an earlier timer. */
      startTimer: (timer: number, after: Duration.Duration) =>
        FiberHandle.run(waiting, Effect.delay(tell({ _tag: "TimeUp", timer }), after)),
      stopTimer: FiberHandle.clear(waiting),
      /** Sends the present state and then new messages, for as long as the channel is open. */
      talk: withOpen<unknown>(undefined, ({ sendControl }) =>
        FiberHandle.run(
          talking,
          Effect.flatMap(greeting, (messages) => outbox.drain(messages, sendControl))
        )
      ),
      stopTalking: FiberHandle.clear(talking),
      /** Sends it at once, ahead of all that waits. */
      sayNow: (message: GuestMessage) => withOpen(false, ({ sendControl }) => sendControl(message)),
      receive: (message: Parameters<Connection["receive"]>[0]) =>
        withOpen<void>(undefined, ({ id, receive }) => (message.connection === id ? receive(message) : Effect.void)),
      setWanted: (wanted: Wanted) => withOpen<void>(undefined, (connection) => connection.setWanted(wanted)),
      setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) =>
        Effect.zipRight(
          Ref.update(tracks, (now) => ({ ...now, [kind]: track })),
          withOpen<void>(undefined, (connection) => connection.setTrack(kind, track))
        )
    }
  })
