/** Firefox has it since 125. */
const segmenter = Intl.Segmenter === undefined ? undefined : new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** The characters as a reader sees them: an accent or a skin tone stays with its letter or emoji. */
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
 * The number that tells a name from an equal one: the ` (2)` at its end, of three digits at most. Empty if it has none.
 * It is never cut, so a longer one, which somebody has typed, is part of the name.
 */
export const numberOf = (name: string): string => / \([1-9]\d{0,2}\)$/.exec(name)?.[0] ?? ""

/**
 * The name, or as much of its beginning as fits into `width`, with an ellipsis and its number. Empty if not one
 * character fits.
 */
export const shortened = (name: string, width: number, widthOf: (text: string) => number): string => {
  if (widthOf(name) <= width) return name
  const number = numberOf(name)
  const characters = graphemes(name.slice(0, name.length - number.length))
  const cut = (count: number) => `${characters.slice(0, count).join("").trimEnd()}…${number}`
  let [fits, tooMany] = [0, characters.length]
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2)
    if (widthOf(cut(middle)) <= width) fits = middle
    else tooMany = middle
  }
  return fits === 0 ? "" : cut(fits)
}
