import * as Effect from "effect/Effect"
import * as HashSet from "effect/HashSet"
import * as Ref from "effect/Ref"
import type { Message } from "../../signaling/Signaling.js"
import type { ConnectionMessage } from "../Connection.js"
import type { GuestView, Peer } from "../States.js"
import type { Guests } from "./guests.js"
import type { Offers } from "./offers.js"
import * as Session from "./session.js"
import * as Tiles from "./tiles.js"

/** What a message of the service means for a host's page. */
export type Meaning =
  /** Nothing: it does not concern a host, or comes too late, or from a removed guest. */
  | { readonly _tag: "Nothing" }
  /** A guest comes, or comes again. */
  | { readonly _tag: "Comes"; readonly peer: Peer }
  /** The guest goes for good. */
  | { readonly _tag: "Goes" }
  /** The guest's page closes, and may be back. */
  | { readonly _tag: "Closes" }
  /** For the connection that is open. */
  | { readonly _tag: "Continues"; readonly open: Session.OpenConnection; readonly message: ConnectionMessage }
  /** A new offer on the connection that is open. `wasAway`: its guest is back. */
  | {
      readonly _tag: "Restarts"
      readonly open: Session.OpenConnection
      readonly message: ConnectionMessage
      readonly wasAway: boolean
    }
  /** For a connection that is not there yet. `isUnknownGuest`: no `joined` of this guest has come. */
  | { readonly _tag: "Calls"; readonly message: ConnectionMessage; readonly isUnknownGuest: boolean }

const nothing: Meaning = { _tag: "Nothing" }

/** What the message means in this session. `tile`: the sender's. */
export const meaningOf = (message: Message, session: Session.Session, tile: GuestView | undefined): Meaning => {
  if (session.ended) return nothing
  switch (message.type) {
    case "joined":
      return HashSet.has(session.removed, message.peer.id) ? nothing : { _tag: "Comes", peer: message.peer }
    case "left":
      return { _tag: "Goes" }
    case "away":
      return tile === undefined ? nothing : { _tag: "Closes" }
    case "host-joined":
    case "admitted":
      return nothing
    default: {
      if (HashSet.has(session.removed, message.from)) return nothing
      const open = Session.connectionOf(session, message.from)
      if (open?.connection.id === message.connection) {
        if (message.type !== "offer") return { _tag: "Continues", open, message }
        return { _tag: "Restarts", open, message, wasAway: tile?.state === "Away" }
      }
      if (message.type === "answer") return nothing
      if (tile === undefined && message.type === "candidate") return nothing
      // An unknown guest is known only by its offer: its `joined` came before the cursor of this host's join.
      return { _tag: "Calls", message, isUnknownGuest: tile === undefined }
    }
  }
}

interface InboxOptions {
  readonly session: Ref.Ref<Session.Session>
  readonly guests: Pick<Guests, "change" | "note" | "tile" | "welcome">
  readonly offers: Offers
  /** Requests ICE servers, without waiting for them. */
  readonly asking: Effect.Effect<unknown>
  readonly forget: (guest: string) => Effect.Effect<unknown>
}

/** Acts on the messages of the service. */
export const makeInbox = ({ asking, forget, guests, offers, session }: InboxOptions) => {
  const act = (guest: string, meaning: Meaning): Effect.Effect<unknown> => {
    switch (meaning._tag) {
      case "Nothing":
        return Effect.void
      case "Comes": {
        const { peer } = meaning
        // Its offer follows, or is there already: the servers are asked for meanwhile.
        return Effect.zipRight(peer.waiting === true ? Effect.void : asking, guests.welcome(peer))
      }
      case "Goes":
        return forget(guest)
      case "Closes":
        return guests.note(guest, "Announced")
      case "Continues":
        return meaning.open.connection.receive(meaning.message)
      case "Restarts":
        return Effect.gen(function* () {
          const { connection, media } = meaning.open
          yield* offers.drop(guest)
          yield* guests.note(guest, "Restarting")
          if (meaning.wasAway) yield* guests.change(guest, Tiles.back(media, "Interrupted"))
          yield* connection.receive(meaning.message)
        })
      case "Calls":
        return Effect.zipRight(
          meaning.isUnknownGuest ? guests.welcome({ id: guest, role: "guest", name: "Guest" }) : Effect.void,
          offers.receive(meaning.message)
        )
    }
  }

  return (message: Message): Effect.Effect<unknown> =>
    Effect.gen(function* () {
      const { from } = message
      yield* act(from, meaningOf(message, yield* Ref.get(session), yield* guests.tile(from)))
    })
}
