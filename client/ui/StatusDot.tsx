import type { Tone } from "../i18n/StatusText.js"
import css from "./StatusDot.module.css"

/** A state as a small mark, beside the text that states it. */
export const StatusDot = (props: { readonly tone: Tone }) => (
  <span class={css.mark} data-tone={props.tone} aria-hidden="true" />
)
