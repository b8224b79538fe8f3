import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js"

/**
 * What a signal has been for so many milliseconds without a change. `atOnce`: whether a change is not to be waited for.
 */
export const createSettled = <A>(
  source: Accessor<A>,
  milliseconds: number,
  atOnce: (before: A, now: A) => boolean = () => false
): Accessor<A> => {
  const [settled, setSettled] = createSignal(source())
  createEffect(
    on(
      source,
      (now) => {
        if (atOnce(settled(), now)) return void setSettled(() => now)
        const timer = setTimeout(() => setSettled(() => now), milliseconds)
        onCleanup(() => clearTimeout(timer))
      },
      { defer: true }
    )
  )
  return settled
}
