import * as Schema from "effect/Schema"
import { candidateFields, descriptionFields } from "./Descriptions.js"
import { exampleGuest, exampleHost, exampleKey, exampleRoom, exampleToken } from "./examples.js"
import { optional, text } from "./fields.js"
import { ClaimId, ConnectionId, HostKey, PeerId, PeerToken, RoomId } from "./Ids.js"
import type { Role } from "./Peer.js"
import { PeerName } from "./PeerName.js"

/**
 * The role of a join. With a plain literal, the decoder of the union would choose its member by `role` too, and report
 * a missing role for a wrong request of another `type`. The filter, which accepts everything, hides the literal from
 * the decoder, so that only `type` decides.
 */
const role = <R extends Role>(of: R) => Schema.Literal(of).pipe(Schema.filter(() => true, { jsonSchema: {} }))

const JoinHost = Schema.Struct({
  type: Schema.Literal("join"),
  role: role("host"),
  token: PeerToken,
  hostKey: HostKey,
  room: optional(RoomId),
  name: optional(PeerName),
  hostPassword: optional(
    text(1, 1024).annotations({ description: "The deployment's `HOST_PASSWORD`, if it sets one." })
  ),
  resume: optional(
    Schema.Boolean.annotations({
      description:
        "True keeps the session that the room's host key already holds: its guests, their places and the host's inbox. Without `resume` the join starts a fresh session."
    })
  )
}).annotations({
  identifier: "JoinHost",
  description:
    "Claims the room with the host key and starts a fresh session: all of the room's peers and messages are deleted in one atomic step. A repeat with the same token and key resets nothing.",
  examples: [{ type: "join", role: "host", token: exampleToken, hostKey: exampleKey, room: exampleRoom }]
})
export type JoinHost = typeof JoinHost.Type

const JoinOffer = Schema.Struct({
  ...descriptionFields,
  claim: optional(
    ClaimId.annotations({
      description:
        "Delivers the offer only to the host of this claim. If omitted, the offer is delivered to the room's host, whoever that is. A page that joins again by itself, without its user asking for it, names here the claim that it called before."
    })
  )
}).annotations({
  identifier: "JoinOffer",
  description:
    "The guest's SDP offer. If there is a host and the guest need not wait, the offer follows `joined` in the host's inbox, and the response's `offered` is its id. A repeat with the same `connection` within 2 minutes is not delivered again: its response has the same `offered`, and a `cursor` below that id, so that the guest can still read the host's answer."
})
export type JoinOffer = typeof JoinOffer.Type

const JoinGuest = Schema.Struct({
  type: Schema.Literal("join"),
  role: role("guest"),
  token: PeerToken,
  room: optional(RoomId),
  name: optional(PeerName),
  offer: optional(JoinOffer)
}).annotations({
  identifier: "JoinGuest",
  description:
    "Enters a room as a guest, before the host or after. A join whose token the room knows is the same peer again: same id, inbox kept. It may bring the guest's offer along.",
  examples: [{ type: "join", role: "guest", token: exampleToken, room: exampleRoom, name: exampleGuest.name }]
})
export type JoinGuest = typeof JoinGuest.Type

const Offer = Schema.Struct({ type: Schema.Literal("offer"), to: PeerId, ...descriptionFields }).annotations({
  identifier: "Offer",
  description: "An SDP offer for one peer.",
  examples: [{ type: "offer", to: exampleHost.id, connection: ConnectionId.make("c1"), sdp: "v=0\r\n…" }]
})

const Answer = Schema.Struct({ type: Schema.Literal("answer"), to: PeerId, ...descriptionFields }).annotations({
  identifier: "Answer",
  description: "The SDP answer to the offer of the same connection."
})

