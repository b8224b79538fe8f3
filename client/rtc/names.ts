import * as Schema from "effect/Schema"

/**
 * Control and format characters and separators of lines (Unicode's Cc, Cf, Zl, Zp): they turn the text around a name
 * about, or make two names look the same. The two joiners are letters of some languages.
 */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A name without what nobody sees, trimmed: as the service keeps it. */
export const cleanName = (name: string): string => name.replace(unseen, "").trim()

const Clean = Schema.String.pipe(
  Schema.filter((name) => name === cleanName(name)),
  Schema.minLength(1),
  Schema.maxLength(64)
)

/** A peer's name as another page says it: cleaned when it is read, and as long as the service allows. */
export const Name = Schema.transform(Schema.String, Clean, { strict: true, decode: cleanName, encode: (name) => name })
