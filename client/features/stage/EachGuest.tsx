import { type Accessor, createMemo, For, type JSX } from "solid-js"
import type { GuestView } from "../../rtc/States.js"
import { createKeptFocus } from "../../solid/createKeptFocus.js"
import { sameOrder } from "../../solid/same.js"

/**
 * One element for each guest, made once and kept for as long as the guest is listed. A guest's view is a new object
 * whenever anything of it changes, such as the quality every 2 seconds. An element made anew each time would lose the
 * focus, a press that is under way, and a video's next frames. An element that moves in the order keeps the focus, too.
 */
export const EachGuest = (props: {
  readonly guests: ReadonlyArray<GuestView>
  /** Shown if there are no guests. */
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
