import { type Accessor, createSignal, onCleanup } from "solid-js"

/** Whether the page fills the screen. */
export interface FullScreen {
  /** Whether this browser lets a page fill the screen: telephones of Apple do not. */
  readonly supported: boolean
  readonly on: Accessor<boolean>
  /** In the handler of a press. */
  readonly toggle: () => void
}

/** The whole page over the whole screen: what it says, asks and offers stays there. */
export const createFullScreen = (): FullScreen => {
  const [on, setOn] = createSignal(document.fullscreenElement !== null)
  const update = () => setOn(document.fullscreenElement !== null)
  document.addEventListener("fullscreenchange", update)
  onCleanup(() => {
    document.removeEventListener("fullscreenchange", update)
    if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined)
  })
  return {
    supported: document.fullscreenEnabled,
    on,
    toggle: () => {
      const done = on() ? document.exitFullscreen() : document.documentElement.requestFullscreen()
      // A browser that refuses leaves the page as it is.
      void done.catch(() => undefined)
    }
  }
}
