/** The most characters of a name, as JavaScript counts them. */
export const longestName = 64

/**
 * Control and format characters and separators of lines (Unicode's Cc, Cf, Zl, Zp): they reverse the text around a
 * name, or make two names look the same. The two joiners are letters of some languages.
 */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * More than six marks on one letter (Unicode's Mn, Me): a tower of them covers the lines and pictures above it. No
 * script has that many; joiners between them change nothing. The pattern begins at a mark: if it began at a joiner, a
 * long text of nothing but joiners would take quadratic time.
 */
const towers = /([\p{Mn}\p{Me}](?:[\u200c\u200d]*[\p{Mn}\p{Me}]){5})(?:[\u200c\u200d]*[\p{Mn}\p{Me}])+/gu

/**
 * Nothing but spaces, characters that no font draws, and a few that are drawn as nothing: Braille's blank, U+16FE4,
 * U+1D159.
 */
const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]*$/u

/**
 * Returns a name trimmed, without invisible characters and towers of marks; empty if nothing visible is left. The
 * service stores names by the same rules (api/contract/PeerName.ts, which pages do not import): change both, a test
 * compares them.
 */
export const cleanName = (name: string): string => {
  const seen = name.replace(unseen, "").replace(towers, "$1").trim()
  return blank.test(seen) ? "" : seen
}
