import { Show } from "solid-js"
import { initialOf } from "../../media/nameText.js"
import css from "./VideoCover.module.css"

/** Covers a video that has no picture, with the first letter of the person's name and a note that explains why. */
export const VideoCover = (props: { readonly name: string; readonly note?: string | undefined }) => (
  <div class={css.cover}>
    <span class={css.initial} aria-hidden="true">
      {initialOf(props.name)}
    </span>
    <Show when={props.note}>
      <span class={css.note}>{props.note}</span>
    </Show>
  </div>
)
