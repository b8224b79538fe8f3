import { type JSX, Show } from "solid-js"
import type { Saying } from "../words/Saying.js"
import { Mark } from "./Mark.js"
import css from "./Notice.module.css"

/** What happened and what to do, with the button that does it. */
export const Notice = (props: {
  readonly saying: Saying
  /** `status`: the page's own state, said politely when it changes. `alert`: something that went wrong. */
  readonly role?: "status" | "alert"
  readonly children?: JSX.Element
}) => (
  <section class={css.notice} data-tone={props.saying.tone}>
    <div class={css.words} role={props.role}>
      <p class={css.title}>
        <Mark tone={props.saying.tone} />
        <span>{props.saying.title}</span>
      </p>
      <Show when={props.saying.detail}>
        <p class={css.detail}>{props.saying.detail}</p>
      </Show>
    </div>
    {props.children}
  </section>
)
