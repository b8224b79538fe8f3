import type { JSX } from "solid-js"
import { render } from "solid-js/web"
import { startLanguage } from "../i18n/languages.js"

/** Shows a page in the reader's language. */
export const mount = async (page: () => JSX.Element): Promise<void> => {
  const root = document.getElementById("page")
  await startLanguage()
  // What the page's file says until its scripts are here.
  document.querySelector(".unloaded")?.remove()
  if (root !== null) render(page, root)
}
