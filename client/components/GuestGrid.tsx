import { createMemo, createSignal, For } from "solid-js"
import type { GuestTile } from "../rtc/States.js"
import { createSize } from "../solid/createSize.js"
import { t } from "../words/t.js"
import { type FigureActions, GuestFigure } from "./GuestFigure.js"
import css from "./GuestGrid.module.css"
import type { Sound } from "./Picture.js"
import { layout } from "./tileLayout.js"

const sameOrder = (before: ReadonlyArray<string>, after: ReadonlyArray<string>) =>
  before.length === after.length && before.every((id, index) => id === after[index])

/** The guests. A guest's video element lives as long as the guest is there, wherever its tile goes. */
export const GuestGrid = (props: {
  readonly guests: ReadonlyArray<GuestTile>
  readonly sound: Sound
  readonly sinkId: string
  /** Whose tile is large. */
  readonly large: string | null
  readonly speaking: ReadonlySet<string>
  readonly talkingTo: string | null
  readonly actions: FigureActions
}) => {
  const [stage, setStage] = createSignal<HTMLElement>()
  const size = createSize(stage)
  const ids = createMemo(() => props.guests.map((tile) => tile.peer.id), [], { equals: sameOrder })
  const tiles = createMemo(() => new Map(props.guests.map((tile) => [tile.peer.id, tile])))
  const boxes = createMemo(() => {
    const { height, width } = size()
    const large = props.large === null ? -1 : ids().indexOf(props.large)
    return layout(ids().length, width, height, large === -1 ? null : large)
  })
  return (
    <section ref={setStage} class={css.grid} aria-label={t.host.guests()}>
      <For each={ids()}>
        {(id, index) => {
          const first = tiles().get(id)
          if (first === undefined) return null
          const tile = createMemo((last: GuestTile) => tiles().get(id) ?? last, first)
          const box = () => boxes()[index()]
          return (
            <div
              class={css.cell}
              style={{
                left: `${box()?.x ?? 0}px`,
                top: `${box()?.y ?? 0}px`,
                width: `${box()?.width ?? 0}px`,
                height: `${box()?.height ?? 0}px`
              }}
            >
              <GuestFigure
                tile={tile()}
                sound={props.sound}
                sinkId={props.sinkId}
                large={props.large === id}
                speaking={props.speaking.has(id)}
                talking={props.talkingTo === id}
                actions={props.actions}
              />
            </div>
          )
        }}
      </For>
    </section>
  )
}
