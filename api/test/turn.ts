/** A fake TURN provider, and requests for its credentials. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"
import { PeerId } from "../contract/Ids.js"
import { Turn } from "../Turn.js"
import { D1, DatabaseLive, settings } from "./services.js"

/** The peer for which `ask` asks. */
export const peer = PeerId.make("p1")

/** A request to the provider. */
export interface Seen {
  readonly url: string
  readonly authorization: string | undefined
  readonly body: unknown
}

/** Cloudflare's side. It gives the answers in turn, repeats the last one, and records the requests in `seen`. */
export const upstream = (seen: Array<Seen>, ...answers: ReadonlyArray<() => Response | "broken" | "silent">) =>
  Layer.succeed(
    HttpClient.HttpClient,
    HttpClient.make((request) => {
      const { body } = request
      seen.push({
        url: request.url,
        authorization: request.headers.authorization,
        body: body._tag === "Uint8Array" ? JSON.parse(new TextDecoder().decode(body.body)) : undefined
      })
      const answer = (answers[seen.length - 1] ?? answers.at(-1))?.() ?? "broken"
      if (answer === "silent") return Effect.never
      return answer === "broken"
        ? Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport" }))
        : Effect.succeed(HttpClientResponse.fromWeb(request, answer))
    })
  )

/** Settings of a deployment with Cloudflare's TURN service. */
export const cloudflare = {
  TURN_KEY_ID: "key",
  TURN_KEY_API_TOKEN: "api-token",
  TURN_TTL: "2 hours",
  HOST_PASSWORD: "open sesame"
}

/** The address from which `ask` asks. */
export const address = "192.0.2.7"

/** Asks for credentials once, from this provider. `lifetime` is in hours. */
export const ask = (values: Readonly<Record<string, string>>, client: Layer.Layer<HttpClient.HttpClient>) =>
  Effect.gen(function* () {
    const turn = yield* Turn
    const start = yield* Clock.currentTimeMillis
    const fiber = yield* Effect.fork(turn.iceConfiguration(peer, address))
    // The database takes real time. The clock advances once the service waits for the provider or has the answer.
    yield* Effect.repeat(
      Effect.promise(() => new Promise((resolve) => setImmediate(resolve))),
      {
        until: () =>
          Effect.zipWith(
            TestClock.sleeps(),
            Fiber.poll(fiber),
            (sleeps, done) => Chunk.isNonEmpty(sleeps) || Option.isSome(done)
          )
      }
    )
    yield* TestClock.adjust("10 seconds")
    const configuration = yield* Fiber.join(fiber)
    const lifetime = configuration.expiresAt === null ? null : (Date.parse(configuration.expiresAt) - start) / 3_600_000
    return { configuration, start, lifetime }
  }).pipe(Effect.provide(Turn.Default.pipe(Layer.provide([settings(values), client]))))

/** Only the database. */
export const OnD1 = DatabaseLive.pipe(Layer.provideMerge(D1.layer))

/** A provider that cannot be reached. */
export const nobody = upstream([], () => "broken")

/** Credentials, as Cloudflare returns them. */
export const good = () =>
  Response.json(
    {
      iceServers: [
        { urls: ["stun:stun.cloudflare.com:3478", "stun:stun.cloudflare.com:53"] },
        {
          urls: ["turn:turn.cloudflare.com:3478?transport=udp", "turn:turn.cloudflare.com:53?transport=udp"],
          username: "u",
          credential: "c"
        }
      ]
    },
    { status: 201 }
  )
