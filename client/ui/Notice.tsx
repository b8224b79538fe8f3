import { createEffect, createSignal, type JSX, on, Show } from "solid-js"
import type { Saying } from "../i18n/StatusText.js"
import { t } from "../i18n/t.js"
import { IconButton } from "./IconButton.js"
import css from "./Notice.module.css"
import { Words } from "./Sentence.js"
import { Mark } from "./StatusDot.js"

/** What happened and what to do, with the button that does it. One that was closed comes back with other words. */
export const Notice = (props: {
  readonly saying: Saying
  /** `status`: the page's own state, said politely when it changes. `alert`: something that went wrong. */
  readonly role?: "status" | "alert"
  /** Whether a person may put it away. */
  readonly closable?: boolean
  /** Told when it is put away. */
  readonly onClose?: () => void
  readonly children?: JSX.Element
}) => {
  const [closed, setClosed] = createSignal(false)
  createEffect(
    on(
      () => props.saying.title,
      () => void setClosed(false)
    )
  )
  const close = () => {
    setClosed(true)
    props.onClose?.()
  }
  return (
    <Show when={!closed()}>
      <section class={css.notice} data-tone={props.saying.tone}>
        <div class={css.words} role={props.role}>
          <p class={css.title}>
            <Mark tone={props.saying.tone} />
            <span>
              <Words text={props.saying.title} />
            </span>
          </p>
          <Show when={props.saying.detail}>
            <p class={css.detail}>{props.saying.detail}</p>
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
