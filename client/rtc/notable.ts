import type { GuestTile } from "./States.js"

/** What happened that a host who looks elsewhere would want to know. */
export type Notable =
  | { readonly _tag: "Arrived"; readonly name: string }
  /** Waits to be let in. */
  | { readonly _tag: "Knocked"; readonly name: string }
  | { readonly _tag: "HandRaised"; readonly name: string }

const isIn = (tile: GuestTile | undefined) => tile !== undefined && tile.state !== "Waiting" && tile.state !== "Away"

/**
 * What happened from one list of guests to the next. Whom the host has let in arrives without a word: it was the host
 * who did that. Whoever is back after having been away arrives.
 */
export const notableBetween = (
  before: ReadonlyArray<GuestTile>,
  after: ReadonlyArray<GuestTile>
): ReadonlyArray<Notable> => {
  const known = new Map(before.map((tile) => [tile.peer.id, tile]))
  return after.flatMap((tile): ReadonlyArray<Notable> => {
    const was = known.get(tile.peer.id)
    const { name } = tile.peer
    if (tile.state === "Waiting") return was?.state === "Waiting" ? [] : [{ _tag: "Knocked", name }]
    if (!isIn(tile)) return []
    if (was === undefined || was.state === "Away") return [{ _tag: "Arrived", name }]
    return isIn(was) && was.hand === null && tile.hand !== null ? [{ _tag: "HandRaised", name }] : []
  })
}
