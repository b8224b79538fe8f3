import { createMemo, For } from "solid-js"
import type { GuestTile } from "../rtc/States.js"
import { t } from "../words/t.js"
import { GuestFigure } from "./GuestFigure.js"
import css from "./GuestGrid.module.css"
import type { Sound } from "./Picture.js"

/** The columns of a wide page: as near to a square of tiles as whole numbers come. */
const columns = (count: number) => Math.min(5, Math.ceil(Math.sqrt(Math.max(1, count))))

const sameOrder = (before: ReadonlyArray<string>, after: ReadonlyArray<string>) =>
  before.length === after.length && before.every((id, index) => id === after[index])

/** The guests. A guest's video element lives as long as the guest is there, whatever changes about it. */
export const GuestGrid = (props: { readonly guests: ReadonlyArray<GuestTile>; readonly sound: Sound }) => {
  const ids = createMemo(() => props.guests.map((tile) => String(tile.peer.id)), [], { equals: sameOrder })
  const tiles = createMemo(() => new Map(props.guests.map((tile) => [String(tile.peer.id), tile])))
  const size = () => {
    const across = columns(props.guests.length)
    return { across: String(across), down: String(Math.max(1, Math.ceil(props.guests.length / across))) }
  }
  return (
    <section class={css.grid} aria-label={t.host.guests()} data-across={size().across} data-down={size().down}>
      <For each={ids()}>
        {(id) => {
          const first = tiles().get(id)
          if (first === undefined) return null
          const tile = createMemo((last: GuestTile) => tiles().get(id) ?? last, first)
          return <GuestFigure tile={tile()} sound={props.sound} />
        }}
      </For>
    </section>
  )
}
