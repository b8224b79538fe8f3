import * as Schema from "effect/Schema"

/** Text that JSON parsers and SQLite preserve: well-formed Unicode without NUL. Lengths are in UTF-16 code units. */
export const text = (minLength: number, maxLength: number) =>
  Schema.String.pipe(
    Schema.filter(
      (value) =>
        value.length >= minLength && value.length <= maxLength && value.isWellFormed() && !value.includes("\0"),
      {
        jsonSchema: { minLength, maxLength },
        message: () =>
          `Give ${minLength} to ${maxLength.toLocaleString("en")} characters of well-formed Unicode without NUL`
      }
    )
  )

/** A field that may be left out, and is never `undefined`. */
export const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })
