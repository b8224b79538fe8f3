import { onCleanup } from "solid-js"

interface PageHide {
  /** The page closes, is reloaded, or goes into the back-forward cache. */
  readonly hidden: () => void
  /** It is back from that cache, as it was. */
  readonly back?: () => void
}

/** Calls `hidden` when the page goes away, and `back` if it returns from the back-forward cache. */
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
