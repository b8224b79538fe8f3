import * as Data from "effect/Data"

/** No peer holds this token: the session was reset, or the peer left. Join again. */
export class PeerUnknown extends Data.TaggedError("PeerUnknown")<{ readonly message: string }> {}

/** The recipient of a message is not in the session. */
export class RecipientUnknown extends Data.TaggedError("RecipientUnknown")<{ readonly message: string }> {}

/** The service refused the request, and a repeat changes nothing. `reason` is the service's own `_tag`. */
export class RequestRefused extends Data.TaggedError("RequestRefused")<{
  readonly reason: string
  readonly message: string
  /** The claim under which the room is held, if the refusal names it: that of a locked room does. */
  readonly claim?: string | null
}> {}

/** Failures that a repeat does not mend. */
export type LastingFailure = PeerUnknown | RecipientUnknown | RequestRefused

/** The request failed this time: worth a repeat. */
export class Transient extends Data.TaggedError("Transient")<{
  /** False: the service answered that it is asked too often. True: it timed out, failed, or could not be reached. */
  readonly offline: boolean
  /** `Retry-After` in milliseconds: do not repeat earlier. */
  readonly retryAfter: number | null
  readonly message: string
}> {}
