/** What two peers exchange to connect: the fields that a request shares with the message that it becomes. */
import * as Schema from "effect/Schema"
import { optional, text } from "./fields.js"
import { IceCandidate } from "./Ice.js"
import { ConnectionId } from "./Ids.js"

/** A session description: opaque to the service. */
const Sdp = text(1, 60_000).annotations({
  identifier: "Sdp",
  description: "A session description (RFC 8866), 1 to 60,000 characters. Opaque to the service."
})

const candidates = Schema.Array(Schema.NullOr(IceCandidate)).pipe(Schema.maxItems(64))

/** A session description, with the candidates that are known so far. */
export const descriptionFields = {
  connection: ConnectionId,
  sdp: Sdp,
  candidates: optional(
    candidates.annotations({ description: "The sender's ICE candidates known so far; others may follow." })
  )
}

/** A batch of candidates, and whether it is the last. */
export const candidateFields = {
  connection: ConnectionId,
  candidates,
  complete: optional(
    Schema.Boolean.annotations({ description: "True once gathering is complete: no candidate follows." })
  )
}
