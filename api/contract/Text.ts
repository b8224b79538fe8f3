import * as Schema from "effect/Schema"

/** Text that every JSON reader and SQLite keep as it is: well-formed Unicode without NUL. Lengths as JavaScript counts. */
export const text = (minLength: number, maxLength: number) =>
  Schema.String.pipe(
    Schema.minLength(minLength),
    Schema.maxLength(maxLength),
    Schema.filter((value) => (value.isWellFormed() && !value.includes("\0")) || "well-formed Unicode without NUL", {
      jsonSchema: {}
    })
  )
