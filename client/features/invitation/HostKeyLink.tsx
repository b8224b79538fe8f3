import { createSignal } from "solid-js"
import { t } from "../../i18n/t.js"
import { createAutoDismiss } from "../../solid/createAutoDismiss.js"
import { Button } from "../../ui/Button.js"
import css from "./HostKeyLink.module.css"

/** Copies the address that carries the host key. The key is never shown: a page may be on a shared screen. */
export const HostKeyLink = (props: { readonly read: () => string }) => {
  const [result, setResult] = createSignal<"hostCopied" | "hostCopyFailed">()
  createAutoDismiss(result, () => setResult(undefined))
  const failed = () => setResult("hostCopyFailed")
  const copy = () => {
    // Undefined on a page that is not secure, whatever the DOM types say.
    const clipboard: Clipboard | undefined = navigator.clipboard
    if (clipboard === undefined) failed()
    else void clipboard.writeText(props.read()).then(() => setResult("hostCopied"), failed)
  }
  return (
    <details class={css.more}>
      <summary>{t.host.more()}</summary>
      <div class={css.body}>
        <Button onClick={copy}>{t.host.copyHost()}</Button>
        <p aria-live="polite">{t.host[result() ?? "hostHint"]()}</p>
      </div>
    </details>
  )
}
