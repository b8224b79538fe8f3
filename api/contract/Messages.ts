import * as Schema from "effect/Schema"
import { candidateFields, descriptionFields } from "./Descriptions.js"
import { optional } from "./fields.js"
import { ConnectionId, Cursor, MessageId, PeerId, SessionId } from "./Ids.js"
import { Peer } from "./Peer.js"

const envelope = { id: MessageId, from: PeerId.annotations({ description: "The sender, written by the service." }) }

const Joined = Schema.Struct({ ...envelope, type: Schema.Literal("joined"), peer: Peer }).annotations({
  identifier: "JoinedMessage",
  description: "To the host: a guest joined, or joined again."
})

const Left = Schema.Struct({ ...envelope, type: Schema.Literal("left") }).annotations({
  identifier: "LeftMessage",
  description:
    "The sender left: a guest to the host, the host to every guest. The host also receives it for a guest that was not seen for `PEER_TTL`, and for those that it refused with `refuse`."
})

const Away = Schema.Struct({ ...envelope, type: Schema.Literal("away") }).annotations({
  identifier: "AwayMessage",
  description: "To the host: the guest's page closes. The guest keeps its place; `joined` follows when it is back."
})

const HostJoined = Schema.Struct({ ...envelope, type: Schema.Literal("host-joined"), peer: Peer }).annotations({
  identifier: "HostJoinedMessage",
  description: "To a guest: the host resumed the session. Offer again."
})

const Admitted = Schema.Struct({ ...envelope, type: Schema.Literal("admitted"), host: Peer }).annotations({
  identifier: "AdmittedMessage",
  description: "To a guest that waited: the host has let it in. Offer."
})

const Offer = Schema.Struct({
  ...envelope,
  type: Schema.Literal("offer"),
  ...descriptionFields
}).annotations({
  identifier: "OfferMessage",
  description: "An SDP offer from the other side, possibly with its first candidates."
})

const Answer = Schema.Struct({
  ...envelope,
  type: Schema.Literal("answer"),
  ...descriptionFields
}).annotations({
  identifier: "AnswerMessage",
  description: "The SDP answer to the offer of the same connection, possibly with its first candidates."
})

const Candidate = Schema.Struct({
  ...envelope,
  type: Schema.Literal("candidate"),
  ...candidateFields
}).annotations({ identifier: "CandidateMessage", description: "ICE candidates of the sender for one connection." })

/** A message in an inbox: a flat object whose fields depend on `type`. */
export const Message = Schema.Union(Joined, Left, Away, HostJoined, Admitted, Offer, Answer, Candidate).annotations({
  identifier: "Message",
  description: "A message in an inbox. Its fields depend on `type`."
})
export type Message = typeof Message.Type

/** A whole number from 0 to `maximum` in a query string; `schema` is what it is decoded to. */
const integer = <A extends number>(
  schema: Schema.Schema<A, number>,
  name: string,
  description: string,
  maximum: number
) =>
  Schema.transform(
    Schema.String.annotations({
      identifier: name,
      description,
      jsonSchema: { type: "integer", minimum: 0, maximum }
    }).pipe(
      Schema.pattern(/^\d{1,16}$/, {
        message: () => `Give a whole number from 0 to ${maximum}`,
        jsonSchema: {}
      })
    ),
    schema,
    { strict: true, decode: Number, encode: String }
  )

/** The query of a poll. */
export const Poll = Schema.Struct({
  after: optional(
    integer(
      Cursor,
      "After",
      "The cursor to read after. If omitted, from the start of the inbox.",
      Number.MAX_SAFE_INTEGER
    )
  ),
  wait: optional(
    integer(
      Schema.Int.pipe(Schema.between(0, 25, { message: () => "Give a whole number from 0 to 25" })),
      "Wait",
      "Seconds that the answer may be held while there is no message after the cursor, 0 to 25. If omitted, 0.",
      25
    )
  )
})
export type Poll = typeof Poll.Type

/** The most messages that one poll returns. */
export const messagesPerPoll = 100

export const Messages = Schema.Struct({
  messages: Schema.Array(Message).annotations({ description: "Oldest first, at most 100." }),
  cursor: Cursor.annotations({
    description: "The last message's id, or `after` if there is none. Poll from it next."
  }),
  session: SessionId
}).annotations({
  identifier: "Messages",
  description: "The caller's inbox after the cursor.",
  examples: [
    {
      messages: [
        {
          id: MessageId.make(1_767_225_600_000_000),
          from: PeerId.make("p_Zk41bc"),
          type: "answer",
          connection: ConnectionId.make("c1"),
          sdp: "v=0\r\n…"
        }
      ],
      cursor: Cursor.make(1_767_225_600_000_000),
      session: SessionId.make("s_5Hd0Pq")
    }
  ]
})
export type Messages = typeof Messages.Type
