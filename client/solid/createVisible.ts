import { type Accessor, createSignal, onCleanup } from "solid-js"

/** Whether the page's tab is the one that is looked at. */
export const createVisible = (): Accessor<boolean> => {
  const [visible, setVisible] = createSignal(!document.hidden)
  const update = () => setVisible(!document.hidden)
  document.addEventListener("visibilitychange", update)
  onCleanup(() => document.removeEventListener("visibilitychange", update))
  return visible
}
