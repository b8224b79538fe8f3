import * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as TestClock from "effect/TestClock"
import * as Tracer from "effect/Tracer"
import * as App from "../App.js"
import { Database } from "../Database.js"
import { RateLimit } from "../RateLimit.js"
import { countHeld } from "../RequestCost.js"
import { requestLog } from "../RequestLog.js"
import { makeKey, makeRoom, makeToken } from "./callers.js"
import { AtOnce, D1 } from "./services.js"

interface Line {
  readonly message: string
  readonly logLevel: string
  readonly annotations: Readonly<Record<string, unknown>>
}

/** Collects the lines that the work logs. */
const capture = (lines: Array<Line>) =>
  Logger.replace(
    Logger.defaultLogger,
    Logger.map(Logger.structuredLogger, ({ annotations, logLevel, message }) => {
      lines.push({ message: String(message), logLevel, annotations })
    })
  )

const handler = Effect.map(
  Effect.runtime(),
  (runtime) => (app: HttpApp.Default) => HttpApp.toWebHandlerRuntime(runtime)(requestLog(app))
)

const request = (init?: RequestInit) => new Request("http://localhost/messages?after=7&secret=s", init)

describe("the line of a request", () => {
  it.effect("is an error if the service fails, and a warning if it is slow, but not if it was held", () =>
    Effect.gen(function* () {
      const lines: Array<Line> = []
      const runRequest = (work: Effect.Effect<HttpServerResponse.HttpServerResponse>) =>
        Effect.gen(function* () {
          const handle = (yield* handler)(work)
          const started = yield* Deferred.make<void>()
          const fiber = yield* Effect.fork(
            Effect.zipRight(
              Deferred.succeed(started, undefined),
              Effect.promise(() => handle(request()))
            )
          )
          yield* Deferred.await(started)
          yield* TestClock.adjust("20 seconds")
          yield* fiber
        }).pipe(Effect.provide(capture(lines)))
      const empty = Effect.succeed(HttpServerResponse.empty())
      yield* runRequest(empty)
      yield* runRequest(Effect.delay(empty, "2 seconds"))
      yield* runRequest(countHeld(Effect.delay(empty, "20 seconds")))
      yield* runRequest(
        Effect.succeed(HttpServerResponse.unsafeJson({ _tag: "StorageUnavailable", message: "m" }, { status: 503 }))
      )
      assert.deepStrictEqual(
        lines.map(({ annotations: { error, held, milliseconds, status }, logLevel }) => [
          logLevel,
          status,
          milliseconds,
          held,
          error
        ]),
        [
          ["INFO", 204, 0, undefined, undefined],
          ["WARN", 204, 2000, undefined, undefined],
          ["INFO", 204, 20_000, 20_000, undefined],
          ["ERROR", 503, 0, undefined, "StorageUnavailable"]
        ]
      )
      assert.isTrue(lines.every(({ annotations: { path } }) => path === "/messages"))
    })
  )

  it.effect("is also written for a caller that hung up", () =>
    Effect.gen(function* () {
      const lines: Array<Line> = []
      const begun = yield* Deferred.make<void>()
      const hangUp = new AbortController()
      yield* Effect.gen(function* () {
        const handle = (yield* handler)(
          // As the router runs an operation.
          Effect.interruptible(Effect.zipRight(Deferred.succeed(begun, undefined), Effect.never))
        )
        const answer = handle(request({ signal: hangUp.signal }))
        yield* Deferred.await(begun)
        hangUp.abort()
        yield* Effect.promise(() => answer)
      }).pipe(Effect.provide(capture(lines)))
      assert.deepStrictEqual(
        lines.map(({ annotations: { status }, logLevel }) => [logLevel, status]),
        [["INFO", 499]]
      )
    })
  )
})

/** The name of the rate limit that refuses every caller. */
const refusing = { name: "" }
const limiter = (name: string) => ({ limit: () => Promise.resolve({ success: refusing.name !== name }) })
const Limits = RateLimit.layer({
  LIMIT_ADDRESS: limiter("LIMIT_ADDRESS"),
  LIMIT_GUESS: limiter("LIMIT_GUESS"),
  LIMIT_JOIN: limiter("LIMIT_JOIN"),
  LIMIT_PASSWORD: limiter("LIMIT_PASSWORD"),
  LIMIT_PEER: limiter("LIMIT_PEER"),
  LIMIT_PRESENCE: limiter("LIMIT_PRESENCE"),
  LIMIT_SEND: limiter("LIMIT_SEND"),
  LIMIT_STRANGER: limiter("LIMIT_STRANGER"),
  LIMIT_TURN: limiter("LIMIT_TURN")
})

