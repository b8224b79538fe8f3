import type { en } from "./en/en.js"
import type { hostEn } from "./en/hostEn.js"

/** Every sentence that a person reads. A language is one value of this shape. */
export type Words = typeof en & typeof hostEn
