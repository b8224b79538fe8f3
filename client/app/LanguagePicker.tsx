import { For } from "solid-js"
import { languages, pickLanguage } from "../i18n/languages.js"
import { language, t } from "../i18n/t.js"
import css from "./LanguagePicker.module.css"

/** Picks the language of the page, now and for later visits: the small form, for a page's head. */
export const LanguagePicker = () => (
  <select
    class={css.picker}
    aria-label={t.common.language()}
    onChange={(event) => pickLanguage(event.currentTarget.value)}
  >
    <For each={languages}>
      {({ label, lang, value }) => (
        <option value={value} lang={lang} selected={value === language()}>
          {label}
        </option>
      )}
    </For>
  </select>
)
