import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { Cursor } from "../contract/Ids.js"
import type { Message } from "../contract/Messages.js"
import type { Signaling } from "../Signaling.js"
import { connection, inbox, joinGuest, joinHost, makeToken, meeting, offer, poll, tell } from "./callers.js"
import { holds } from "./property.js"
import { D1, signaling } from "./services.js"

const oneOf = <Tag extends string>(_tag: Tag) =>
  FastCheck.record({ _tag: FastCheck.constant(_tag), guest: FastCheck.nat(2) })

/**
 * A step of a meeting: one of three guests sends, closes its page, or leaves and comes back; the host polls; or the
 * clock jumps forwards or backwards, as between two machines that serve a meeting in turn.
 */
const step = FastCheck.oneof(
  { weight: 4, arbitrary: oneOf("Send") },
  { weight: 1, arbitrary: oneOf("GoAway") },
  { weight: 1, arbitrary: oneOf("Leave") },
  { weight: 3, arbitrary: FastCheck.record({ _tag: FastCheck.constant("Poll" as const) }) },
  {
    weight: 2,
    arbitrary: FastCheck.record({
      _tag: FastCheck.constant("Jump" as const),
      milliseconds: FastCheck.integer({ min: -5000, max: 5000 })
    })
  }
)

type Step = typeof step extends FastCheck.Arbitrary<infer A> ? A : never

/**
 * Runs the steps in a meeting with three guests: every accepted message is read once and in order, except for unread
 * ones of a guest that left. Every message has its own id, greater than all that were read before it came.
 */
const play = (steps: ReadonlyArray<Step>) =>
  Effect.gen(function* () {
    const { guestToken, host, hostToken, room } = yield* meeting
    const tokens = [guestToken, makeToken(), makeToken()]
    for (const token of tokens.slice(1)) yield* joinGuest({ token, room })
    let accepted: ReadonlyArray<{ readonly id: number; readonly guest: number }> = []
    const seen: Array<Message> = []
    let cursor = Cursor.make(0)
    const drain = Effect.gen(function* () {
      const answer = yield* poll(hostToken, { after: cursor })
      cursor = answer.cursor
      seen.push(...answer.messages)
    })
    /** Runs the action of a guest, about which the host must receive a message of this type. */
    const expectMessage = (type: "away" | "left" | "joined", action: Effect.Effect<unknown, unknown, Signaling>) =>
      Effect.gen(function* () {
        yield* action
        const [last] = (yield* poll(hostToken, { after: cursor })).messages.slice(-1)
        assert.strictEqual(last?.type, type)
      })
    for (const next of steps) {
      if (next._tag === "Jump") {
        yield* TestClock.setTime(Math.max(1, 3_600_000 + next.milliseconds))
        continue
      }
      if (next._tag === "Poll") {
        yield* drain
        continue
      }
      const { guest } = next
      const token = tokens[guest] ?? guestToken
      if (next._tag === "GoAway") {
        yield* expectMessage("away", tell(token, { type: "away" }))
      } else if (next._tag === "Leave") {
        accepted = accepted.filter((message) => message.guest !== guest || seen.some(({ id }) => id === message.id))
        yield* expectMessage("left", tell(token, { type: "leave" }))
        yield* expectMessage("joined", joinGuest({ token, room }))
      } else {
        // A poll at the same time as the send: nothing may be lost, whichever comes first.
        const [answer] = yield* Effect.all([tell(token, offer(host.peer.id)), drain], { concurrency: "unbounded" })
        if ("id" in answer && typeof answer.id === "number") accepted = [...accepted, { id: answer.id, guest }]
      }
    }
    yield* drain
    assert.deepStrictEqual(
      seen.flatMap(({ id, type }): Array<number> => (type === "offer" ? [id] : [])),
      accepted.map(({ id }) => id)
    )
    assert.strictEqual(new Set(seen.map(({ id }) => id)).size, seen.length)
  })

layer(signaling().pipe(Layer.provideMerge(D1.layer)), { timeout: 120_000 })("an inbox", (it) => {
  it.effect("is read exactly once and in order by cursor, whatever the interleaving of sends and polls", () =>
    Effect.zipRight(
      TestClock.adjust("1 hour"),
      holds(FastCheck.array(step, { minLength: 1, maxLength: 25 }), { numRuns: 40 }, play)
    )
  )

  it.effect("gives different ids to messages of the same moment", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      const send = tell(guestToken, { type: "offer", to: host.peer.id, connection, sdp: "v=0" })
      yield* Effect.all(
        Array.from({ length: 40 }, () => send),
        { concurrency: "unbounded" }
      )
      const ids = (yield* inbox(hostToken)).map(({ id }) => id)
      assert.strictEqual(new Set(ids).size, 41)
      assert.deepStrictEqual(
        ids,
        ids.toSorted((a, b) => a - b)
      )
    })
  )

  it.effect("returns at most 100 messages, and the rest after the cursor", () =>
    Effect.gen(function* () {
      const { guestToken, host, hostToken } = yield* meeting
      const send = tell(guestToken, { type: "offer", to: host.peer.id, connection, sdp: "v=0" })
      yield* Effect.replicateEffect(send, 120)
      const first = yield* poll(hostToken)
      const rest = yield* poll(hostToken, { after: first.cursor })
      assert.strictEqual(first.messages.length, 100)
      assert.strictEqual(rest.messages.length, 21)
      assert.strictEqual<number | undefined>(first.cursor, first.messages.at(-1)?.id)
    })
  )

  it.effect("does not change when another room is reset", () =>
    holds(FastCheck.tuple(FastCheck.nat(3), FastCheck.boolean()), { numRuns: 12 }, ([which, resume]) =>
      Effect.gen(function* () {
        const meetings = yield* Effect.replicateEffect(meeting, 4)
        for (const { guestToken, host } of meetings) {
          yield* tell(guestToken, { type: "offer", to: host.peer.id, connection, sdp: "v=0" })
        }
        const chosen = meetings[which]
        assert.isDefined(chosen)
        if (chosen === undefined) return
        yield* joinHost({ token: makeToken(), hostKey: chosen.hostKey, room: chosen.room, resume })
        for (const other of meetings.filter((one) => one !== chosen)) {
          assert.strictEqual((yield* inbox(other.hostToken)).length, 2)
          assert.deepStrictEqual(yield* inbox(other.guestToken), [])
        }
        const guest = yield* Effect.either(inbox(chosen.guestToken))
        assert.strictEqual(guest._tag, resume ? "Right" : "Left")
      })
    )
  )
})
