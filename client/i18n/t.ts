import { flatten, proxyTranslator, translator } from "@solid-primitives/i18n"
import { createSignal } from "solid-js"
import { en } from "./en/en.js"
import type { Words } from "./Words.js"

/** Sentences by their path: `guest.leave`. */
type Flat = ReturnType<typeof flatten<Words>>

const flatWords = (part: Partial<Words>): Partial<Flat> => Object(flatten(part))

/** English, which every page has from the start. */
let english = flatWords(en)

const [words, setWords] = createSignal({ language: "en", flat: english })

/** Everything that a person reads, in the language shown now: `t.guest.leave()`. Read it in a tracking scope. */
export const t = proxyTranslator<Words, string>(translator((): Flat => Object(words().flat)))

/** The BCP 47 tag of the language shown now. */
export const language = (): string => words().language

/** Shows every sentence in this language from now on. */
export const speak = (language: string, dictionary: Words): void => {
  setWords({ language, flat: flatWords(dictionary) })
}

/** Shows every sentence in English from now on. */
export const speakEnglish = (): void => {
  setWords({ language: "en", flat: english })
}

/** Adds sentences that only one page has, before the page is shown. */
export const addEnglish = (more: Partial<Words>): void => {
  english = { ...english, ...flatWords(more) }
  speakEnglish()
}
