import { type Accessor, createSignal, onCleanup } from "solid-js"
import { browserMemory } from "../../browser/memory.js"

/** A single key that works anywhere on the page except in elements that use keys themselves. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it; letters in lower case. */
  readonly key: string
  /** What it does, as shown in the list of keys. */
  readonly label: Accessor<string>
  readonly press: () => void
}

/** The single keys of a page, and the list of them. */
export interface Shortcuts {
  readonly list: Accessor<ReadonlyArray<Shortcut>>
  /** Whether single keys act: speech input and unsteady hands press them by mistake (WCAG 2.1.4). */
  readonly active: Accessor<boolean>
  readonly setActive: (active: boolean) => void
  /** Whether the list of keys is open. */
  readonly shown: Accessor<boolean>
  readonly show: () => void
  readonly hide: () => void
}

/** Elements that use keys themselves: fields, panels, dialogs, menus. */
const ownKeys = "input, textarea, select, [contenteditable], dialog, [popover], [role=menu], [data-panel]"

/** What is open above the page. A selector that a browser does not know would throw. */
const opened = CSS.supports("selector(:popover-open)")
  ? "dialog[open], :popover-open:not([data-hints])"
  : "dialog[open]"

const storeKey = "single-keys"

/**
 * Single keys of a page: `list` has those that do something now. `?` shows the list. Escape, which is no character,
 * always calls `onEscape`.
 */
export const createShortcuts = (list: Accessor<ReadonlyArray<Shortcut>>, onEscape: () => void): Shortcuts => {
  const [active, setActive] = createSignal(browserMemory.get(storeKey) !== "off")
  const [shown, setShown] = createSignal(false)
  const show = () => void setShown(true)
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return
    if (event.defaultPrevented || document.querySelector(opened) !== null) return
    if (event.target instanceof Element && event.target.closest(ownKeys) !== null) return
    if (event.key === "Escape") return onEscape()
    if (!active()) return
    const found = event.key === "?" ? show : list().find(({ key }) => key === event.key.toLowerCase())?.press
    if (found === undefined) return
    // Else the letter would be typed into a field that the press opens.
    event.preventDefault()
    found()
  }
  document.addEventListener("keydown", press)
  onCleanup(() => document.removeEventListener("keydown", press))
  return {
    list,
    active,
    setActive: (wanted) => {
      setActive(wanted)
      if (wanted) browserMemory.remove(storeKey)
      else browserMemory.set(storeKey, "off")
    },
    shown,
    show,
    hide: () => void setShown(false)
  }
}
