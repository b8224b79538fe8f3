import { onCleanup } from "solid-js"

/** Whether a key pressed there is meant for a field. */
const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Single keys that do something anywhere on the page but in a field, by their lower-case letter. */
export const createShortcuts = (keys: Readonly<Record<string, () => void>>): void => {
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return
    if (isField(event.target) || document.querySelector("dialog[open]") !== null) return
    keys[event.key.toLowerCase()]?.()
  }
  document.addEventListener("keydown", press)
  onCleanup(() => document.removeEventListener("keydown", press))
}
