import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { PeerUnknown, RecipientUnknown, RequestRefused, Transient } from "./SignalingErrors.js"
import { retryAfterFloor } from "./timings.js"

/** What openapi-fetch gives for a request that was answered. */
interface Answered<A> {
  readonly data?: A
  readonly error?: unknown
  readonly response: Response
}

const field = (body: unknown, name: string): string | null => {
  if (typeof body !== "object" || body === null) return null
  const value: unknown = Reflect.get(body, name)
  return typeof value === "string" ? value : null
}

/** `Retry-After` in milliseconds. The service sends seconds; a date (RFC 9110, 10.2.3) is from something between. */
const retryAfterOf = (response: Response): number | null => {
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10)
  return Number.isNaN(seconds) ? null : Math.max(seconds * 1000, Duration.toMillis(retryAfterFloor))
}

const failureOf = (response: Response, body: unknown) => {
  const reason = field(body, "_tag") ?? "Unexpected"
  const message = field(body, "message") ?? `The service answered ${response.status}.`
  if (response.status === 429 || response.status === 408 || response.status >= 500) {
    return new Transient({ offline: response.status !== 429, retryAfter: retryAfterOf(response), message })
  }
  if (reason === "PeerUnknown") return new PeerUnknown({ message })
  if (reason === "RecipientUnknown") return new RecipientUnknown({ message })
  return new RequestRefused({ reason, message, claim: field(body, "claim") })
}

const unreachable = () => new Transient({ offline: true, retryAfter: null, message: "The service cannot be reached." })

/** One request and its answer within `patience`; interruption aborts it. Every failure is typed. */
export const request = <A>(
  request: (signal: AbortSignal) => Promise<Answered<A>>,
  patience: Duration.Duration
): Effect.Effect<A, PeerUnknown | RecipientUnknown | RequestRefused | Transient> =>
  // A body that is no JSON lands here too: behind a captive portal every page answers 200 with HTML.
  Effect.tryPromise({ try: request, catch: unreachable }).pipe(
    Effect.timeoutFail({ duration: patience, onTimeout: unreachable }),
    Effect.flatMap(({ data, error, response }) =>
      response.ok && data !== undefined ? Effect.succeed(data) : Effect.fail(failureOf(response, error))
    )
  )
