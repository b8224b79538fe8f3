import { createSignal, onCleanup, onMount, Show } from "solid-js"
import css from "./Hints.module.css"

/** How long a mouse or a finger rests on a button before a hint says what the button does: milliseconds. */
const rest = { mouse: 400, touch: 500 } as const

const hinted = (target: EventTarget | null) => (target instanceof Element ? target.closest("[data-hint]") : null)

/**
 * Shows the name of a button that has none to be seen (`data-hint`) while a mouse rests on it, the keyboard is at it, or
 * a finger rests on it. One for the whole page, above everything: where a button stands may be cut off. It says nothing
 * that the button's own name does not, so readers of the screen do without it. Escape takes it away.
 */
export const Hints = () => {
  const [text, setText] = createSignal<string>()
  let element: HTMLElement | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  /** A finger asked for the name, and is still down. */
  let held = false

  const hide = () => {
    clearTimeout(resting)
    setText(undefined)
    if (element?.matches(":popover-open")) element.hidePopover()
  }
  const show = (button: Element) => {
    const words = button.getAttribute("data-hint")
    // Browsers without popovers are few, and every button has its name all the same.
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
    const listen = <K extends keyof DocumentEventMap>(type: K, hear: (event: DocumentEventMap[K]) => void) =>
      document.addEventListener(type, hear, { capture: true, signal: listening.signal })
    listen("pointerover", ({ pointerType, target }) => {
      if (pointerType !== "mouse" || (target instanceof Node && element?.contains(target))) return
      const button = hinted(target)
      hide()
      if (button !== null) resting = setTimeout(show, rest.mouse, button)
    })
    listen("focusin", ({ target }) => {
      const button = hinted(target)
      hide()
      // A moment later: a menu that closes gives the focus back while it does so, and then nothing else may open.
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
      }, rest.touch)
    })
    listen("pointerup", () => clearTimeout(resting))
    listen("pointercancel", () => clearTimeout(resting))
    // A long press that asks what a button does does not press it.
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
