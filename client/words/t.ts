import { chainedTranslator, flatten, translator } from "@solid-primitives/i18n"
import { createSignal } from "solid-js"
import { en } from "./en/en.js"
import type { Words } from "./Words.js"

const [words, setWords] = createSignal({ language: "en", flat: flatten(en) })

/** Everything that a person reads, in the language shown now: `t.guest.leave()`. To be read where signals are followed. */
export const t = chainedTranslator(
  en,
  translator(() => words().flat)
)

/** The BCP 47 tag of the language shown now. */
export const language = (): string => words().language

/** Shows every sentence in this language from now on. */
export const speak = (language: string, dictionary: Words): void => {
  setWords({ language, flat: flatten(dictionary) })
}
