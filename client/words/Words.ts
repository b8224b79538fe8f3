import type { en } from "./en/en.js"

/** Every sentence that a person reads. A language is one value of this shape. */
export type Words = typeof en
