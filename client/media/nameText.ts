/** Firefox has it since 125. */
const segmenter = Intl.Segmenter === undefined ? undefined : new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** What a reader takes for one sign each: an accent or a skin tone stays with what it belongs to. */
const graphemes = (text: string): ReadonlyArray<string> =>
  segmenter === undefined ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment)

/** The first letter of a name, in place of a picture. */
export const initialOf = (name: string): string => graphemes(name.trim())[0]?.toLocaleUpperCase() ?? ""

/** Hebrew, Arabic and their neighbours in Unicode: the blocks that are written from right to left. */
const rightToLeft = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** The direction in which a name is written: that of its first letter, as in HTML's `dir="auto"`. */
export const directionOf = (name: string): "ltr" | "rtl" =>
  rightToLeft.test(/\p{L}/u.exec(name)?.[0] ?? "") ? "rtl" : "ltr"

/**
 * What tells a name from another's that is the same: the ` (2)` at its end, of three digits at most. Empty where it has
 * none. It is never cut, so a longer one, which somebody has typed, is part of the name.
 */
export const numberOf = (name: string): string => / \([1-9]\d{0,2}\)$/.exec(name)?.[0] ?? ""

/**
 * The name, or as much of its beginning as is no wider than `width`, with an ellipsis and its number. Nothing, where not
 * one sign is.
 */
export const shortened = (name: string, width: number, widthOf: (text: string) => number): string => {
  if (widthOf(name) <= width) return name
  const number = numberOf(name)
  const signs = graphemes(name.slice(0, name.length - number.length))
  const cut = (count: number) => `${signs.slice(0, count).join("").trimEnd()}…${number}`
  let [fits, tooMany] = [0, signs.length]
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2)
    if (widthOf(cut(middle)) <= width) fits = middle
    else tooMany = middle
  }
  return fits === 0 ? "" : cut(fits)
}
