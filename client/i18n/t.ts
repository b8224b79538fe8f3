import { flatten, proxyTranslator, translator } from "@solid-primitives/i18n"
import { createSignal } from "solid-js"
import { en } from "./en/en.js"
import type { Words } from "./Words.js"

/** Sentences by their path: `guest.leave`. */
type Flat = ReturnType<typeof flatten<Words>>

const flatWords = (part: Partial<Words>): Partial<Flat> => Object(flatten(part))

/** What every page can say from the start, whatever can be loaded later. */
let english = flatWords(en)

const [words, setWords] = createSignal({ language: "en", flat: english })

/** Everything that a person reads, in the language shown now: `t.guest.leave()`. To be read where signals are followed. */
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

/** Brings along what one page alone says, before the page shows. */
export const addEnglish = (more: Partial<Words>): void => {
  english = { ...english, ...flatWords(more) }
  speakEnglish()
}
