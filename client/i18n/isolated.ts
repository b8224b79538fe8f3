/** Unicode's marks around a text whose direction is its own: FSI and PDI. */
const start = "\u2068"
const end = "\u2069"

/** A name for a sentence: it does not turn the words around it about, whatever script it is in. */
export const isolated = (name: string): string => `${start}${name}${end}`

/** The text without the marks, for ears. */
export const unmarked = (text: string): string => text.replaceAll(start, "").replaceAll(end, "")

/** The text without its soft hyphens: where a long word may break is for a narrow caption alone, and not for ears. */
export const unhyphenated = (text: string): string => text.replaceAll("\u00AD", "")

/** The text in pieces: those that were isolated, and those around them. */
export const partsOf = (text: string): ReadonlyArray<{ readonly text: string; readonly isolated: boolean }> =>
  text
    .split(start)
    .flatMap((part, index) => {
      const [inside = "", ...after] = index === 0 ? ["", part] : part.split(end)
      return [
        { text: inside, isolated: true },
        { text: after.join(""), isolated: false }
      ]
    })
    .filter(({ text }) => text !== "")
