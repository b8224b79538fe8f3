import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as Schema from "effect/Schema"
import { ClaimId } from "./Ids.js"

/** Every error on the wire: what happened, and what to do. */
const fields = {
  message: Schema.String.annotations({ description: "What happened, and what to do." })
}

/** No peer holds this token. */
export class PeerUnknown extends Schema.TaggedError<PeerUnknown>("PeerUnknown")("PeerUnknown", fields, {
  ...HttpApiSchema.annotations({ status: 401 }),
  description: "No peer holds this token: the session was reset, or the peer left. Join again."
}) {
  static readonly default = new PeerUnknown({
    message: "No peer holds this token: the session was reset, or this peer left. Join again."
  })
}

export class HostPasswordWrong extends Schema.TaggedError<HostPasswordWrong>("HostPasswordWrong")(
  "HostPasswordWrong",
  fields,
  {
    ...HttpApiSchema.annotations({ status: 403 }),
    description: "This deployment asks hosts for a password, and it is missing or wrong."
  }
) {}

export class NotAllowed extends Schema.TaggedError<NotAllowed>("NotAllowed")("NotAllowed", fields, {
  ...HttpApiSchema.annotations({ status: 403 }),
  description: "A host's request from a guest, a message from a waiting guest, or a token of another room or role."
}) {}

export class RoomLocked extends Schema.TaggedError<RoomLocked>("RoomLocked")(
  "RoomLocked",
  {
    ...fields,
    claim: Schema.NullOr(ClaimId).annotations({
      description:
        "The claim under which the room is held. A client that retries by itself, without its user asking for it, may call only a host of this claim."
    })
  },
  { ...HttpApiSchema.annotations({ status: 403 }), description: "The host has locked the room: nobody new may join." }
) {}

export class Removed extends Schema.TaggedError<Removed>("Removed")("Removed", fields, {
  ...HttpApiSchema.annotations({ status: 403 }),
  description: "The host has removed the guest with this token from the session."
}) {}

export class RecipientUnknown extends Schema.TaggedError<RecipientUnknown>("RecipientUnknown")(
  "RecipientUnknown",
  fields,
  {
    ...HttpApiSchema.annotations({ status: 404 }),
    description:
      "`to` or `peer` is not on the other side of the caller's session: a guest writes to its host, a host to its guests."
  }
) {}

export class RouteNotFound extends Schema.TaggedError<RouteNotFound>("RouteNotFound")("RouteNotFound", fields, {
  ...HttpApiSchema.annotations({ status: 404 }),
  description: "There is nothing at this path."
}) {}

export class MethodNotAllowed extends Schema.TaggedError<MethodNotAllowed>("MethodNotAllowed")(
  "MethodNotAllowed",
  fields,
  { ...HttpApiSchema.annotations({ status: 405 }), description: "This path does not support this method." }
) {}

/** The caller was a guest of a session that is over. */
export class SessionEnded extends Schema.TaggedError<SessionEnded>("SessionEnded")("SessionEnded", fields, {
  ...HttpApiSchema.annotations({ status: 410 }),
  description:
    "The session of this guest's token has ended. The token is no longer valid, whoever holds the room now: make a new token when the user asks to join again."
}) {
  static readonly default = new SessionEnded({
    message:
      "The session that you were a guest of has ended. To come in again, join with a new token, and only when your user asks for it."
  })
}

/** The room has a host, and the caller does not hold its key. */
export class RoomTaken extends Schema.TaggedError<RoomTaken>("RoomTaken")("RoomTaken", fields, {
  ...HttpApiSchema.annotations({ status: 409 }),
  description: "The room has a host, and the caller does not hold its key."
}) {}

export class RoomFull extends Schema.TaggedError<RoomFull>("RoomFull")("RoomFull", fields, {
  ...HttpApiSchema.annotations({ status: 409 }),
  description:
    "The room has as many guests, or as many waiting guests, as the deployment allows. In answer to a host's `admit` or `room`: the room has no place for the guests to let in, and nothing has changed."
}) {}

export class BodyTooLarge extends Schema.TaggedError<BodyTooLarge>("BodyTooLarge")("BodyTooLarge", fields, {
  ...HttpApiSchema.annotations({ status: 413 }),
  description: "The body is larger than 65,536 bytes, or comes in more than 8,192 pieces."
}) {}

export class UnsupportedMediaType extends Schema.TaggedError<UnsupportedMediaType>("UnsupportedMediaType")(
  "UnsupportedMediaType",
  fields,
  { ...HttpApiSchema.annotations({ status: 415 }), description: "The body is not `application/json`." }
) {}

export class TooManyRequests extends Schema.TaggedError<TooManyRequests>("TooManyRequests")("TooManyRequests", fields, {
  ...HttpApiSchema.annotations({ status: 429 }),
  description:
    "Too many requests from this peer, from this peer to one other peer, from this address, or for relay credentials. Wait for `Retry-After` seconds, at most 10."
}) {}

export class InboxFull extends Schema.TaggedError<InboxFull>("InboxFull")("InboxFull", fields, {
  ...HttpApiSchema.annotations({ status: 429 }),
  description:
    "Too many messages of the caller in this inbox are unread or were sent within the last 2 minutes. The default limit is 256 messages of up to 4 kB; larger messages count for more, messages of other senders do not count. Wait for `Retry-After` seconds."
}) {}

export class StorageUnavailable extends Schema.TaggedError<StorageUnavailable>("StorageUnavailable")(
  "StorageUnavailable",
  fields,
  {
    ...HttpApiSchema.annotations({ status: 503 }),
    description: "The database cannot be reached. Wait for `Retry-After` seconds, and repeat the request as it was."
  }
) {}

/** The answer to a fault of the service itself. Its cause is logged, never sent. */
export class InternalError extends Schema.TaggedError<InternalError>("InternalError")("InternalError", fields, {
  ...HttpApiSchema.annotations({ status: 500 }),
  description: "A fault of the service, which no request should be able to cause."
}) {}
