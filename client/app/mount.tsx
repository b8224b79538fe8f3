import type { JSX } from "solid-js"
import { render } from "solid-js/web"
import { startLanguage } from "../i18n/languages.js"

/** Shows a page in the reader's language. */
export const mount = async (page: () => JSX.Element): Promise<void> => {
  const root = document.getElementById("page")
  await startLanguage()
  // The HTML file's own message, for when the scripts do not load.
  document.querySelector(".unloaded")?.remove()
  if (root !== null) render(page, root)
}
