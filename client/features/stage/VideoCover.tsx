import { Show } from "solid-js"
import { initialOf } from "../../media/nameText.js"
import css from "./VideoCover.module.css"

/** Over a picture that is not there: whose it would be, by the first letter of the name, and why it is not. */
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
