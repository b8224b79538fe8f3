import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"

/** The sender leaves; `end`: the host ends the session for all. */
const Bye = Schema.Struct({ type: Schema.Literal("bye"), end: Schema.optionalWith(Schema.Boolean, { exact: true }) })

/** What peers say to each other on the control channel, as JSON texts. Add members here. */
export const ControlMessage = Schema.Union(Bye)
export type ControlMessage = typeof ControlMessage.Type

const decode = Schema.decodeUnknownEither(Schema.parseJson(ControlMessage))

/** A message as it travels. */
export const encodeControl = (message: ControlMessage): string => JSON.stringify(message)

/** Reads what another peer sent. Null for what is no message: another peer is never trusted. */
export const decodeControl = (text: string): Effect.Effect<ControlMessage | null> =>
  Either.match(decode(text), {
    onLeft: (error) => Effect.as(Effect.logDebug("A control message was dropped.", error.message), null),
    onRight: (message) => Effect.succeed(message)
  })
