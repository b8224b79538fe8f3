import { createEffect, createSignal, type JSX, on, Show } from "solid-js"
import type { StatusText } from "../i18n/StatusText.js"
import { t } from "../i18n/t.js"
import { createGlance } from "../solid/createGlance.js"
import { IconButton } from "./IconButton.js"
import css from "./Notice.module.css"
import { Sentence } from "./Sentence.js"
import { StatusDot } from "./StatusDot.js"

/** What happened and what to do, with the button that does it. One that was closed comes back with other words. */
export const Notice = (props: {
  readonly status: StatusText
  /** `status`: the page's own state, said politely when it changes. `alert`: something that went wrong. */
  readonly role?: "status" | "alert"
  /** Whether a person may put it away. */
  readonly closable?: boolean
  /** It tells of an event that needs no answer, and puts itself away. */
  readonly passing?: boolean
  /** Told when it is put away. */
  readonly onClose?: () => void
  readonly children?: JSX.Element
}) => {
  const [closed, setClosed] = createSignal(false)
  createEffect(
    on(
      () => props.status.title,
      () => void setClosed(false)
    )
  )
  const close = () => {
    setClosed(true)
    props.onClose?.()
  }
  createGlance(() => (props.passing && !closed() ? props.status.title : undefined), close)
  return (
    <Show when={!closed()}>
      <section class={css.notice} data-tone={props.status.tone}>
        <div class={css.words} role={props.role}>
          <p class={css.title}>
            <StatusDot tone={props.status.tone} />
            <span>
              <Sentence text={props.status.title} />
            </span>
          </p>
          <Show when={props.status.detail}>
            <p class={css.detail}>{props.status.detail}</p>
          </Show>
        </div>
        <Show when={props.closable}>
          <div class={css.close}>
            <IconButton icon="close" label={t.common.closeNotice()} onClick={close} />
          </div>
        </Show>
        {props.children}
      </section>
    </Show>
  )
}
