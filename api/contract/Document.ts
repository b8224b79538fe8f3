import * as OpenApi from "@effect/platform/OpenApi"
import type * as Context from "effect/Context"

type Json = { readonly [key: string]: unknown }

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

/** The members of a union, those of unions within it included. */
const members = (value: unknown): ReadonlyArray<unknown> =>
  isObject(value) && Array.isArray(value.anyOf) && Object.keys(value).length === 1
    ? value.anyOf.flatMap(members)
    : [value]

/** Titles such as `maxItems(64)` repeat the keyword beside them. */
const isFilterTitle = (key: string, field: unknown) =>
  key === "title" && typeof field === "string" && /\(.*\)$/.test(field)

/**
 * Changes the generated OpenAPI document to what holds on the wire: no object forbids further fields, since both sides
 * ignore those that they do not know, and a union of unions is one union.
 */
const asOnTheWire = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asOnTheWire)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, field]) => !(key === "additionalProperties" && field === false) && !isFilterTitle(key, field))
      .map(([key, field]) => [
        key,
        asOnTheWire(key === "anyOf" && Array.isArray(field) ? field.flatMap(members) : field)
      ])
  )
}

/** The OpenAPI document's own fields, and the change to it that comes last. */
export const document: Context.Context<never> = OpenApi.annotations({
  title: "CF Video Conference",
  version: "1",
  description:
    "Signaling for small video conferences: guests offer, the host answers, media goes from browser to browser. JSON in and out; an error is `{_tag, message}`. Unknown fields are ignored.",
  license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
  servers: [{ url: "/" }],
  transform: (spec) => ({ ...spec, ...Object(asOnTheWire(spec)) })
})
