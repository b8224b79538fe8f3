import * as Schema from "effect/Schema"

/** An id: 1 to 64 letters, digits, `-` and `_`. */
const id = <Name extends string>(name: Name, description: string) =>
  Schema.String.pipe(
    Schema.pattern(/^[A-Za-z0-9_-]{1,64}$/),
    Schema.brand(name),
    Schema.annotations({ identifier: name, message: () => "Give 1 to 64 of A-Z a-z 0-9 _ -", description })
  )

/** A secret: 32 random bytes as base64url without padding. */
const secret = <Name extends string>(name: Name, description: string) =>
  Schema.String.pipe(
    Schema.pattern(/^[A-Za-z0-9_-]{43}$/),
    Schema.brand(name),
    Schema.annotations({
      identifier: name,
      message: () => "Give 32 random bytes as base64url: 43 characters of A-Z a-z 0-9 _ -",
      description: `${description} 32 random bytes as base64url (43 characters), made by the caller. The service keeps only their SHA-256.`
    })
  )

/** The name of a room, as it appears in links. */
export const RoomId = id("RoomId", "A room, as links name it: 1 to 64 of `A-Z a-z 0-9 _ -`.")
export type RoomId = typeof RoomId.Type

/** One run of a room, from a host's join that starts a fresh session until the next such join. */
export const SessionId = id("SessionId", "One run of a room. Every fresh session has a new one.")
export type SessionId = typeof SessionId.Type

/** One period in which a host key holds a room. Public. */
export const ClaimId = id(
  "ClaimId",
  "The claim under which a host holds its room. It stays the same for as long as the same host key holds the room; another key makes another claim. Not a secret."
)
export type ClaimId = typeof ClaimId.Type

/** One participant in one session. Public: it is what messages are addressed to. */
export const PeerId = id("PeerId", "A peer of a session, made by the service. Not a secret.")
export type PeerId = typeof PeerId.Type

/** One RTCPeerConnection's life, named by the guest that opened it. */
export const ConnectionId = id(
  "ConnectionId",
  "One RTCPeerConnection's life, named by the guest: 1 to 64 of `A-Z a-z 0-9 _ -`. The receiver drops messages of an older connection."
)
export type ConnectionId = typeof ConnectionId.Type

/** The secret of a peer, made by its page. */
export const PeerToken = secret("PeerToken", "A peer's secret, sent as `Authorization: Bearer` after the join.")
export type PeerToken = typeof PeerToken.Type

/** The secret that makes its holder the host of a room. */
export const HostKey = secret("HostKey", "The secret that makes its holder the host of a room.")
export type HostKey = typeof HostKey.Type

/**
 * The id of a message in an inbox: microseconds since 1970, but at least the inbox's last id + 1. The ids of one inbox
 * strictly increase, whatever the clocks do.
 */
export const MessageId = Schema.Int.pipe(
  Schema.between(1, Number.MAX_SAFE_INTEGER),
  Schema.brand("MessageId"),
  Schema.annotations({
    identifier: "MessageId",
    message: () => "Give a whole number from 1 to 2^53 - 1",
    description:
      "Strictly increases within an inbox. A hybrid timestamp: microseconds since 1970, but at least the inbox's last id + 1."
  })
)
export type MessageId = typeof MessageId.Type

/** The id of the last message that a peer has seen; 0 before the first. */
export const Cursor = Schema.Int.pipe(
  Schema.between(0, Number.MAX_SAFE_INTEGER),
  Schema.brand("Cursor"),
  Schema.annotations({
    identifier: "Cursor",
    message: () => "Give a whole number from 0 to 2^53 - 1",
    description: "The id of the last message seen; 0 before the first."
  })
)
export type Cursor = typeof Cursor.Type

/** Identifies a message, so that a repeated request delivers it once (draft-ietf-httpapi-idempotency-key-header). */
export const IdempotencyKey = Schema.String.pipe(
  Schema.pattern(/^[\x21-\x7e]{1,64}$/),
  Schema.brand("IdempotencyKey"),
  Schema.annotations({
    identifier: "IdempotencyKey",
    message: () => "Give 1 to 64 visible ASCII characters",
    description:
      "Made by the client for each message, 1 to 64 visible ASCII characters. For as long as the service keeps the message, at least 2 minutes, a repeat with the same key, sender and recipient is not delivered again, and its response has the id of the first."
  })
)
export type IdempotencyKey = typeof IdempotencyKey.Type
