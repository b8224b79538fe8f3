import { For } from "solid-js"
import { languages, pickLanguage } from "../words/languages.js"
import { language, t } from "../words/t.js"
import css from "./LanguagePicker.module.css"

/** Picks the language of the page, now and for later visits. */
export const LanguagePicker = (props: { readonly wide?: boolean }) => (
  <select
    class={css.picker}
    data-wide={props.wide ? "" : undefined}
    aria-label={t.common.language()}
    onChange={(event) => pickLanguage(event.currentTarget.value)}
  >
    <For each={languages}>
      {({ label, value }) => (
        <option value={value} lang={value} selected={value === language()}>
          {label}
        </option>
      )}
    </For>
  </select>
)
