import * as Schema from "effect/Schema"
import { PeerId } from "./Ids.js"
import { text } from "./Text.js"

export const Role = Schema.Literal("host", "guest").annotations({
  identifier: "Role",
  description: "The host answers; guests offer."
})
export type Role = typeof Role.Type

/** How a peer wants to be called: 1 to 64 characters after trimming. */
export const PeerName = Schema.transform(
  Schema.String.annotations({
    identifier: "PeerName",
    description: "How a peer wants to be called: 1 to 64 characters after trimming, well-formed Unicode without NUL.",
    examples: ["Ada"]
  }),
  text(1, 64).pipe(Schema.brand("PeerName")),
  { strict: true, decode: (name) => name.trim(), encode: (name) => name }
)
export type PeerName = typeof PeerName.Type

/** One participant in one session, as the others see it. */
export const Peer = Schema.Struct({
  id: PeerId,
  role: Role,
  name: PeerName,
  waiting: Schema.optionalWith(
    Schema.Literal(true).annotations({
      description: "True for a guest that waits to be let in: it may poll and leave, and nothing else."
    }),
    { exact: true }
  )
}).annotations({
  identifier: "Peer",
  description: "One participant in one session, as the others see it."
})
export type Peer = typeof Peer.Type
