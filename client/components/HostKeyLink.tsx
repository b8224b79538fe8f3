import { createSignal } from "solid-js"
import { host } from "../pages/words/host.js"
import { Button } from "./Button.js"
import css from "./HostKeyLink.module.css"

/** Copies the address that carries the host key. The key is never shown: a page may be on a shared screen. */
export const HostKeyLink = (props: { readonly read: () => string }) => {
  const [said, setSaid] = createSignal<string>(host.hostHint)
  const failed = () => setSaid(host.hostCopyFailed)
  const copy = () => {
    // Undefined on a page that is not secure, whatever the DOM types say.
    const clipboard: Clipboard | undefined = navigator.clipboard
    if (clipboard === undefined) failed()
    else void clipboard.writeText(props.read()).then(() => setSaid(host.hostCopied), failed)
  }
  return (
    <details class={css.more}>
      <summary>{host.more}</summary>
      <div class={css.body}>
        <Button onClick={copy}>{host.copyHost}</Button>
        <p aria-live="polite">{said()}</p>
      </div>
    </details>
  )
}
