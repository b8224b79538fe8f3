import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { IceServer } from "../contract/Ice.js"

/** One ICE server, as an array of them or alone: the older endpoint answers with a single object. */
const Answer = Schema.Struct({ iceServers: Schema.Union(Schema.Array(IceServer), IceServer) })

/** Repeats after about 100, 200, 400 ms …; the deadline of the whole ends it. */
export const repeatUpstream = Schedule.exponential("100 millis").pipe(Schedule.jittered)

/** How long Cloudflare's answer may take, repeats included. */
export const upstreamDeadline = Duration.seconds(3)

/** Chrome and Firefox refuse port 53, and count the attempt as a failed server. */
const usable = (url: string) => !/:53(\?|$)/.test(url)

/**
 * Credentials of Cloudflare's TURN service, for `ttl`.
 * Source: https://developers.cloudflare.com/realtime/turn/generate-credentials/
 */
export const cloudflareIceServers = Effect.fn("Turn.cloudflare")(function* (
  keyId: string,
  token: Redacted.Redacted<string>,
  ttl: Duration.Duration
) {
  const client = (yield* HttpClient.HttpClient).pipe(HttpClient.filterStatusOk)
  const request = HttpClientRequest.post(
    `https://rtc.live.cloudflare.com/v1/turn/keys/${encodeURIComponent(keyId)}/credentials/generate-ice-servers`
  ).pipe(
    HttpClientRequest.bearerToken(token),
    HttpClientRequest.bodyUnsafeJson({ ttl: Math.floor(Duration.toSeconds(ttl)) })
  )
  const { iceServers } = yield* client.execute(request).pipe(
    Effect.flatMap(HttpClientResponse.schemaBodyJson(Answer)),
    Effect.scoped,
    Effect.retry({
      schedule: repeatUpstream,
      // A refused key stays refused.
      while: (error) => !(error._tag === "ResponseError" && [400, 401, 403, 404].includes(error.response.status))
    }),
    Effect.timeout(upstreamDeadline)
  )
  return (Array.isArray(iceServers) ? iceServers : [iceServers]).flatMap((server: IceServer) => {
    const urls = [server.urls].flat().filter(usable)
    return urls.length === 0 ? [] : [{ ...server, urls }]
  })
})
