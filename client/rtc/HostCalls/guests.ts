import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as SubscriptionRef from "effect/SubscriptionRef"
import type { GuestView, Peer } from "../States.js"
import { type Attendance, makeAttendance } from "./attendance.js"
import type { Absence } from "./presence.js"
import * as Tiles from "./tiles.js"

/** The guests in a host's room, and which of them are present. */
export interface Guests extends Pick<Attendance, "note" | "settle"> {
  readonly tiles: SubscriptionRef.SubscriptionRef<Tiles.Tiles>
  readonly tile: (guest: string) => Effect.Effect<GuestView | undefined>
  readonly change: (guest: string, next: (tile: GuestView) => GuestView) => Effect.Effect<void>
  /** A guest comes, or comes again. */
  readonly welcome: (peer: Peer) => Effect.Effect<unknown>
  /** A resumed session lists this guest. */
  readonly list: (peer: Peer) => Effect.Effect<unknown>
  /** The host admits this guest, if it waits. */
  readonly admit: (guest: string) => Effect.Effect<unknown>
  readonly admitAll: Effect.Effect<unknown>
  readonly forget: (guest: string) => Effect.Effect<void>
  readonly clear: Effect.Effect<void>
}

/** What a host's page knew of a guest before it was reloaded. */
export interface KnownGuest {
  /** Its name on this page. */
  readonly name: string
  /** It was away, and stays so until it calls. */
  readonly away: boolean
}

interface GuestsOptions {
  /** The host's name. */
  readonly host: string | undefined
  /** What was known of the guests that a resumed session lists, by peer id. */
  readonly known: ReadonlyMap<string, KnownGuest>
  readonly hangUp: (guest: string) => Effect.Effect<void>
  /** Called when it is time to settle again. */
  readonly due: Effect.Effect<unknown>
}

export const makeGuests = ({ due, hangUp, host, known }: GuestsOptions): Effect.Effect<Guests, never, Scope.Scope> =>
  Effect.gen(function* () {
    const tiles = yield* SubscriptionRef.make<Tiles.Tiles>([])
    const update = (next: (tiles: Tiles.Tiles) => Tiles.Tiles) => SubscriptionRef.update(tiles, next)
    const change = (guest: string, next: (tile: GuestView) => GuestView) => update(Tiles.change(guest, next))
    const tileOf = (guest: string) =>
      Effect.map(SubscriptionRef.get(tiles), (now) => now.find(({ peer }) => peer.id === guest))

    /** Shows that a guest is gone, or since when. An event that brings one back changes the tile by itself. */
    const show = (guest: string, { away, gone, over }: Absence) =>
      Effect.gen(function* () {
        const tile = yield* tileOf(guest)
        if (tile === undefined) return
        if (away && tile.state !== "Away") yield* change(guest, (now) => ({ ...Tiles.away(now), gone }))
        else if (tile.gone !== gone) yield* change(guest, (now) => ({ ...now, gone }))
        // A connection that only the network broke is kept: it may be mended however late.
        if (over) yield* hangUp(guest)
      })
    const { forget, note, settle } = yield* makeAttendance({ show, due })

    const add = (peer: Peer) => update(Tiles.welcome(peer, host, known.get(peer.id)?.name))
    const welcome = (peer: Peer) =>
      Effect.zipRight(add(peer), note(peer.id, peer.waiting === true ? "Knocked" : "Joined"))
    const admit = (guest: string) =>
      Effect.flatMap(tileOf(guest), (tile) =>
        Effect.zipRight(change(guest, Tiles.admit), tile?.state === "Waiting" ? note(guest, "Joined") : Effect.void)
      )

    return {
      tiles,
      tile: tileOf,
      change,
      note,
      settle,
      welcome,
      list: (peer) =>
        known.get(peer.id)?.away === true
          ? add(peer).pipe(Effect.zipRight(change(peer.id, Tiles.away)), Effect.zipRight(note(peer.id, "Listed")))
          : welcome(peer),
      admit,
      admitAll: Effect.flatMap(SubscriptionRef.get(tiles), (now) =>
        Effect.forEach(now, ({ peer }) => admit(peer.id), { discard: true })
      ),
      forget: (guest) =>
        Effect.zipRight(
          Effect.sync(() => forget(guest)),
          update(Tiles.without(guest))
        ),
      clear: SubscriptionRef.set(tiles, [])
    }
  })
