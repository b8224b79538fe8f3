import { onCleanup } from "solid-js"

interface PageHide {
  /** The page closes, is reloaded, or goes into the back-forward cache. */
  readonly hidden: () => void
  /** It is back from that cache, as it was. */
  readonly back?: () => void
}

/** Hears the last moment of a page, and that it was none. */
export const createPageHide = ({ back, hidden }: PageHide): void => {
  const shown = ({ persisted }: PageTransitionEvent) => {
    if (persisted) back?.()
  }
  window.addEventListener("pagehide", hidden)
  window.addEventListener("pageshow", shown)
  onCleanup(() => {
    window.removeEventListener("pagehide", hidden)
    window.removeEventListener("pageshow", shown)
  })
}
