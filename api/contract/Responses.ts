import * as Schema from "effect/Schema"
import { exampleGuest, exampleHost, exampleRoom } from "./examples.js"
import { optional } from "./fields.js"
import { ClaimId, Cursor, MessageId, RoomId, SessionId } from "./Ids.js"
import { Peer } from "./Peer.js"

export const JoinedAsHost = Schema.Struct({
  type: Schema.Literal("joined"),
  peer: Peer,
  room: RoomId,
  session: SessionId,
  cursor: Cursor,
  guests: Schema.Array(Peer).annotations({ description: "The guests that were seen in the last 390 seconds." }),
  waitingRoom: Schema.Boolean.annotations({ description: "Whether guests that join wait to be let in." }),
  locked: Schema.Boolean.annotations({ description: "Whether the room is locked: nobody new comes in." })
}).annotations({
  identifier: "JoinedAsHost",
  description: "The host's place in the session, and the guests that are there. Poll from `cursor`.",
  examples: [
    {
      type: "joined",
      peer: exampleHost,
      room: exampleRoom,
      session: SessionId.make("s_5Hd0Pq"),
      cursor: Cursor.make(0),
      guests: [],
      waitingRoom: false,
      locked: false
    }
  ]
})
export type JoinedAsHost = typeof JoinedAsHost.Type

/** Whether a room has a host now, has had one, or neither. */
const Hosting = Schema.Literal("never", "claimed", "ended").annotations({
  identifier: "Hosting",
  description:
    "`never`: no host has been in this room, or the last session ended more than 24 times `PEER_TTL` ago (a day by default). `claimed`: a host holds it, and may be away. `ended`: its last session ended, and no host has claimed it since."
})

export const JoinedAsGuest = Schema.Struct({
  type: Schema.Literal("joined"),
  peer: Peer,
  room: RoomId,
  session: SessionId,
  cursor: Cursor,
  host: Schema.NullOr(Peer),
  hosting: Hosting,
  claim: Schema.NullOr(ClaimId).annotations({
    description: "The claim under which the room is held, whether or not its host is there. Null while it is free."
  }),
  offered: Schema.NullOr(MessageId).annotations({
    description:
      "The message id of the offer that came with the join, as the host receives it. Null if the offer was not delivered: send it as soon as there is a host."
  })
}).annotations({
  identifier: "JoinedAsGuest",
  description:
    "The guest's place in the session. `host` is null while there is none, and while the guest waits to be let in. Poll from `cursor`.",
  examples: [
    {
      type: "joined",
      peer: exampleGuest,
      room: exampleRoom,
      session: SessionId.make("s_5Hd0Pq"),
      cursor: Cursor.make(0),
      host: exampleHost,
      hosting: "claimed",
      claim: exampleHost.claim ?? null,
      offered: null
    }
  ]
})
export type JoinedAsGuest = typeof JoinedAsGuest.Type

export const Accepted = Schema.Struct({
  type: Schema.Literal("accepted"),
  id: optional(
    MessageId.annotations({
      description: "The id that the recipient will see. Absent unless the request is an offer, an answer or candidates."
    })
  )
}).annotations({
  identifier: "Accepted",
  description: "The request was carried out, and its outcome is stored.",
  examples: [{ type: "accepted", id: MessageId.make(1_767_225_600_000_000) }]
})
export type Accepted = typeof Accepted.Type

export const SignalingResponse = Schema.Union(JoinedAsHost, JoinedAsGuest, Accepted).annotations({
  identifier: "SignalingResponse",
  description: "`joined` answers a join, `accepted` everything else."
})
export type SignalingResponse = typeof SignalingResponse.Type
