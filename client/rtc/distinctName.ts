import { numberOf } from "../media/nameText.js"
import { longestName } from "./cleanName.js"

/** Characters that no font draws, and a few that are drawn as nothing, as in `cleanName`. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]/gu

/**
 * Folds names that look the same, or nearly so, to one text: case, spaces, width and invisible characters do not count.
 * Letters of two scripts that look alike stay different.
 */
const folded = (name: string) =>
  name.normalize("NFKC").replace(unseen, "").toUpperCase().toLowerCase().normalize("NFKC").replace(/\s+/g, " ").trim()

/** `Ada (2)`. The end of the name is cut if there is no room for it. */
const numbered = (name: string, number: string): string => {
  const signs = [...name]
  while (signs.join("").length + number.length > longestName) signs.pop()
  return signs.join("").trimEnd() + number
}

/**
 * The name by which a person is told from these others: their own, or, if it is taken, the first of `Ada (2)`,
 * `Ada (3)`, … that is free. `previous`: what the same person was called, which is kept if it still fits.
 */
export const distinctName = (name: string, others: ReadonlyArray<string>, previous = name): string => {
  const taken = new Set(others.map(folded))
  const isFree = (called: string) => !taken.has(folded(called))
  if (isFree(previous) && numbered(name, numberOf(previous)) === previous) return previous
  if (isFree(name)) return name
  let number = 2
  while (!isFree(numbered(name, ` (${number})`))) number++
  return numbered(name, ` (${number})`)
}
