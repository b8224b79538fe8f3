import { createEffect } from "solid-js"
import type { Saying } from "../i18n/StatusText.js"
import { t } from "../i18n/t.js"
import { Brand } from "./Brand.js"
import css from "./DeadEnd.module.css"

/** A page that cannot be what its address asks for: why, and the way to the start. */
export const DeadEnd = (props: { readonly saying: Saying }) => {
  createEffect(() => {
    document.title = `${props.saying.title} · ${t.common.product()}`
  })
  return (
    <>
      <Brand />
      <main class={css.dead}>
        <h1>{props.saying.title}</h1>
        <p>{props.saying.detail}</p>
        <a href="/">{t.common.toStart()}</a>
      </main>
    </>
  )
}
