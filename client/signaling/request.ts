import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { PeerUnknown, RecipientUnknown, RequestRefused, Transient } from "./SignalingErrors.js"
import { retryAfterFloor } from "./timings.js"

/** What openapi-fetch returns for a request that was answered. */
interface FetchResult<A> {
  readonly data?: A
  readonly error?: unknown
  readonly response: Response
}

const field = (body: unknown, name: string): string | null => {
  if (typeof body !== "object" || body === null) return null
  const value: unknown = Reflect.get(body, name)
  return typeof value === "string" ? value : null
}

/** `Retry-After` in milliseconds. The service sends seconds; a date (RFC 9110, 10.2.3), as of a proxy, is ignored. */
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

/** One request, answered within `timeout`; interruption aborts it. Every failure is typed. */
export const request = <A>(
  send: (signal: AbortSignal) => Promise<FetchResult<A>>,
  timeout: Duration.Duration
): Effect.Effect<A, PeerUnknown | RecipientUnknown | RequestRefused | Transient> =>
  // A body that is not JSON is caught, too: behind a captive portal every request is answered 200 with HTML.
  Effect.tryPromise({ try: send, catch: unreachable }).pipe(
    Effect.timeoutFail({ duration: timeout, onTimeout: unreachable }),
    Effect.flatMap(({ data, error, response }) =>
      response.ok && data !== undefined ? Effect.succeed(data) : Effect.fail(failureOf(response, error))
    )
  )
