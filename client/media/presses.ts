/** The events of a press that allow a page to play sound: which of them, depends on the browser. */
const presses = ["pointerdown", "pointerup", "keydown", "click"] as const

/**
 * Runs this in the handler of every press, wherever on the page and whoever else handles it. Returns how to stop that.
 */
export const onPress = (run: () => void): (() => void) => {
  for (const press of presses) window.addEventListener(press, run, true)
  return () => {
    for (const press of presses) window.removeEventListener(press, run, true)
  }
}
