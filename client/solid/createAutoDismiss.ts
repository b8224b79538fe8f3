import { type Accessor, createEffect, onCleanup } from "solid-js"

/** How long a transient message is shown, in milliseconds. */
const shownMs = 10_000

/** Calls `dismiss` once `message` has been the same for 10 seconds. Undefined: there is nothing to dismiss. */
export const createAutoDismiss = (message: Accessor<string | undefined>, dismiss: () => void): void => {
  createEffect(() => {
    if (message() === undefined) return
    const timer = setTimeout(dismiss, shownMs)
    onCleanup(() => clearTimeout(timer))
  })
}
