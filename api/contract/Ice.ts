import * as Schema from "effect/Schema"
import { optional, text } from "./fields.js"

const maybe = <A, I>(schema: Schema.Schema<A, I>) => optional(Schema.NullOr(schema))

/** RTCIceCandidateInit (WebRTC 1.0, section 4.8.1): a browser's candidate as `toJSON` returns it, nulls included. */
export const IceCandidate = Schema.Struct({
  candidate: optional(text(0, 1024)),
  sdpMid: maybe(text(0, 64)),
  sdpMLineIndex: maybe(Schema.Int.pipe(Schema.between(0, 65_535))),
  usernameFragment: maybe(text(0, 256))
}).annotations({
  identifier: "IceCandidate",
  description:
    "RTCIceCandidateInit, as a browser's `RTCIceCandidate.toJSON()` returns it; `candidate` has at most 1,024 characters.",
  examples: [
    {
      candidate: "candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host",
      sdpMid: "0",
      sdpMLineIndex: 0,
      usernameFragment: "Yx3k"
    }
  ]
})
export type IceCandidate = typeof IceCandidate.Type

/** RTCIceServer (WebRTC 1.0, section 4.2.4). */
export const IceServer = Schema.Struct({
  urls: Schema.Union(Schema.String, Schema.Array(Schema.String)),
  username: optional(Schema.String),
  credential: optional(Schema.String)
}).annotations({ identifier: "IceServer", description: "RTCIceServer: give it to RTCPeerConnection as it is." })
export type IceServer = typeof IceServer.Type

/** The answer to `POST /turn-credentials`. */
export const IceConfiguration = Schema.Struct({
  iceServers: Schema.Array(IceServer),
  expiresAt: Schema.NullOr(
    Schema.String.annotations({
      description:
        "Ask again before this time (ISO 8601): the credentials expire then, or a relay that was not given out now may be available. Null if nothing expires."
    })
  ),
  relay: Schema.Boolean.annotations({
    description:
      "False if no TURN server is configured or reachable, if there is nobody to call, or if too many credentials were given out: a call that needs a relay will fail."
  }),
  policy: Schema.Literal("all", "relay").annotations({
    description:
      "RTCIceTransportPolicy. With `relay`, media goes only through the relay, and no peer learns another's address."
  })
}).annotations({
  identifier: "IceConfiguration",
  description: "The ICE servers for a call.",
  examples: [
    {
      iceServers: [
        { urls: ["stun:stun.example.com:3478"] },
        { urls: ["turn:turn.example.com:3478?transport=udp"], username: "1767225600:Qk3v", credential: "c2VjcmV0" }
      ],
      expiresAt: "2026-01-01T00:00:00.000Z",
      relay: true,
      policy: "all"
    }
  ]
})
export type IceConfiguration = typeof IceConfiguration.Type
