import type { JSX } from "solid-js"
import css from "./Toolbar.module.css"

/** The buttons of a call, at the foot of the page and always in reach. */
export const Toolbar = (props: {
  readonly label: string
  /** More than fit one row of a phone: two rows of five. */
  readonly many?: boolean
  readonly children: JSX.Element
}) => (
  <section class={css.bar} data-many={props.many ? "" : undefined} aria-label={props.label}>
    {props.children}
  </section>
)
