import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { ConnectionEvent } from "../Connection.js"
import { type GuestMessage, readGuestMessage } from "../control.js"
import { wantsNothing } from "../quality/wanted.js"
import { makeRateLimitByKey, textsTaken } from "../rateLimits.js"
import type { GuestView, Path } from "../States.js"
import type { Guests } from "./guests.js"
import type { HostCapacity } from "./hostCapacity.js"
import type { PresenceEvent } from "./presence.js"
import * as Session from "./session.js"
import type { Talks } from "./talks.js"
import * as Tiles from "./tiles.js"

/** What an event of a connection changes for its guest. */
export interface Changes {
  /** What it means for the guest's presence. Null: nothing. */
  readonly presence: PresenceEvent | null
  /** What comes over the connection from now on. */
  readonly media: Tiles.Media
  /** Null: the tile stays as it is. */
  readonly tile: ((tile: GuestView) => GuestView) | null
}

/** What an event changes. `before`: the media that came so far. `path`: of an established connection. */
export const changesBy = (event: ConnectionEvent, before: Tiles.Media, path: Path): Changes => {
  const nothing: Changes = { presence: null, media: before, tile: null }
  const bring = (media: Tiles.Media): Changes => ({ presence: null, media, tile: Tiles.bring(media) })
  switch (event._tag) {
    case "State":
      if (event.state === "connected") return { ...nothing, presence: "Connected", tile: Tiles.connected(before, path) }
      return event.state === "disconnected" || event.state === "failed"
        ? { ...nothing, presence: "Broken", tile: Tiles.broken }
        : nothing
    case "Stream":
      return bring({ ...before, stream: event.stream })
    case "Screen":
      return bring({ ...before, second: event.stream })
    case "Measured":
      return { ...nothing, tile: Tiles.measured(event.quality) }
    case "Control":
      // A closed channel is mended by the guest.
      return event.open ? nothing : { ...nothing, presence: "Closing", tile: Tiles.interrupted }
    default:
      // Of these only an undeliverable answer is a failure, which the guest's page mends.
      return nothing
  }
}

interface EventsOptions {
  readonly session: Ref.Ref<Session.Session>
  readonly guests: Pick<Guests, "change" | "note">
  readonly capacity: Pick<HostCapacity, "note">
  readonly talks: Talks
  readonly forget: (guest: string) => Effect.Effect<unknown>
  readonly received: (guest: string, message: GuestMessage) => Effect.Effect<unknown>
}

/** Acts on the events of a guest's connection. `open`: the connection when the event is handled. */
export const makeEvents = ({ capacity, forget, guests, received, session, talks }: EventsOptions) => {
  // By guest, since each new connection has a channel with a rate limit of its own.
  const isTaken = makeRateLimitByKey(textsTaken)
  const closes = (guest: string) => Effect.zipRight(guests.note(guest, "Closing"), guests.change(guest, Tiles.closing))
  const receiveFromGuest = (
    guest: string,
    message: GuestMessage,
    { connection, media }: Session.OpenConnection
  ): Effect.Effect<unknown> => {
    if (message.type === "bye") return forget(guest)
    // Until it is known whether the page comes back, nothing is encoded for it.
    if (message.type === "away") return Effect.zipRight(connection.setWanted(wantsNothing), closes(guest))
    return Effect.gen(function* () {
      // A page that was only in the back-forward cache is back with its connection as it was.
      const { present } = yield* guests.note(guest, "Spoke")
      if (present) yield* guests.change(guest, Tiles.resumed(media))
      if (message.type === "wanted") return yield* connection.setWanted(message)
      if (message.type === "chat" && !(yield* talks.takes(guest))) return
      yield* guests.change(guest, Tiles.said(message, yield* Clock.currentTimeMillis, media))
      yield* received(guest, message)
    })
  }

  /** What else is to be done. */
  const act = (guest: string, open: Session.OpenConnection, event: ConnectionEvent): Effect.Effect<unknown> => {
    switch (event._tag) {
      case "Delivered":
        return Ref.update(session, Session.withoutAnswer(guest))
      case "Control":
        return event.open
          ? talks.begin(guest, open)
          : Effect.zipRight(open.connection.setWanted(wantsNothing), talks.pause(open))
      case "ControlText":
        return Effect.gen(function* () {
          if (!isTaken(guest, yield* Clock.currentTimeMillis)) return
          const message = yield* readGuestMessage(event.text)
          if (message !== null) yield* receiveFromGuest(guest, message, open)
        })
      case "Measured":
        return capacity.note(guest, event.sent)
      default:
        return Effect.void
    }
  }

  return (guest: string, open: Session.OpenConnection, event: ConnectionEvent) =>
    Effect.gen(function* () {
      const isConnected = event._tag === "State" && event.state === "connected"
      const path = isConnected ? yield* open.connection.path : "unknown"
      const { media, presence, tile } = changesBy(event, open.media, path)
      if (presence !== null) yield* guests.note(guest, presence)
      if (media !== open.media) yield* Ref.update(session, Session.withMedia(guest, media))
      if (tile !== null) yield* guests.change(guest, tile)
      yield* act(guest, open, event)
    })
}
