import { createEffect } from "solid-js"
import type { StatusText } from "../i18n/StatusText.js"
import { t } from "../i18n/t.js"
import { Brand } from "./Brand.js"
import css from "./DeadEnd.module.css"

/** Shown in place of a page that cannot be shown: the reason, and a link to the start page. */
export const DeadEnd = (props: { readonly status: StatusText }) => {
  createEffect(() => {
    document.title = `${props.status.title} · ${t.common.product()}`
  })
  return (
    <>
      <Brand />
      <main class={css.dead}>
        <h1>{props.status.title}</h1>
        <p>{props.status.detail}</p>
        <a href="/">{t.common.toStart()}</a>
      </main>
    </>
  )
}
