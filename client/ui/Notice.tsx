import { createEffect, createSignal, type JSX, on, Show } from "solid-js"
import type { StatusText } from "../i18n/StatusText.js"
import { t } from "../i18n/t.js"
import { createAutoDismiss } from "../solid/createAutoDismiss.js"
import { IconButton } from "./IconButton.js"
import css from "./Notice.module.css"
import { Sentence } from "./Sentence.js"
import { StatusDot } from "./StatusDot.js"

/** What happened and what to do, with the button that does it. One that was closed opens again when its title changes. */
export const Notice = (props: {
  readonly status: StatusText
  /** For screen readers. `status`: the page's own state, read out politely when it changes. `alert`: an error, read out at once. */
  readonly role?: "status" | "alert"
  /** Whether it has a button that closes it. */
  readonly closable?: boolean
  /** For an event that needs no answer: it closes by itself after 10 seconds. */
  readonly transient?: boolean
  /** Called when it is closed, by a person or by itself. */
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
  createAutoDismiss(() => (props.transient && !closed() ? props.status.title : undefined), close)
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
