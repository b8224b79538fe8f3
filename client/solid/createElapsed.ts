import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js"

/** Whole seconds since a time in milliseconds since 1970, as 1:02:03. Empty while there is none. */
export const createElapsed = (since: Accessor<number | undefined>): Accessor<string> => {
  const [now, setNow] = createSignal(Date.now())
  createEffect(() => {
    if (since() === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    onCleanup(() => clearInterval(timer))
  })
  return () => {
    const begun = since()
    if (begun === undefined) return ""
    const seconds = Math.max(0, Math.floor((now() - begun) / 1000))
    const two = (value: number) => String(value % 60).padStart(2, "0")
    const hours = Math.floor(seconds / 3600)
    const minutes = Math.floor(seconds / 60)
    return hours === 0 ? `${minutes}:${two(seconds)}` : `${hours}:${two(minutes)}:${two(seconds)}`
  }
}
