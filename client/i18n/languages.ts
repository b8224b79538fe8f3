import { browserMemory } from "../browser/memory.js"
import { language, speak, speakEnglish } from "./t.js"
import type { Words } from "./Words.js"

/** English is there from the start. */
const loaders: Readonly<Record<string, () => Promise<Words>>> = {
  de: () => import("./de/de.js").then(({ de }) => de)
}

/** The languages of the pages, each by its own name. */
export const languages = [
  { value: "en", label: "English", lang: "en" },
  { value: "de", label: "Deutsch", lang: "de" }
] as const

const supported = (tag: string): string | undefined => {
  const [primary = ""] = tag.toLowerCase().split("-")
  return primary === "en" || primary in loaders ? primary : undefined
}

/** The language that was picked here before, else the first of the browser's languages that the pages have. */
const preferred = (): string => {
  const remembered = supported(browserMemory.get("language") ?? "")
  return remembered ?? navigator.languages.map(supported).find((tag) => tag !== undefined) ?? "en"
}

const show = async (tag: string): Promise<void> => {
  if (tag === "en") speakEnglish()
  else if (tag !== language()) {
    const words = await loaders[tag]?.().catch(() => undefined)
    // If a language cannot be loaded, the page stays in the one that is shown.
    if (words === undefined) return
    speak(tag, words)
  }
  document.documentElement.lang = tag
}

/** Shows the page in the language that this person reads. */
export const startLanguage = (): Promise<void> => show(preferred())

/** Shows the page in this language, now and at every later visit. */
export const pickLanguage = (tag: string): void => {
  browserMemory.set("language", tag)
  void show(tag)
}
