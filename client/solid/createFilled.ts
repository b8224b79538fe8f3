import { type Accessor, createSignal, onCleanup } from "solid-js"

/** Whether one element fills the screen, or the window. */
export interface Filled {
  readonly on: Accessor<boolean>
  /** In the handler of a press. */
  readonly toggle: () => void
}

/** One element over the whole screen. Where no page may have that, as on iPhones, `on` is to have it fill the window. */
export const createFilled = (element: Accessor<HTMLElement | undefined>): Filled => {
  const [on, setOn] = createSignal(false)
  const hasScreen = () => document.fullscreenElement !== null && document.fullscreenElement === element()
  const look = () => setOn(hasScreen())
  const fill = async () => {
    const wanted = document.fullscreenEnabled ? element()?.requestFullscreen() : undefined
    // What refuses the screen leaves the window.
    await (wanted ?? Promise.reject()).catch(() => setOn(true))
  }
  document.addEventListener("fullscreenchange", look)
  onCleanup(() => document.removeEventListener("fullscreenchange", look))
  return {
    on,
    toggle: () => {
      if (hasScreen()) void document.exitFullscreen().catch(() => undefined)
      else if (on()) setOn(false)
      else void fill()
    }
  }
}
