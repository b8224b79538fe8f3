import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { Api } from "./contract/Api.js"

/** A schema's message ends with the value, which may be a secret, an SDP or 64 kB. */
const withoutValue = (message: string) => {
  const end = message.indexOf(", actual ")
  return end === -1 ? message : message.slice(0, end)
}

const sentence = (path: ReadonlyArray<PropertyKey>, message: string) =>
  path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`

/** Names the fields that do not decode, without repeating what was sent. */
export const DecodeErrors = HttpApiBuilder.middleware(Api, (app) =>
  Effect.catchAllCause(app, (cause) => {
    const error = Cause.squash(cause)
    if (!(error instanceof HttpApiDecodeError)) return Effect.failCause(cause)
    const all = error.issues.map((issue) => ({ ...issue, message: withoutValue(issue.message) }))
    // A join is decoded both as a host's and as a guest's: one of them reports `role`, even if another field is wrong.
    const fields = all.filter((issue) => issue.path.join(".") !== "role")
    const issues = fields.length === 0 ? all : fields
    const message = issues.map((issue) => sentence(issue.path, issue.message)).join("; ")
    return Effect.fail(new HttpApiDecodeError({ issues, message: `The request does not decode. ${message}` }))
  })
)
