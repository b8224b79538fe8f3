import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberHandle from "effect/FiberHandle"
import * as HashMap from "effect/HashMap"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import { Signaling } from "../../signaling/Signaling.js"
import { type Connection, type ConnectionEvent, type ConnectionOptions, openConnection } from "../Connection.js"
import type { OutgoingTracks } from "../OutgoingTracks.js"
import { PeerConnections } from "../PeerConnections.js"
import { iceServersMarginOfHost } from "../timings.js"
import * as Session from "./session.js"

/** The connections of a host's page: one for each guest. */
export interface Connections {
  /** Opens a connection in place of the previous one, to answer the offer for this connection id. */
  readonly open: (guest: string, id: string) => Effect.Effect<Connection>
  /** Does it with the guest's connection, if one is open. */
  readonly use: (guest: string, use: (connection: Connection) => Effect.Effect<void>) => Effect.Effect<void>
  readonly useAll: (use: (connection: Connection) => Effect.Effect<unknown>) => Effect.Effect<void>
  readonly hangUp: (guest: string) => Effect.Effect<void>
  readonly hangUpAll: Effect.Effect<void>
}

interface ConnectionsOptions extends Pick<ConnectionOptions, "token" | "iceServers"> {
  readonly session: Ref.Ref<Session.Session>
  /** What a new connection of this guest begins with. */
  readonly tracks: (guest: string) => Effect.Effect<OutgoingTracks>
  readonly tell: (guest: string, connection: string, event: ConnectionEvent) => Effect.Effect<unknown>
}

export const makeConnections = ({
  iceServers,
  session,
  tell,
  token,
  tracks
}: ConnectionsOptions): Effect.Effect<Connections, never, Signaling | PeerConnections> =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const peerConnections = yield* PeerConnections

    const hangUp = (guest: string) =>
      Effect.flatMap(Ref.modify(session, Session.takeConnection(guest)), (closing) =>
        closing === undefined ? Effect.void : Scope.close(closing.scope, Exit.void)
      )

    return {
      open: (guest, id) =>
        Effect.gen(function* () {
          yield* hangUp(guest)
          const scope = yield* Scope.make()
          const connection = yield* openConnection({
            id,
            token,
            to: guest,
            relayOnly: false,
            tracks: tracks(guest),
            iceServers,
            iceServersMargin: iceServersMarginOfHost,
            tell: (event) => tell(guest, id, event)
          }).pipe(
            Scope.extend(scope),
            Effect.provideService(Signaling, signaling),
            Effect.provideService(PeerConnections, peerConnections)
          )
          const draining = yield* Scope.extend(FiberHandle.make(), scope)
          const media = { stream: null, second: null }
          yield* Ref.update(session, Session.withConnection(guest, { connection, scope, draining, media }))
          return connection
        }),
      use: (guest, use) =>
        Effect.flatMap(Ref.get(session), (now) => {
          const open = Session.connectionOf(now, guest)
          return open === undefined ? Effect.void : use(open.connection)
        }),
      useAll: (use) =>
        Effect.flatMap(Ref.get(session), ({ connections }) =>
          Effect.forEach(HashMap.values(connections), ({ connection }) => use(connection), { discard: true })
        ),
      hangUp,
      hangUpAll: Effect.flatMap(Ref.get(session), ({ connections }) =>
        Effect.forEach(HashMap.keys(connections), hangUp, { discard: true })
      )
    }
  })
