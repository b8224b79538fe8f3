import type { GuestSays } from "../control.js"
import type { GuestTile, Peer } from "../States.js"

/** The host's guests, in the order in which they first came. Everything here is a change from one such list to the next. */
export type Tiles = ReadonlyArray<GuestTile>

/** What a guest is whose connection is not up. */
const unconnected = { path: "unknown", stream: null, screen: null, quality: null } as const

const newcomer = (peer: Peer): GuestTile => ({
  ...unconnected,
  peer,
  state: peer.waiting === true ? "Waiting" : "Joined",
  gone: null,
  sending: { camera: true, microphone: true, screen: false },
  hand: null
})

/** Changes the tile of one guest, where there is one. */
export const change =
  (guest: string, update: (tile: GuestTile) => GuestTile) =>
  (tiles: Tiles): Tiles =>
    tiles.map((tile) => (tile.peer.id === guest ? update(tile) : tile))

/** A guest comes, or comes again: as whoever waits to be let in, or as whoever is in. */
export const welcome =
  (peer: Peer) =>
  (tiles: Tiles): Tiles =>
    tiles.some((tile) => tile.peer.id === peer.id)
      ? change(peer.id, (tile) =>
          (tile.state === "Waiting") === (peer.waiting === true) ? { ...tile, peer } : newcomer(peer)
        )(tiles)
      : [...tiles, newcomer(peer)]

/** The host has let somebody in. Whoever was in already stays as it is. */
export const admit = (tile: GuestTile): GuestTile => {
  const { waiting: _, ...peer } = tile.peer
  return tile.state === "Waiting" ? newcomer(peer) : tile
}

export const without =
  (guest: string) =>
  (tiles: Tiles): Tiles =>
    tiles.filter((tile) => tile.peer.id !== guest)

/** A new connection of this guest begins. What the guest said of itself holds until it says otherwise. */
export const connecting = (tile: GuestTile): GuestTile => ({ ...tile, ...unconnected, state: "Connecting" })

/** What a guest says changes its tile. `second` is what comes on its second video. */
export const said =
  (message: GuestSays, now: number, second: MediaStream | null) =>
  (tile: GuestTile): GuestTile => {
    if (message.type === "hand") return { ...tile, hand: message.raised ? (tile.hand ?? now) : null }
    if (message.type !== "sending") return tile
    const { camera, microphone, screen } = message
    return { ...tile, sending: { camera, microphone, screen }, screen: screen ? second : null }
  }
