import { createSignal, createUniqueId, Show } from "solid-js"
import type { GuestTile } from "../rtc/States.js"
import { createMoving } from "../solid/createMoving.js"
import { tileSaying } from "../words/hostSaying.js"
import { t } from "../words/t.js"
import css from "./GuestFigure.module.css"
import { Mark } from "./Mark.js"
import { Picture, type Sound } from "./Picture.js"

const initial = (name: string) => [...name.trim()][0]?.toLocaleUpperCase() ?? ""

/** One guest: the picture, the name, and how the connection stands. */
export const GuestFigure = (props: { readonly tile: GuestTile; readonly sound: Sound }) => {
  const id = createUniqueId()
  const [video, setVideo] = createSignal<HTMLVideoElement>()
  const moving = createMoving(video)
  const saying = () => tileSaying(props.tile)
  return (
    <figure class={css.figure} data-state={props.tile.state} aria-labelledby={id}>
      <Picture stream={props.tile.stream} sound={props.sound} ref={setVideo} />
      <Show when={!moving()}>
        <div class={css.cover}>
          <span class={css.initial} aria-hidden="true">
            {initial(props.tile.peer.name)}
          </span>
          <Show when={props.tile.state === "Live"}>
            <span class={css.note}>{t.host.cameraOff()}</span>
          </Show>
        </div>
      </Show>
      <figcaption class={css.caption}>
        <span class={css.name} id={id} title={props.tile.peer.name}>
          {props.tile.peer.name}
        </span>
        <span class={css.state}>
          <Mark tone={saying().tone} />
          {saying().title}
        </span>
      </figcaption>
    </figure>
  )
}
