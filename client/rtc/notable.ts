import type { GuestView, Peer } from "./States.js"

/** An event of which a host who looks elsewhere would want to know. */
export interface Notable {
  /** `Knocked`: waits to be let in. `Gone`: was in, and has left or is away. */
  readonly _tag: "Arrived" | "Knocked" | "HandRaised" | "Gone"
  readonly peer: Peer
}

const isIn = (tile: GuestView | undefined) => tile !== undefined && tile.state !== "Waiting" && tile.state !== "Away"

/**
 * The list to compare the next one with. A guest that was away is back only once its connection is established: one
 * whose network lets nothing through calls once a minute, and is away again each time.
 */
export const notedFrom = (
  before: ReadonlyArray<GuestView>,
  after: ReadonlyArray<GuestView>
): ReadonlyArray<GuestView> => {
  const away = new Map(before.filter(({ state }) => state === "Away").map((tile) => [tile.peer.id, tile]))
  return after.map((tile) => (isIn(tile) && tile.state !== "Live" ? (away.get(tile.peer.id) ?? tile) : tile))
}

/**
 * What happened between the noted list and the present one, those who are gone first. A guest whom the host has
 * admitted is not reported, since the host did that. One whom the host has removed is gone like any other, which
 * confirms the press. One who is back after being away arrives.
 */
export const notableBetween = (
  before: ReadonlyArray<GuestView>,
  after: ReadonlyArray<GuestView>
): ReadonlyArray<Notable> => {
  const known = new Map(before.map((tile) => [tile.peer.id, tile]))
  const presentIds = new Set(after.flatMap(({ peer, state }) => (state === "Away" ? [] : [peer.id])))
  const gone = before.filter((tile) => isIn(tile) && !presentIds.has(tile.peer.id))
  const others = after.flatMap((tile): ReadonlyArray<Notable> => {
    const was = known.get(tile.peer.id)
    const { peer } = tile
    if (tile.state === "Waiting") return was?.state === "Waiting" ? [] : [{ _tag: "Knocked", peer }]
    if (!isIn(tile)) return []
    if (was === undefined) return [{ _tag: "Arrived", peer }]
    if (was.state === "Away") return tile.state === "Live" ? [{ _tag: "Arrived", peer }] : []
    return isIn(was) && was.hand === null && tile.hand !== null ? [{ _tag: "HandRaised", peer }] : []
  })
  return [...gone.map(({ peer }): Notable => ({ _tag: "Gone", peer })), ...others]
}
