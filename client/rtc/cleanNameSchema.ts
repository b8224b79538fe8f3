import * as Schema from "effect/Schema"
import { cleanName, longestName } from "./cleanName.js"

const Clean = Schema.String.pipe(
  Schema.minLength(1),
  Schema.maxLength(longestName),
  Schema.filter((name) => name === cleanName(name))
)

/**
 * A peer's name as another page sends it: cleaned when it is read, and as long as the service allows. Apart from
 * `cleanName.ts`, which pages read before the calls, and with them Schema, are loaded.
 */
export const Name = Schema.transform(Schema.String, Clean, { strict: true, decode: cleanName, encode: (name) => name })
