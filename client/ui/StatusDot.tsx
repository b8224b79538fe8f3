import type { Tone } from "../i18n/StatusText.js"
import css from "./StatusDot.module.css"

/** How a thing stands, as a small mark beside the words that say it. */
export const StatusDot = (props: { readonly tone: Tone }) => (
  <span class={css.mark} data-tone={props.tone} aria-hidden="true" />
)
