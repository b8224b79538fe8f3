import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { Api } from "./contract/Api.js"

/** What a schema says of a value ends with the value itself, which may be a secret, an SDP or 64 kB. */
const withoutValue = (message: string) => {
  const end = message.indexOf(", actual ")
  return end === -1 ? message : message.slice(0, end)
}

const sentence = (path: ReadonlyArray<PropertyKey>, message: string) =>
  path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`

/** Names the fields that do not decode, and repeats nothing of what was sent. */
export const DecodeErrors = HttpApiBuilder.middleware(Api, (app) =>
  Effect.catchAllCause(app, (cause) => {
    const error = Cause.squash(cause)
    if (!(error instanceof HttpApiDecodeError)) return Effect.failCause(cause)
    const issues = error.issues.map((issue) => ({ ...issue, message: withoutValue(issue.message) }))
    const message = issues.map((issue) => sentence(issue.path, issue.message)).join("; ")
    return Effect.fail(new HttpApiDecodeError({ issues, message: `The request does not decode. ${message}` }))
  })
)
