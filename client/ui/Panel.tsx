import { createUniqueId, type JSX, onCleanup, onMount } from "solid-js"
import { unhyphenated } from "../i18n/isolated.js"
import { t } from "../i18n/t.js"
import { Icon } from "./Icon.js"
import css from "./Panel.module.css"

/**
 * A panel beside the stage; on a phone a sheet from below. It takes the focus, or gives it to its element with
 * `data-first`, and hands it back when it closes. On touch screens it takes the focus itself, because a focused field
 * would open a keyboard over the text.
 */
export const Panel = (props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: JSX.Element
}) => {
  const id = createUniqueId()
  const focusedBefore = document.activeElement
  let panel: HTMLElement | undefined
  onMount(() => {
    const first = matchMedia("(pointer: coarse)").matches ? null : panel?.querySelector("[data-first]")
    if (first instanceof HTMLElement) first.focus()
    else panel?.focus()
  })
  onCleanup(() => {
    // The focus stays where the person has moved it meanwhile.
    const within = document.activeElement === document.body || panel?.contains(document.activeElement)
    if (within && focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus()
  })
  return (
    <section
      ref={(element) => {
        panel = element
      }}
      class={css.panel}
      data-panel=""
      tabindex="-1"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return
        event.preventDefault()
        props.onClose()
      }}
    >
      <header class={css.head}>
        <h2 id={id}>{unhyphenated(props.title)}</h2>
        <button class={css.close} type="button" aria-label={t.common.close()} onClick={() => props.onClose()}>
          <Icon name="close" />
        </button>
      </header>
      <div class={css.body}>{props.children}</div>
    </section>
  )
}
