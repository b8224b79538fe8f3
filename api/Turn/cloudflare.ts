import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { IceServer } from "../contract/Ice.js"

/** Cloudflare's answer. `iceServers` is an array, or a single server if the older endpoint answers. */
const Answer = Schema.Struct({ iceServers: Schema.Union(Schema.Array(IceServer), IceServer) })

/** Retries after about 100, 200, 400 ms and so on, until `upstreamDeadline` ends the whole request. */
const retryUpstream = Schedule.exponential("100 millis").pipe(Schedule.jittered)

/** How long a request to Cloudflare may take, retries included. */
const upstreamDeadline = Duration.seconds(3)

/** False for port 53: Chrome and Firefox block it, and count the attempt as a failed server. */
const usable = (url: string) => !/:53(\?|$)/.test(url)

/**
 * Cloudflare's TURN service under one key.
 * Source: https://developers.cloudflare.com/realtime/turn/generate-credentials/
 */
export const makeCloudflareTurn = (
  httpClient: HttpClient.HttpClient,
  keyId: string,
  token: Redacted.Redacted<string>
) => {
  const client = httpClient.pipe(
    HttpClient.filterStatusOk,
    HttpClient.mapRequest(HttpClientRequest.bearerToken(token)),
    HttpClient.mapRequest(
      HttpClientRequest.prependUrl(
        `https://rtc.live.cloudflare.com/v1/turn/keys/${encodeURIComponent(keyId)}/credentials`
      )
    ),
    HttpClient.retry({
      schedule: retryUpstream,
      // A request that Cloudflare refuses, because of a wrong key or too many requests, would be refused again.
      while: (error) => !(error._tag === "ResponseError" && error.response.status < 500)
    })
  )

  /** ICE servers with credentials for `ttl`. */
  const iceServers = Effect.fn("Turn.cloudflare.iceServers")(function* (ttl: Duration.Duration) {
    const answer = yield* HttpClientRequest.post("/generate-ice-servers").pipe(
      HttpClientRequest.bodyUnsafeJson({ ttl: Math.floor(Duration.toSeconds(ttl)) }),
      client.execute,
      Effect.flatMap(HttpClientResponse.schemaBodyJson(Answer)),
      Effect.timeout(upstreamDeadline)
    )
    return [answer.iceServers].flat().flatMap((server): ReadonlyArray<IceServer> => {
      const urls = [server.urls].flat().filter(usable)
      return urls.length === 0 ? [] : [{ ...server, urls }]
    })
  })

  /** Revokes the credentials of a username at once. A username that Cloudflare does not know counts as revoked. */
  const revoke = Effect.fn("Turn.cloudflare.revoke")(function* (username: string) {
    yield* client.post(`/${encodeURIComponent(username)}/revoke`).pipe(
      Effect.asVoid,
      Effect.catchIf(
        (error) => error._tag === "ResponseError" && error.response.status === 404,
        () => Effect.void
      ),
      Effect.timeout(upstreamDeadline)
    )
  })

  return { iceServers, revoke } as const
}
