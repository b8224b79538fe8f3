/** The service in memory, behind the transport, with the faults that a test asks for. */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import { Transport } from "../../signaling/Transport.js"
import type { Body } from "./FakeInbox.js"
import { FakeRoom, type FakeSettings, failed, json } from "./FakeRoom.js"

export interface Exchange {
  readonly path: string
  readonly body: Body | null
  readonly key: string | null
  readonly token: string
}

export class FakeService extends Context.Tag("FakeService")<
  FakeService,
  FakeSettings & {
    /** Every request that came, oldest first. */
    readonly requests: Array<Exchange>
    /** What the next requests get in place of an answer: "down" is a network error, "silence" never answers. */
    readonly faults: Array<"down" | "silence" | Response>
    /** While true every request is a network error. */
    down: boolean
    /** How many of the next joins are handled, but their answers lost. */
    loseAnswers: number
    readonly polls: () => number
    readonly sent: (type: string) => ReadonlyArray<Body>
    readonly busy: (seconds: number) => Response
    /** Forgets every peer, as a reset does. */
    readonly forget: Effect.Effect<void>
    /** Ends the claim as after PEER_TTL in which the host was not seen: any key may claim the room now. */
    readonly expire: () => void
    /** Forgets the tokens of ended sessions, as the service does after a long time. */
    readonly forgetEnded: () => void
  }
>() {}

export const FakeServiceLive = Layer.effectContext(
  Effect.gen(function* () {
    const runtime = yield* Effect.runtime<never>()
    let bell = yield* Deferred.make<void>()
    const ring = Effect.gen(function* () {
      const rung = bell
      bell = yield* Deferred.make<void>()
      yield* Deferred.succeed(rung, undefined)
    })

    const fake: typeof FakeService.Service = {
      requests: [],
      faults: [],
      down: false,
      loseAnswers: 0,
      maxGuests: 50,
      maxWaiting: 50,
      maxUnread: 256,
      hostPassword: undefined,
      ice: { iceServers: [], expiresAt: null, relay: true, policy: "all" },
      polls: () => fake.requests.filter(({ path }) => path === "/messages").length,
      sent: (type) => fake.requests.flatMap(({ body }) => (body?.type === type ? [body] : [])),
      busy: (seconds) => failed(429, "TooManyRequests", { "Retry-After": String(seconds) }),
      forget: Effect.suspend(() => {
        room.forget()
        return ring
      }),
      expire: () => {
        room.expired = true
      },
      forgetEnded: () => room.forgetEnded()
    }
    const room = new FakeRoom(fake)

    const poll = (token: string, after: number, wait: number): Effect.Effect<Response> =>
      Effect.suspend(() => {
        const { answer, isEmpty } = room.readInbox(token, after)
        if (!isEmpty || wait === 0) return Effect.succeed(answer)
        return Effect.raceFirst(
          Effect.as(Deferred.await(bell), true),
          Effect.as(Effect.sleep(wait * 1000), false)
        ).pipe(Effect.flatMap((again) => (again ? poll(token, after, wait) : Effect.succeed(answer))))
      })

    const answer = (request: Request, body: Body | null) =>
      Effect.gen(function* () {
        const url = new URL(request.url)
        const key = request.headers.get("Idempotency-Key")
        const token = request.headers.get("Authorization")?.replace("Bearer ", "") ?? ""
        fake.requests.push({ path: url.pathname, body, key, token })
        const fault = fake.down ? "down" : fake.faults.shift()
        if (fault === "silence") return yield* Effect.never
        if (fault === "down") return yield* Effect.die(new TypeError("fetch failed"))
        if (fault !== undefined) return fault
        const query = (name: string) => Number(url.searchParams.get(name) ?? 0)
        if (url.pathname === "/messages") return yield* poll(token, query("after"), query("wait"))
        if (url.pathname === "/turn-credentials/trial") return json(200, fake.ice)
        if (url.pathname === "/turn-credentials") return room.credentials(token)
        if (body === null) return failed(400, "HttpApiDecodeError")
        const answered = body.type === "join" ? room.join(body) : room.signal(token, body, key)
        yield* ring
        if (body.type === "join" && fake.loseAnswers > 0) {
          fake.loseAnswers--
          return yield* Effect.die(new TypeError("fetch failed"))
        }
        return answered
      })

    return Context.make(FakeService, fake).pipe(
      Context.add(Transport, {
        baseUrl: "http://service.test",
        fetch: async (request: Request) => {
          const body = request.method === "POST" ? await request.text() : ""
          return Runtime.runPromise(runtime)(answer(request, body === "" ? null : JSON.parse(body)), {
            signal: request.signal
          })
        }
      })
    )
  })
)
