import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types"
import { assert, layer } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import { ConnectionId, Cursor, IdempotencyKey, type PeerToken } from "../contract/Ids.js"
import type { SignalingRequest } from "../contract/Requests.js"
import { Database } from "../Database.js"
import { Signaling } from "../Signaling.js"
import { inbox, makeToken, meeting } from "./callers.js"
import { holds } from "./property.js"
import { AtOnce, D1, Offline, settings } from "./services.js"

/** What happens to one batch: nothing, a fault before it commits, or one after, so that only its answer is lost. */
type Fault = "none" | "before" | "after"

/** Faults of D1: one that passes at once, and one that lasts longer. */
const texts = ["D1_ERROR: Network connection lost.", "D1_ERROR: D1 DB is overloaded. Too many requests queued."]

/** Faults that pass, but after which nothing is retried at once. */
const lasting = [
  "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
  "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
  "D1_ERROR: D1 DB exceeded its CPU time limit and was reset.",
  "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset."
]

/** Faults that a repeat would meet again. */
const refusals = [
  "D1_ERROR: no such table: peers: SQLITE_ERROR",
  "D1_ERROR: UNIQUE constraint failed: peers.id: SQLITE_CONSTRAINT"
]

/** The faults of the next batches, in order. Batches after the last do not fail. */
const plan: Array<{ readonly fault: Fault; readonly text: string }> = []

/** A D1 whose batches fail according to the plan. */
const faulty = (db: D1Database): D1Database =>
  new Proxy(db, {
    get: (target, property) => {
      if (property !== "batch") {
        const value: unknown = Reflect.get(target, property)
        return typeof value === "function" ? value.bind(target) : value
      }
      return async (statements: Array<D1PreparedStatement>) => {
        const { fault, text } = plan.shift() ?? { fault: "none", text: "" }
        if (fault === "before") throw new Error(text)
        const results = await target.batch(statements)
        if (fault === "after") throw new Error(text)
        return results
      }
    }
  })

/** A real clock whose sleeps return at once. */
const impatient: Clock.Clock = Object.assign(Clock.make(), { sleep: () => Effect.void })

const FaultyLive = Signaling.Default.pipe(
  Layer.provide([AtOnce, Offline]),
  Layer.provideMerge(
    Layer.mergeAll(
      Layer.unwrapEffect(Effect.map(D1, (db) => Database.layer(faulty(db)))),
      settings({ MAX_UNREAD: "10000" })
    )
  ),
  Layer.provideMerge(D1.layer),
  Layer.provideMerge(Logger.remove(Logger.defaultLogger))
)

/** Sends as the client does: the same request with the same key, until it is acknowledged. */
const sendUntilAcknowledged = (token: PeerToken, request: SignalingRequest, key: string) =>
  Effect.flatMap(Signaling, (service) => service.handle(request, Effect.succeed(token), IdempotencyKey.make(key))).pipe(
    Effect.retry({ while: ({ _tag }) => _tag === "StorageUnavailable" })
  )

/** A meeting whose host has read its inbox up to the cursor. */
const meetingWithCursor = Effect.gen(function* () {
  const place = yield* meeting
  return { ...place, cursor: Cursor.make((yield* inbox(place.hostToken)).at(-1)?.id ?? 0) }
})

const fault = FastCheck.record({
  fault: FastCheck.constantFrom<Array<Fault>>("none", "before", "after"),
  text: FastCheck.constantFrom(...texts)
})

layer(FaultyLive, { timeout: 60_000, excludeTestServices: true })("a database that fails at random", (it) => {
  it.effect(
    "loses and duplicates nothing: acknowledged means delivered exactly once, in order, over 1,000 runs",
    () =>
      Effect.gen(function* () {
        const connection = ConnectionId.make("c1")
        let run = 0
        let place = yield* meetingWithCursor
        const sendings = FastCheck.tuple(
          FastCheck.array(fault, { maxLength: 6 }),
          FastCheck.integer({ min: 1, max: 2 })
        )
        yield* holds(sendings, { numRuns: 1000, endOnFailure: true }, ([faults, count]) =>
          Effect.gen(function* () {
            run += 1
            // Read messages are kept with their keys for at least two minutes, so new inboxes keep the runs quick.
            if (run % 50 === 0) place = yield* meetingWithCursor
            const { guestToken, host, hostToken } = place
            plan.splice(0, plan.length, ...faults)
            const sent = Array.from({ length: count }, (_, i) => `${run}-${i}`)
            for (const sdp of sent) {
              yield* sendUntilAcknowledged(guestToken, { type: "offer", to: host.peer.id, connection, sdp }, sdp)
            }
            plan.length = 0
            const service = yield* Signaling
            const answer = yield* service.messages(hostToken, { after: place.cursor })
            place = { ...place, cursor: answer.cursor }
            assert.deepStrictEqual(
              answer.messages.map((message) => (message.type === "offer" ? message.sdp : message.type)),
              sent
            )
          }).pipe(Effect.withClock(impatient))
        )
      }),
    300_000
  )

  it.effect("lets a join take effect once: its repeat is the same peer in the same session", () =>
    Effect.gen(function* () {
      const { hostKey, room } = yield* meeting
      const joins = FastCheck.tuple(
        FastCheck.array(fault, { maxLength: 6 }),
        FastCheck.constantFrom<Array<"host" | "guest">>("host", "guest")
      )
      yield* holds(joins, { numRuns: 100, endOnFailure: true }, ([faults, role]) =>
        Effect.gen(function* () {
          plan.splice(0, plan.length, ...faults)
          const token = makeToken()
          const request: SignalingRequest =
            role === "host" ? { type: "join", role, token, hostKey, room } : { type: "join", role, token, room }
          const first = yield* sendUntilAcknowledged(token, request, "k")
          plan.length = 0
          const again = yield* sendUntilAcknowledged(token, request, "k")
          assert.strictEqual(first.type, "joined")
          if (first.type !== "joined" || again.type !== "joined") return
          assert.deepStrictEqual([again.peer, again.session], [first.peer, first.session])
        }).pipe(Effect.withClock(impatient))
      )
    })
  )

  it.effect("is asked once if the fault lasts, and a refused statement is a defect", () =>
    Effect.gen(function* () {
      for (const text of [...lasting, ...refusals]) {
        // A second batch would find the plan empty, and succeed.
        plan.splice(0, plan.length, { fault: "before", text })
        const exit = yield* Effect.exit(inbox(makeToken())).pipe(Effect.withClock(impatient))
        const failure = Exit.isFailure(exit) ? Cause.failureOption(exit.cause) : Option.none()
        if (lasting.includes(text)) {
          assert.strictEqual(Option.getOrUndefined(failure)?._tag, "StorageUnavailable", text)
        } else {
          assert.isTrue(Exit.isFailure(exit) && Cause.isDie(exit.cause), text)
        }
      }
      plan.length = 0
    })
  )

  it.effect("makes the service answer StorageUnavailable, without internals, if the fault persists", () =>
    Effect.gen(function* () {
      const token = makeToken()
      plan.splice(
        0,
        plan.length,
        ...Array.from({ length: 4 }, () => ({ fault: "before" as const, text: String(texts[0]) }))
      )
      const error = yield* Effect.flip(inbox(token)).pipe(Effect.withClock(impatient))
      assert.strictEqual(error._tag, "StorageUnavailable")
      assert.notMatch(error.message, /D1|SQL|lost/)
    })
  )
})
