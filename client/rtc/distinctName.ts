import { numberOf } from "../media/nameText.js"
import { longestName } from "./cleanName.js"

/** Characters that no font draws, and a few that are drawn as nothing, as in `cleanName`. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]/gu

/**
 * Names that look the same, or nearly so, are the same here: whatever their case, their spaces, their width, and what cannot
 * be seen in them. Letters of two scripts that look alike are two.
 */
const folded = (name: string) =>
  name.normalize("NFKC").replace(unseen, "").toUpperCase().toLowerCase().normalize("NFKC").replace(/\s+/g, " ").trim()

/** `Ada (2)`. As much of the name is left out as has no room. */
const numbered = (name: string, number: string): string => {
  const signs = [...name]
  while (signs.join("").length + number.length > longestName) signs.pop()
  return signs.join("").trimEnd() + number
}

/**
 * What somebody of this name is called beside these others: that, or where one of them is called so already `Ada (2)`,
 * `Ada (3)`, the first that is free. `before`: what the same person was called, which is kept.
 */
export const distinctName = (name: string, others: ReadonlyArray<string>, before = name): string => {
  const taken = new Set(others.map(folded))
  const isFree = (called: string) => !taken.has(folded(called))
  if (isFree(before) && numbered(name, numberOf(before)) === before) return before
  if (isFree(name)) return name
  let number = 2
  while (!isFree(numbered(name, ` (${number})`))) number++
  return numbered(name, ` (${number})`)
}
