import { type Accessor, createEffect, onCleanup } from "solid-js"

/** How long a passing event is told, in milliseconds. */
const glance = 10_000

/** Calls `over` once the same news has been told for a glance. Undefined: nothing is told that passes. */
export const createGlance = (news: Accessor<string | undefined>, over: () => void): void => {
  createEffect(() => {
    if (news() === undefined) return
    const timer = setTimeout(over, glance)
    onCleanup(() => clearTimeout(timer))
  })
}
