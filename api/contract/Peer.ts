import * as Schema from "effect/Schema"
import { optional } from "./fields.js"
import { ClaimId, PeerId } from "./Ids.js"
import { PeerName } from "./PeerName.js"

export const Role = Schema.Literal("host", "guest").annotations({
  identifier: "Role",
  description: "The host answers; guests offer."
})
export type Role = typeof Role.Type

/** One participant in one session, as the others see it. */
export const Peer = Schema.Struct({
  id: PeerId,
  role: Role,
  name: PeerName,
  claim: optional(
    ClaimId.annotations({
      description:
        "Only for a host: the claim under which it holds the room. Call a host without asking the user again only if you have called one under the same claim before."
    })
  ),
  waiting: optional(
    Schema.Literal(true).annotations({
      description: "True for a guest that waits to be let in: it may poll, send `away`, and leave."
    })
  )
}).annotations({
  identifier: "Peer",
  description: "One participant in one session, as the others see it."
})
export type Peer = typeof Peer.Type
