import { type Accessor, createMemo, For, type JSX } from "solid-js"
import type { GuestView } from "../../rtc/States.js"
import { createKeptFocus } from "../../solid/createKeptFocus.js"
import { sameOrder } from "../../solid/same.js"

/**
 * What there is for each guest, made once and kept for as long as the guest is listed. A view is another object whenever
 * anything of a guest changes in its place, be it the quality, every 2 seconds: what was made for it anew would lose the
 * focus, a press that is under way, and a video's next frames. What moves to another place in the order keeps the focus, too.
 */
export const EachGuest = (props: {
  readonly guests: ReadonlyArray<GuestView>
  /** Where there are none. */
  readonly fallback?: JSX.Element
  readonly children: (tile: Accessor<GuestView>) => JSX.Element
}) => {
  const ids = createMemo(() => props.guests.map(({ peer }) => peer.id), [], { equals: sameOrder })
  createKeptFocus(ids)
  const tiles = createMemo(() => new Map(props.guests.map((tile) => [tile.peer.id, tile])))
  return (
    <For each={ids()} fallback={props.fallback}>
      {(id) => {
        const first = tiles().get(id)
        if (first === undefined) return null
        return props.children(createMemo((last: GuestView) => tiles().get(id) ?? last, first))
      }}
    </For>
  )
}
