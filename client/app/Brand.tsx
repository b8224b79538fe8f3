import { type JSX, Show } from "solid-js"
import { t } from "../i18n/t.js"
import css from "./Brand.module.css"
import { LanguagePicker } from "./LanguagePicker.js"

const Mark = () => (
  <>
    <img src="/logo.svg" alt="" width="30" height="30" />
    <span>{t.common.product()}</span>
  </>
)

/** The header of every page: the link to the start page, and what the page adds beside it. */
export const Brand = (props: {
  /** In the room of a call: no link leads out of it by mistake, and the language is picked in the settings. */
  readonly small?: boolean
  readonly children?: JSX.Element
}) => (
  <header class={css.head} data-small={props.small ? "" : undefined}>
    <Show
      when={props.small}
      fallback={
        <a class={css.brand} href="/">
          <Mark />
        </a>
      }
    >
      <span class={css.brand}>
        <Mark />
      </span>
    </Show>
    {props.children}
    <Show when={!props.small}>
      <LanguagePicker />
    </Show>
  </header>
)
