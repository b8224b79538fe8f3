import * as Schema from "effect/Schema"
import { text } from "./fields.js"

/**
 * Characters that are invisible or turn the direction of the text after them: Unicode's control and format characters,
 * line and paragraph separators. The two joiners are kept: Persian, the scripts of India and many emoji need them.
 */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Combining marks (Unicode's Mn, Me) beyond six on one letter, which would cover the lines and pictures above. No
 * script has so many. Joiners between marks do not restart the count. The pattern begins at a mark, because beginning
 * at a joiner would take quadratic time for a long text of joiners.
 */
const towers = /([\p{Mn}\p{Me}](?:[\u200c\u200d]*[\p{Mn}\p{Me}]){5})(?:[\u200c\u200d]*[\p{Mn}\p{Me}])+/gu

/** Only spaces, characters that no font draws, and a few that are drawn empty: Braille's blank, U+16FE4, U+1D159. */
const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]*$/u

/** Trims a name, removes invisible characters and surplus marks. Keep client/rtc/cleanName.ts the same. */
const legible = (name: string) => {
  const seen = name.replace(unseen, "").replace(towers, "$1").trim()
  return blank.test(seen) ? "" : seen
}

/** How a peer wants to be called: 1 to 64 characters after invisible ones were removed. */
export const PeerName = Schema.transform(
  Schema.String.annotations({
    identifier: "PeerName",
    description:
      "How a peer wants to be called: 1 to 64 characters of well-formed Unicode. Control and format characters (Cc, Cf, Zl, Zp) other than the joiners U+200C and U+200D are removed, and so are spaces at the ends and marks (Mn, Me) beyond six on one letter. The length counts what is left, which must have something visible in it.",
    examples: ["Ada"]
  }),
  text(1, 64).pipe(Schema.brand("PeerName")),
  { strict: true, decode: legible, encode: (name) => name }
)
export type PeerName = typeof PeerName.Type
