import * as Schema from "effect/Schema"
import { text } from "./fields.js"

/**
 * Unicode's control and format characters and separators of lines and paragraphs (Cc, Cf, Zl, Zp): they are invisible,
 * reverse the text around a name, or make two names look the same. The two joiners are kept: Persian, the scripts of
 * India and many emoji need them.
 */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * More than six combining marks (Unicode's Mn, Me) on one letter: a stack of marks covers the lines and pictures above
 * it. No script needs more than six. Joiners between marks do not restart the count. The pattern begins at a mark,
 * because beginning at a joiner would take quadratic time for a long text of joiners.
 */
const stackedMarks = /([\p{Mn}\p{Me}](?:[\u200c\u200d]*[\p{Mn}\p{Me}]){5})(?:[\u200c\u200d]*[\p{Mn}\p{Me}])+/gu

/**
 * Nothing but spaces, characters that no font draws, and a few that are drawn empty: Braille's blank, U+16FE4, U+1D159.
 */
const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]*$/u

/**
 * Returns a name trimmed, without invisible characters and marks beyond six; empty if nothing visible is left. Pages
 * clean names by the same rules (client/rtc/cleanName.ts): change both, a test compares them.
 */
const cleanName = (name: string) => {
  const cleaned = name.replace(invisible, "").replace(stackedMarks, "$1").trim()
  return blank.test(cleaned) ? "" : cleaned
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
  { strict: true, decode: cleanName, encode: (name) => name }
)
export type PeerName = typeof PeerName.Type
