import { type Accessor, createSignal, onCleanup } from "solid-js"

/** Whether the page's tab is the one that is looked at. */
export const createVisible = (): Accessor<boolean> => {
  const [visible, setVisible] = createSignal(!document.hidden)
  const look = () => setVisible(!document.hidden)
  document.addEventListener("visibilitychange", look)
  onCleanup(() => document.removeEventListener("visibilitychange", look))
  return visible
}
