import * as Data from "effect/Data"

/** No peer holds this token: the session was reset, or the peer left. Join again. */
export class PeerUnknown extends Data.TaggedError("PeerUnknown")<{ readonly message: string }> {}

/** The recipient is not there. */
export class RecipientUnknown extends Data.TaggedError("RecipientUnknown")<{ readonly message: string }> {}

/** The service said no, and repeating it at once changes nothing. `reason` is the service's own `_tag`. */
export class RequestRefused extends Data.TaggedError("RequestRefused")<{
  readonly reason: string
  readonly message: string
  /** The claim under which the room is held, where the refusal says it: that of a locked room does. */
  readonly claim?: string | null
}> {}

/** What fails for good. */
export type LastingFailure = PeerUnknown | RecipientUnknown | RequestRefused

/** Nothing came of the request this time: worth a repeat. */
export class Transient extends Data.TaggedError("Transient")<{
  /** False where the service answered that it is busy; true where nothing of it could be reached. */
  readonly offline: boolean
  /** `Retry-After`, in milliseconds: not before. */
  readonly retryAfter: number | null
  readonly message: string
}> {}
