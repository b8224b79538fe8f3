import * as Schema from "effect/Schema"
import { exampleGuest, exampleHost, exampleRoom } from "./examples.js"
import { optional } from "./fields.js"
import { ClaimId, Cursor, MessageId, RoomId, SessionId } from "./Ids.js"
import { Peer } from "./Peer.js"

/**
 * A guest is listed and its place counts for this long after it was last seen, in seconds. Connected guests poll every
 * 5 minutes.
 */
export const placeKeptSeconds = 390

export const JoinedAsHost = Schema.Struct({
  type: Schema.Literal("joined"),
  peer: Peer,
  room: RoomId,
  session: SessionId,
  cursor: Cursor,
  guests: Schema.Array(Peer).annotations({
    description: `The guests that were seen in the last ${placeKeptSeconds} seconds.`
  }),
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

/** Whether a room has a host now, has had one whose session ended, or neither. */
const Hosting = Schema.Literal("never", "claimed", "ended").annotations({
  identifier: "Hosting",
  description:
    "`never`: no host has claimed this room, or its last session ended so long ago that the service has forgotten it: 24 × `PEER_TTL`, by default 24 hours. `claimed`: a host holds the room, and may be away. `ended`: the room's last session ended, and no host has claimed the room since."
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
      "The message id that the host receives for the offer in the join. Null if the join had no offer, or if its offer was not delivered: then send an `offer` once the guest knows its host."
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
  description: "The request has succeeded, and what it changes is stored.",
  examples: [{ type: "accepted", id: MessageId.make(1_767_225_600_000_000) }]
})
export type Accepted = typeof Accepted.Type

export const SignalingResponse = Schema.Union(JoinedAsHost, JoinedAsGuest, Accepted).annotations({
  identifier: "SignalingResponse",
  description: "`joined` answers a join, `accepted` everything else."
})
export type SignalingResponse = typeof SignalingResponse.Type
