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

/** What an event of a connection changes of its guest. */
export interface Changes {
  /** What it says of whether the guest is there. Null: nothing. */
  readonly presence: PresenceEvent | null
  /** What comes over the connection from now on. */
  readonly media: Tiles.Media
  /** Null: the tile stays as it is. */
  readonly tile: ((tile: GuestView) => GuestView) | null
}

/** What an event changes, where this came over the connection before. `path`: of a connection that stands. */
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
      // One that closed is the guest's to mend.
      return event.open ? nothing : { ...nothing, presence: "Closing", tile: Tiles.interrupted }
    default:
      // An answer that could not be delivered: the guest's page sees to it.
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

/** Does what the events of a guest's connection mean. `there`: the connection as it is when this one is taken. */
export const makeEvents = ({ capacity, forget, guests, received, session, talks }: EventsOptions) => {
  // Each new connection has a channel with a pace of its own.
  const isTaken = makeRateLimitByKey(textsTaken)
  const closes = (guest: string) => Effect.zipRight(guests.note(guest, "Closing"), guests.change(guest, Tiles.closing))
  const receiveFromGuest = (
    guest: string,
    message: GuestMessage,
    { connection, media }: Session.Open
  ): Effect.Effect<unknown> => {
    if (message.type === "bye") return forget(guest)
    // Until it is known whether the page comes back, nothing is encoded for it.
    if (message.type === "away") return Effect.zipRight(connection.setWanted(wantsNothing), closes(guest))
    return Effect.gen(function* () {
      // A page that was only put aside is back with its connection as it was.
      const { there } = yield* guests.note(guest, "Spoke")
      if (there) yield* guests.change(guest, Tiles.resumed(media))
      if (message.type === "wanted") return yield* connection.setWanted(message)
      if (message.type === "chat" && !(yield* talks.takes(guest))) return
      yield* guests.change(guest, Tiles.said(message, yield* Clock.currentTimeMillis, media))
      yield* received(guest, message)
    })
  }

  /** What is to be done beside. */
  const act = (guest: string, there: Session.Open, event: ConnectionEvent): Effect.Effect<unknown> => {
    switch (event._tag) {
      case "Delivered":
        return Ref.update(session, Session.answered(guest))
      case "Control":
        return event.open
          ? talks.begin(guest, there)
          : Effect.zipRight(there.connection.setWanted(wantsNothing), talks.pause(there))
      case "ControlText":
        return Effect.gen(function* () {
          if (!isTaken(guest, yield* Clock.currentTimeMillis)) return
          const message = yield* readGuestMessage(event.text)
          if (message !== null) yield* receiveFromGuest(guest, message, there)
        })
      case "Measured":
        return capacity.note(guest, event.sent)
      default:
        return Effect.void
    }
  }

  return (guest: string, there: Session.Open, event: ConnectionEvent) =>
    Effect.gen(function* () {
      const stands = event._tag === "State" && event.state === "connected"
      const path = stands ? yield* there.connection.path : "unknown"
      const { media, presence, tile } = changesBy(event, there.media, path)
      if (presence !== null) yield* guests.note(guest, presence)
      if (media !== there.media) yield* Ref.update(session, Session.brought(guest, media))
      if (tile !== null) yield* guests.change(guest, tile)
      yield* act(guest, there, event)
    })
}
