import { createSignal, createUniqueId } from "solid-js"
import { t } from "../../i18n/t.js"
import { createAutoDismiss } from "../../solid/createAutoDismiss.js"
import { Button } from "../../ui/Button.js"
import css from "./CopyLink.module.css"

/** A link to send, and the button that copies it. If the browser forbids copying, the link is selected instead. */
export const CopyLink = (props: { readonly link: string }) => {
  const id = createUniqueId()
  const [result, setResult] = createSignal<"copied" | "copyFailed">()
  createAutoDismiss(result, () => setResult(undefined))
  const copy = (field: HTMLElement | null) =>
    navigator.clipboard?.writeText(props.link).then(
      () => setResult("copied"),
      () => select(field)
    ) ?? select(field)
  const select = (field: HTMLElement | null) => {
    if (field instanceof HTMLInputElement) {
      // Not every browser focuses what it selects, and the keys that copy go to the focus.
      field.focus()
      field.select()
    }
    setResult("copyFailed")
  }
  return (
    <div class={css.copy}>
      <label class={css.label} for={id}>
        {t.host.invite()}
      </label>
      <div class={css.row}>
        <input
          id={id}
          class={css.link}
          readonly
          value={props.link}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="main" onClick={() => void copy(document.getElementById(id))}>
          {t.host.copy()}
        </Button>
      </div>
      <p class={css.hint} id={`${id}-hint`} aria-live="polite">
        {t.host[result() ?? "inviteHint"]()}
      </p>
    </div>
  )
}
