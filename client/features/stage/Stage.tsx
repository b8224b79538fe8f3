import { createMemo, createSignal } from "solid-js"
import { t } from "../../i18n/t.js"
import { layoutTiles } from "../../media/tileLayout.js"
import { raisedHands } from "../../rtc/hands.js"
import type { GuestView } from "../../rtc/States.js"
import { createSize } from "../../solid/createSize.js"
import { sameOrder } from "../../solid/same.js"
import { EachGuest } from "./EachGuest.js"
import { GuestTile, type TileActions } from "./GuestTile.js"
import css from "./Stage.module.css"

/**
 * The guests. A guest's video element lives as long as the guest is known, wherever its tile moves. It stays, hidden,
 * for a guest who is away and may be back at once.
 */
export const Stage = (props: {
  /** Those who are in, and in their places those who are away. */
  readonly guests: ReadonlyArray<GuestView>
  /** Whose tile is large. */
  readonly large: string | null
  /** Whom the host made large for everybody. */
  readonly shownToAll: string | null
  /** Whose screen all others see. */
  readonly sharer: string | null
  /** Whose connection is gone for a while: small, in a row below the others. */
  readonly shrunk: ReadonlySet<string>
  readonly speaking: ReadonlySet<string>
  readonly talkingTo: string | null
  readonly actions: TileActions
}) => {
  const [stage, setStage] = createSignal<HTMLElement>()
  const size = createSize(stage)
  const inside = createMemo(() => props.guests.filter(({ state }) => state !== "Away"))
  const ids = createMemo(() => inside().map((tile) => tile.peer.id), [], { equals: sameOrder })
  const hands = createMemo(() => raisedHands(inside()).map(({ peer }) => peer.id))
  const boxes = createMemo(() => {
    const large = props.large === null ? -1 : ids().indexOf(props.large)
    const shrunk = new Set(ids().flatMap((id, index) => (props.shrunk.has(id) ? [index] : [])))
    return layoutTiles({ count: ids().length, stage: size(), large: large === -1 ? null : large, shrunk })
  })
  return (
    <section ref={setStage} class={css.grid} aria-label={t.host.guests()}>
      {/* A video that is moved in the document stops playing, so guests who are away keep their places in it. */}
      <EachGuest guests={props.guests}>
        {(tile) => {
          const { id } = tile().peer
          const box = () => boxes()[ids().indexOf(id)]
          return (
            <div
              class={css.cell}
              hidden={tile().state === "Away"}
              style={{
                left: `${box()?.x ?? 0}px`,
                top: `${box()?.y ?? 0}px`,
                width: `${box()?.width ?? 0}px`,
                height: `${box()?.height ?? 0}px`
              }}
            >
              <GuestTile
                tile={tile()}
                large={props.large === id}
                shownToAll={props.shownToAll === id}
                screenShown={props.sharer === id}
                handPlace={hands().indexOf(id) + 1}
                speaking={props.speaking.has(id)}
                talking={props.talkingTo === id}
                actions={props.actions}
              />
            </div>
          )
        }}
      </EachGuest>
    </section>
  )
}
