import type { JSX } from "solid-js"
import css from "./Toolbar.module.css"

/** The buttons of a call, at the foot of the page and always in reach. On a phone they take two rows if needed. */
export const Toolbar = (props: { readonly label: string; readonly children: JSX.Element }) => (
  <section class={css.bar} aria-label={props.label}>
    {props.children}
  </section>
)
