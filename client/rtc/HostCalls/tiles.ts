import type { GuestMessage } from "../control.js"
import { distinctName } from "../distinctName.js"
import type { GuestView, Path, Peer, Quality } from "../States.js"

/**
 * The host's guests, in the order in which they first came. Everything here is a change from one such list to the next.
 */
export type Tiles = ReadonlyArray<GuestView>

/** A guest without a connection. */
const unconnected = { path: "unknown", stream: null, screen: null, quality: null } as const

const newcomer = (peer: Peer): GuestView => ({
  ...unconnected,
  peer,
  state: peer.waiting === true ? "Waiting" : "Joined",
  gone: null,
  sending: { camera: true, microphone: true, screen: false },
  hand: null
})

/** Changes the tile of one guest, if there is one. */
export const change =
  (guest: string, update: (tile: GuestView) => GuestView) =>
  (tiles: Tiles): Tiles =>
    tiles.map((tile) => (tile.peer.id === guest ? update(tile) : tile))

/** The tile of a guest that comes again, to wait or to be in. */
const again = (tile: GuestView, peer: Peer): GuestView => {
  if (tile.state === "Away") return { ...newcomer(peer), sending: tile.sending }
  return (tile.state === "Waiting") === (peer.waiting === true) ? { ...tile, peer } : newcomer(peer)
}

/**
 * A guest comes, or comes again and keeps its place in the list. Its name differs from those of all other guests and
 * from `host`, the host's name. `previous`: its name before this page was reloaded.
 */
export const welcome =
  (peer: Peer, host?: string, previous?: string) =>
  (tiles: Tiles): Tiles => {
    const known = tiles.find((tile) => tile.peer.id === peer.id)
    const others = tiles.flatMap((tile) => (tile === known ? [] : [tile.peer.name]))
    const name = distinctName(peer.name, host === undefined ? others : [host, ...others], known?.peer.name ?? previous)
    const called = { ...peer, name }
    return known === undefined ? [...tiles, newcomer(called)] : change(peer.id, (tile) => again(tile, called))(tiles)
  }

/** The host has admitted this guest. One that is in already, or away, stays as it is. */
export const admit = (tile: GuestView): GuestView => {
  const { waiting: _, ...peer } = tile.peer
  return tile.state === "Waiting" ? newcomer(peer) : { ...tile, peer }
}

export const without =
  (guest: string) =>
  (tiles: Tiles): Tiles =>
    tiles.filter((tile) => tile.peer.id !== guest)

/** A new connection of this guest begins. What the guest reported holds until it reports otherwise. */
export const connecting = (tile: GuestView): GuestView => ({ ...tile, ...unconnected, state: "Connecting" })

/** The control channel of this guest closed: its media is about to stop. */
export const interrupted = (tile: GuestView): GuestView =>
  tile.state === "Live" ? { ...tile, state: "Interrupted" } : tile

/** The page of this guest closes, and its screen is no longer shared: a page that opens again asks for it anew. */
export const closing = (tile: GuestView): GuestView => ({
  ...interrupted(tile),
  screen: null,
  sending: { ...tile.sending, screen: false }
})

/** The connection of this guest broke. */
export const broken = (tile: GuestView): GuestView => (tile.state === "Away" ? tile : { ...tile, state: "Interrupted" })

/** The guest is away: it is not seen, heard or counted. */
export const away = (tile: GuestView): GuestView => ({ ...tile, ...unconnected, state: "Away", hand: null })

/** What comes over a connection. */
export interface Media {
  readonly stream: MediaStream | null
  /** What comes on the second video. */
  readonly second: MediaStream | null
}

/** This media comes now. Nothing of a guest that is away is shown. */
export const bring =
  ({ second, stream }: Media) =>
  (tile: GuestView): GuestView =>
    tile.state === "Away" ? tile : { ...tile, stream, screen: tile.sending.screen ? second : null }

/** The guest is back: its connection is established or being mended, and brings this media. */
export const back =
  (media: Media, state: "Live" | "Interrupted") =>
  (tile: GuestView): GuestView =>
    bring(media)({ ...tile, state })

/** The connection of this guest is established, and its media takes this path. */
export const connected =
  (media: Media, path: Path) =>
  (tile: GuestView): GuestView => ({ ...back(media, "Live")(tile), path })

/** The connection turned out to be established still. */
export const resumed =
  (media: Media) =>
  (tile: GuestView): GuestView =>
    tile.state === "Interrupted" || tile.state === "Away" ? back(media, "Live")(tile) : tile

export const measured =
  (quality: Quality) =>
  (tile: GuestView): GuestView =>
    tile.state === "Away" ? tile : { ...tile, quality, path: quality.path }

/** A message of the guest changes its tile. */
export const said =
  (message: GuestMessage, now: number, { second }: Media) =>
  (tile: GuestView): GuestView => {
    if (message.type === "hand") return { ...tile, hand: message.raised ? (tile.hand ?? now) : null }
    if (message.type !== "sending") return tile
    const { camera, microphone, screen } = message
    return { ...tile, sending: { camera, microphone, screen }, screen: screen && tile.state !== "Away" ? second : null }
  }
