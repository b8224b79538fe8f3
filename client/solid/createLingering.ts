import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js"

/** Whether it is so, or was so within the last `milliseconds`. */
export const createLingering = (is: Accessor<boolean>, milliseconds: number): Accessor<boolean> => {
  const now = createMemo(is)
  const [lingers, setLingers] = createSignal(false)
  createEffect(() => {
    if (now()) return void setLingers(true)
    const timer = setTimeout(() => setLingers(false), milliseconds)
    onCleanup(() => clearTimeout(timer))
  })
  return createMemo(() => now() || lingers())
}
