/** Unicode's marks around text with a direction of its own: FSI and PDI (UAX #9). */
const start = "\u2068"
const end = "\u2069"

/** A name for a sentence: whatever its script, it does not reorder the words around it. */
export const isolated = (name: string): string => `${start}${name}${end}`

/** The text without the marks, for screen readers. */
export const unmarked = (text: string): string => text.replaceAll(start, "").replaceAll(end, "")

/** The text without its soft hyphens: they are for narrow captions, and not for screen readers. */
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