const Candidate = Schema.Struct({
  type: Schema.Literal("candidate"),
  to: PeerId,
  ...candidateFields
})
  .pipe(
    Schema.filter((request) =>
      request.candidates.length > 0 || request.complete === true
        ? undefined
        : { path: ["candidates"], message: "Give at least one candidate, or `complete: true`." }
    )
  )
  .annotations({
    identifier: "Candidate",
    description: "A batch of 0 to 64 ICE candidates (RFC 8838, trickle ICE). With none, `complete` must be true."
  })

const Leave = Schema.Struct({
  type: Schema.Literal("leave"),
  end: optional(
    Schema.Boolean.annotations({
      description:
        "True, only from the host: ends the session for all and frees the room, so that the next host may claim it with any key. The guests' tokens answer `SessionEnded` from then on. Without `end` the room stays claimed."
    })
  )
}).annotations({
  identifier: "Leave",
  description: "Leaves the session. The peer's token becomes invalid, and the peers on the other side receive `left`.",
  examples: [{ type: "leave" }]
})

const Away = Schema.Struct({ type: Schema.Literal("away") }).annotations({
  identifier: "Away",
  description:
    "From a guest: its page closes, and its place is to be kept. The host receives `away`; nothing else changes. A join with the same token takes the place again.",
  examples: [{ type: "away" }]
})

const Admit = Schema.Struct({ type: Schema.Literal("admit"), peer: PeerId }).annotations({
  identifier: "Admit",
  description:
    "From the host: lets in a waiting guest, who receives `admitted`. Changes nothing for a guest that is in. `RoomFull` if there is no place.",
  examples: [{ type: "admit", peer: exampleGuest.id }]
})

const Remove = Schema.Struct({ type: Schema.Literal("remove"), peer: PeerId }).annotations({
  identifier: "Remove",
  description:
    "From the host: removes a guest, or refuses one that waits or has just left. The guest's place, inbox and token are gone, and so are the guest's messages to the host. A join with the same token answers `Removed` until the session ends or starts afresh.",
  examples: [{ type: "remove", peer: exampleGuest.id }]
})

const Refuse = Schema.Struct({ type: Schema.Literal("refuse") }).annotations({
  identifier: "Refuse",
  description:
    "From the host: refuses all waiting guests, as `remove` does one. The host receives `left` for each. Changes nothing for guests that are in.",
  examples: [{ type: "refuse" }]
})

/** The request `room`, not the room itself: sets who may come in. */
const Room = Schema.Struct({
  type: Schema.Literal("room"),
  waitingRoom: optional(
    Schema.Boolean.annotations({
      description:
        "True makes guests that join from now on wait to be let in. False lets in all guests that wait; if the room has no place for all of them, the answer is `RoomFull` and nothing changes."
    })
  ),
  locked: optional(
    Schema.Boolean.annotations({ description: "True lets in only guests that the session knows already." })
  )
})
  .pipe(
    Schema.filter(({ locked, waitingRoom }) =>
      waitingRoom === undefined && locked === undefined
        ? { path: ["waitingRoom"], message: "Give `waitingRoom`, `locked` or both." }
        : undefined
    )
  )
  .annotations({
    identifier: "Room",
    description:
      "From the host: who may come in. An omitted field stays as it is. Both fields last for as long as the same host key holds the room; a fresh session unlocks it.",
    examples: [{ type: "room", waitingRoom: true }]
  })

/** The host's requests that let guests in, keep them out or remove them. */
export type Moderating = typeof Admit.Type | typeof Remove.Type | typeof Refuse.Type | typeof Room.Type

/** The requests that put a message into one other peer's inbox. */
export type Addressed = typeof Offer.Type | typeof Answer.Type | typeof Candidate.Type

export const SignalingRequest = Schema.Union(
  JoinHost,
  JoinGuest,
  Offer,
  Answer,
  Candidate,
  Away,
  Leave,
  Admit,
  Remove,
  Refuse,
  Room
).annotations({
  identifier: "SignalingRequest",
  description:
    "The fields depend on `type`, and for `join` on `role`. A join has its token in the body; all others need `Authorization: Bearer`."
})
export type SignalingRequest = typeof SignalingRequest.Type
