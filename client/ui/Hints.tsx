import { createSignal, onCleanup, onMount, Show } from "solid-js"
import css from "./Hints.module.css"

/** How long a mouse or a finger rests on a button before its hint is shown, in milliseconds. */
const hintDelay = { mouse: 400, touch: 500 } as const

const hinted = (target: EventTarget | null) => (target instanceof Element ? target.closest("[data-hint]") : null)

/**
 * Shows the name of a button without a visible one (`data-hint`) while a mouse or a finger rests on it, or it has the
 * keyboard's focus. One for the whole page, in the top layer, because a button's surroundings may cut it off. It
 * repeats the button's accessible name, so it is hidden from screen readers. Escape closes it.
 */
export const Hints = () => {
  const [text, setText] = createSignal<string>()
  let element: HTMLElement | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  /** A finger's long press has opened the hint, and is still down. */
  let held = false

  const hide = () => {
    clearTimeout(resting)
    setText(undefined)
    if (element?.matches(":popover-open")) element.hidePopover()
  }
  const show = (button: Element) => {
    const words = button.getAttribute("data-hint")
    // Browsers without popovers are few, and every button still has its accessible name.
    if (element === undefined || words === null || !("showPopover" in element)) return
    setText(words)
    element.showPopover()
    const at = button.getBoundingClientRect()
    const { height, width } = element.getBoundingClientRect()
    const above = at.top - height
    const left = at.left + (at.width - width) / 2
    element.style.top = `${above < 0 ? at.bottom : above}px`
    element.style.left = `${Math.max(0, Math.min(left, document.documentElement.clientWidth - width))}px`
  }

  onMount(() => {
    const listening = new AbortController()
    const listen = <K extends keyof DocumentEventMap>(type: K, handle: (event: DocumentEventMap[K]) => void) =>
      document.addEventListener(type, handle, { capture: true, signal: listening.signal })
    listen("pointerover", ({ pointerType, target }) => {
      if (pointerType !== "mouse" || (target instanceof Node && element?.contains(target))) return
      const button = hinted(target)
      hide()
      if (button !== null) resting = setTimeout(show, hintDelay.mouse, button)
    })
    listen("focusin", ({ target }) => {
      const button = hinted(target)
      hide()
      // In the next task: a menu that closes moves the focus back meanwhile, and no popover may open then.
      if (button?.matches(":focus-visible")) resting = setTimeout(show, 0, button)
    })
    listen("focusout", hide)
    listen("scroll", hide)
    listen("keydown", hide)
    listen("pointerdown", ({ pointerType, target }) => {
      hide()
      held = false
      const button = hinted(target)
      if (pointerType === "mouse" || button === null) return
      resting = setTimeout(() => {
        held = true
        show(button)
      }, hintDelay.touch)
    })
    listen("pointerup", () => clearTimeout(resting))
    listen("pointercancel", () => clearTimeout(resting))
    // A long press that opened the hint does not press the button.
    listen("click", (event) => {
      if (!held) return
      held = false
      event.preventDefault()
      event.stopPropagation()
    })
    listen("contextmenu", (event) => {
      if (held) event.preventDefault()
    })
    onCleanup(() => listening.abort())
  })
  onCleanup(() => clearTimeout(resting))

  return (
    <div
      ref={(made) => {
        element = made
      }}
      class={css.hint}
      popover="manual"
      data-hints=""
      aria-hidden="true"
    >
      <Show when={text()}>{(words) => <span class={css.words}>{words()}</span>}</Show>
    </div>
  )
}
