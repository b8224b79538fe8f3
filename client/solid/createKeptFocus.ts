import { type Accessor, createComputed, createEffect, on } from "solid-js"

/**
 * Gives the focus back to what had it before `order` changed: an element that is moved in the document loses it. Left
 * alone is what has gone from the document, and whatever else has the focus by then.
 */
export const createKeptFocus = (order: Accessor<unknown>): void => {
  let held: Element | null = null
  // The document follows a change after all computations, and before any effect.
  createComputed(on(order, () => (held = document.activeElement), { defer: true }))
  createEffect(
    on(
      order,
      () => {
        if (held instanceof HTMLElement && held.isConnected && document.activeElement === document.body) {
          held.focus({ preventScroll: true })
        }
      },
      { defer: true }
    )
  )
}
