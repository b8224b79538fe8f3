import * as Schema from "effect/Schema"
import { text } from "./fields.js"

/**
 * What has no look of its own, or turns the writing around what follows: Unicode's control and format characters, line
 * and paragraph separators. Not the two joiners: Persian and the scripts of India need them, and many emoji.
 */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Marks on one letter (Unicode's Mn, Me) beyond six: a letter with a tower of them stands over the lines and pictures above
 * it. No script has so many; joiners between them change nothing. It begins at a mark: begun at a joiner, a long text of
 * joiners alone would take the square of its length.
 */
const towers = /([\p{Mn}\p{Me}](?:[\u200c\u200d]*[\p{Mn}\p{Me}]){5})(?:[\u200c\u200d]*[\p{Mn}\p{Me}])+/gu

/** Nothing but spaces, characters that no font draws, and a few that are drawn as nothing: Braille's blank, U+16FE4, U+1D159. */
const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]*$/u

/** Trims a name and takes out invisible characters and towers of marks. The pages have the same rules: change client/rtc/cleanName.ts too. */
const legible = (name: string) => {
  const seen = name.replace(unseen, "").replace(towers, "$1").trim()
  return blank.test(seen) ? "" : seen
}

/** How a peer wants to be called: 1 to 64 characters after what cannot be seen was taken out. */
export const PeerName = Schema.transform(
  Schema.String.annotations({
    identifier: "PeerName",
    description:
      "How a peer wants to be called: 1 to 64 characters of well-formed Unicode. Control and format characters (Cc, Cf, Zl, Zp) other than the joiners U+200C and U+200D are taken out, and so are spaces at the ends and marks on one letter (Mn, Me) beyond six; what is left counts, and has something in it that can be seen.",
    examples: ["Ada"]
  }),
  text(1, 64).pipe(Schema.brand("PeerName")),
  { strict: true, decode: legible, encode: (name) => name }
)
export type PeerName = typeof PeerName.Type