layer(D1.layer, { timeout: 60_000 })("the log of the service", (it) => {
  it.effect("is written without any span, which nothing would collect", () =>
    Effect.gen(function* () {
      const db = yield* D1
      const native = yield* Effect.tracer
      const spans: Array<string> = []
      const counting = Tracer.make({
        span: (name, ...rest) => {
          spans.push(name)
          return native.span(name, ...rest)
        },
        context: native.context
      })
      const answer = yield* Effect.gen(function* () {
        const runtime = yield* Effect.runtime<Layer.Layer.Success<ReturnType<typeof App.layer>>>()
        const handle = HttpApp.toWebHandlerRuntime(runtime)(yield* App.app)
        return yield* Effect.promise(() => handle(request({ headers: { authorization: `Bearer ${makeToken()}` } })))
      }).pipe(
        Effect.provide(
          App.layer(Layer.mergeAll(Database.layer(db), Limits, AtOnce)).pipe(
            Layer.provideMerge(Layer.setTracer(counting)),
            Layer.provideMerge(capture([]))
          )
        )
      )
      assert.strictEqual(answer.status, 401)
      assert.deepStrictEqual(spans, [])
    })
  )

  it.effect("reports what each request cost and which limit it met", () =>
    Effect.gen(function* () {
      const lines: Array<Line> = []
      const db = yield* D1
      yield* Effect.gen(function* () {
        const runtime = yield* Effect.runtime<Layer.Layer.Success<ReturnType<typeof App.layer>>>()
        const handle = HttpApp.toWebHandlerRuntime(runtime)(yield* App.app)
        const ask = (path: string, token: string | null, body?: unknown) =>
          Effect.promise(async () => {
            const answer = await handle(
              new Request(`http://localhost${path}`, {
                headers: {
                  "cf-connecting-ip": "192.0.2.1",
                  ...(token === null ? {} : { authorization: `Bearer ${token}` }),
                  ...(body === undefined ? {} : { "content-type": "application/json" })
                },
                ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) })
              })
            )
            return answer.status
          })
        const [token, hostKey, room] = [makeToken(), makeKey(), makeRoom()]
        const join = { type: "join", role: "host", token, hostKey, room }
        assert.strictEqual(yield* ask("/signaling", null, join), 200)
        assert.strictEqual(yield* ask("/messages?after=0&wait=1", token), 200)
        refusing.name = "LIMIT_PEER"
        assert.strictEqual(yield* ask("/messages", token), 429)
        refusing.name = "LIMIT_JOIN"
        assert.strictEqual(yield* ask("/signaling", null, { ...join, token: makeToken() }), 429)
        refusing.name = ""
        assert.strictEqual(yield* ask("/messages", makeToken()), 401)
        refusing.name = "LIMIT_SEND"
        const offer = { type: "offer", to: "p_nobody", connection: "c1", sdp: "v=0" }
        assert.strictEqual(yield* ask("/signaling", token, offer), 429)
        refusing.name = ""

        const requests = lines.filter(({ message }) => message === "request").map(({ annotations }) => annotations)
        const [joined, held, limited, join429, unknown, send429] = requests
        assert.strictEqual(requests.length, 6)
        assert.isAbove(Number(joined?.rowsRead), 0)
        assert.isAbove(Number(joined?.rowsWritten), 0)
        assert.strictEqual(joined?.trips, 1)
        assert.isAbove(Number(held?.checks), 1)
        // Of the held second, all that D1 did not take, which is not much on a busy machine.
        assert.isAbove(Number(held?.held), 0)
        assert.isAtLeast(Number(held?.held) + Number(held?.database), 990)
        assert.isAtLeast(Number(held?.trips), Number(held?.checks))
        assert.deepInclude(limited, { status: 429, error: "TooManyRequests", limited: "LIMIT_PEER" })
        assert.deepInclude(join429, { status: 429, error: "TooManyRequests", limited: "LIMIT_JOIN" })
        assert.deepInclude(send429, { status: 429, error: "TooManyRequests", limited: "LIMIT_SEND" })
        assert.deepInclude(unknown, { status: 401, error: "PeerUnknown" })
        assert.notProperty(unknown, "limited")
        const text = JSON.stringify(lines)
        for (const hidden of [token, hostKey, room, "after="]) assert.notInclude(text, hidden)
      }).pipe(
        Effect.provide(
          // The clock that all have: a hold is waited for.
          App.layer(Layer.mergeAll(Database.layer(db), Limits, AtOnce)).pipe(
            Layer.provideMerge(Layer.setClock(Clock.make())),
            Layer.provideMerge(capture(lines))
          )
        )
      )
    })
  )
})
