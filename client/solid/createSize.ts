import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js"

/** The size of an element's content in pixels, kept fresh. */
export const createSize = (element: Accessor<HTMLElement | undefined>) => {
  const [size, setSize] = createSignal({ width: 0, height: 0 })
  createEffect(() => {
    const watched = element()
    if (watched === undefined) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(watched)
    onCleanup(() => observer.disconnect())
  })
  return size
}
