import * as OpenApi from "@effect/platform/OpenApi"
import type * as Context from "effect/Context"

type Json = { readonly [key: string]: unknown }

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

/** The members of a union, including those of nested unions. */
const unionMembers = (value: unknown): ReadonlyArray<unknown> =>
  isObject(value) && Array.isArray(value.anyOf) && Object.keys(value).length === 1
    ? value.anyOf.flatMap(unionMembers)
    : [value]

/** Titles such as `maxItems(64)` repeat the keyword beside them. */
const isFilterTitle = (key: string, field: unknown) =>
  key === "title" && typeof field === "string" && /\(.*\)$/.test(field)

/**
 * Adapts the generated OpenAPI document to the wire format: no object forbids further fields, because both sides ignore
 * unknown ones, and nested unions become one union.
 */
const toWireFormat = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toWireFormat)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, field]) => !(key === "additionalProperties" && field === false) && !isFilterTitle(key, field))
      .map(([key, field]) => [
        key,
        toWireFormat(key === "anyOf" && Array.isArray(field) ? field.flatMap(unionMembers) : field)
      ])
  )
}

/** The top-level fields of the OpenAPI document, and the last change to it. */
export const document: Context.Context<never> = OpenApi.annotations({
  title: "CF Video Conference",
  version: "1",
  description:
    "Signaling for small video conferences: guests offer, the host answers, media goes from browser to browser. JSON in and out; an error is `{_tag, message}`. Unknown fields are ignored.",
  license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
  servers: [{ url: "/" }],
  transform: (spec) => ({ ...spec, ...Object(toWireFormat(spec)) })
})
