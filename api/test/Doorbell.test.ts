import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/TestClock"
import * as TestContext from "effect/TestContext"
import { PeerId, RoomId } from "../contract/Ids.js"
import { BellFailed, Bells, type InboxAddress } from "../Doorbell/Bells.js"
import { objectBells } from "../Doorbell/objectBells.js"
import { Doorbell, maxChecks } from "../Doorbell.js"
import { AtOnce } from "./services.js"

const address: InboxAddress = { room: RoomId.make("room"), peer: PeerId.make("host"), role: "host" }

/** Bells within one process, whose faults the test controls. */
const bellsInMemory = () => {
  const open = new Set<(tally: string | null) => void>()
  const state = { isBroken: false, opened: 0, rings: 0 }
  const live = Layer.succeed(Bells, {
    open: (_, onRing) =>
      Effect.suspend(() => {
        if (state.isBroken) return new BellFailed({ cause: "broken" })
        state.opened += 1
        return Effect.acquireRelease(
          Effect.sync(() => {
            open.add(onRing)
            return `${state.rings}`
          }),
          () => Effect.sync(() => open.delete(onRing))
        )
      }),
    ring: () =>
      Effect.sync(() => {
        state.rings += 1
        for (const onRing of open) onRing(`${state.rings}`)
      })
  })
  const close = () => {
    const closed = [...open]
    open.clear()
    for (const onRing of closed) onRing(null)
  }
  return { live, state, close, listening: () => open.size }
}

const withoutBells = Doorbell.Default.pipe(Layer.provide(AtOnce))
const withBells = (bells: ReturnType<typeof bellsInMemory>) =>
  Doorbell.Default.pipe(Layer.provide([AtOnce, bells.live]))

/** A poll from the start of an inbox, held for the longest time that is allowed. */
const aPoll = {
  caller: "caller",
  cursor: 0,
  hasMessages: ({ news }: { readonly news: boolean }) => news,
  hold: Duration.seconds(25)
}

/** Holds a poll whose checks find news from the given time on. Returns the times of the checks. */
const hold = (newsAt: number, seconds: number) =>
  Effect.gen(function* () {
    const doorbell = yield* Doorbell
    const times = yield* Ref.make<ReadonlyArray<number>>([])
    const begin = yield* Clock.currentTimeMillis
    const sinceBegin = Effect.map(Clock.currentTimeMillis, (now) => now - begin)
    const check = sinceBegin.pipe(
      Effect.tap((now) => Ref.update(times, (all) => [...all, now])),
      Effect.map((now) => ({ address, emptyAfter: null, news: now >= newsAt }))
    )
    const held = yield* Effect.fork(
      Effect.zip(doorbell.await({ ...aPoll, check, hold: Duration.seconds(seconds) }), sinceBegin)
    )
    yield* TestClock.adjust("30 seconds")
    const [{ news }, end] = yield* Fiber.join(held)
    return { news, end, times: yield* Ref.get(times) }
  })

describe("a hold without a bell", () => {
  it.effect("checks once if the poll does not wait", () =>
    Effect.map(hold(Infinity, 0), (held) => assert.deepStrictEqual(held, { news: false, end: 0, times: [0] })).pipe(
      Effect.provide(withoutBells)
    )
  )

  it.effect("checks at once, after 50 ms, then at growing intervals of up to a second", () =>
    Effect.gen(function* () {
      const { end, news, times } = yield* hold(Infinity, 25)
      const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0))
      assert.deepStrictEqual([news, end, gaps[0]], [false, 25_000, 50])
      assert.deepStrictEqual(
        gaps,
        gaps.toSorted((a, b) => a - b)
      )
      assert.strictEqual(Math.max(...gaps), 1000)
      assert.isAtMost(times.length, maxChecks)
    }).pipe(Effect.provide(withoutBells))
  )

  it.effect("answers with the first news", () =>
    Effect.gen(function* () {
      const { end, news, times } = yield* hold(3000, 25)
      assert.strictEqual(news, true)
      assert.strictEqual(times.at(-1), end)
      assert.isBelow(end, 4000)
    }).pipe(Effect.provide(withoutBells))
  )

  it.effect("ends with the error of a check", () =>
    Effect.gen(function* () {
      const doorbell = yield* Doorbell
      const check = Effect.zipRight(Effect.fail("gone"), Effect.succeed({ address, emptyAfter: null }))
      const error = yield* Effect.flip(doorbell.await({ ...aPoll, check, hasMessages: () => true }))
      assert.strictEqual(error, "gone")
    }).pipe(Effect.provide(withoutBells))
  )

  it.effect("is limited to 4 of one caller: the fifth poll is answered at once", () =>
    Effect.gen(function* () {
      const doorbell = yield* Doorbell
      const poll = (caller: string) =>
        Effect.zipRight(
          doorbell.await({ ...aPoll, caller, check: Effect.succeed({ address, emptyAfter: null, news: false }) }),
          Clock.currentTimeMillis
        )
      const polls = yield* Effect.fork(
        Effect.all([...Array.from({ length: 5 }, () => poll("one")), poll("other")], { concurrency: "unbounded" })
      )
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(yield* Fiber.join(polls), [25_000, 25_000, 25_000, 25_000, 0, 25_000])
    }).pipe(Effect.provide(withoutBells))
  )
})

describe("a hold with a bell", () => {
  it.effect("makes 3 checks if nothing comes, even the first hold, which does not know its bell yet", () => {
    const bells = bellsInMemory()
    return Effect.gen(function* () {
      assert.deepStrictEqual(yield* hold(Infinity, 25), { news: false, end: 25_000, times: [0, 0, 12_000] })
      assert.deepStrictEqual(yield* hold(Infinity, 25), { news: false, end: 25_000, times: [0, 5000, 12_000] })
      assert.strictEqual(bells.state.opened, 2)
      assert.strictEqual(bells.listening(), 0)
    }).pipe(Effect.provide(withBells(bells)))
  })

  it.effect(
    "checks no more than once for each ring where polls follow one another at once, with the cursor that they had",
    () => {
      const bells = bellsInMemory()
      return Effect.gen(function* () {
        const doorbell = yield* Doorbell
        /**
         * Polls from the cursor; after a while a message comes, with a ring. Returns the check times since the poll.
         */
        const poll = (cursor: number, after: Duration.DurationInput) =>
          Effect.gen(function* () {
            const times: Array<number> = []
            const begin = yield* Clock.currentTimeMillis
            let last = cursor
            const check = Effect.map(Clock.currentTimeMillis, (now) => {
              times.push(now - begin)
              return { address, emptyAfter: last, news: last > cursor }
            })
            const held = yield* Effect.fork(doorbell.await({ ...aPoll, cursor, check }))
            yield* TestClock.adjust(after)
            last += 1
            yield* doorbell.ring({ room: address.room, owners: [address.peer] })
            yield* TestClock.adjust(0)
            yield* Fiber.join(held)
            return times
          })
        // Which bell to open is not known before the first check.
        assert.deepStrictEqual(yield* poll(0, 1000), [0, 0, 1000])
        assert.deepStrictEqual(yield* poll(1, 1000), [1000])
        assert.deepStrictEqual(yield* poll(2, 1000), [1000])
        // Checks when something may have been missed: with another cursor, after a missed ring, after a while.
        assert.deepStrictEqual(yield* poll(0, 1000), [0, 1000])
        yield* doorbell.ring({ room: address.room, owners: [address.peer] })
        assert.deepStrictEqual(yield* poll(1, 1000), [0, 1000])
        yield* TestClock.adjust("3 seconds")
        assert.deepStrictEqual(yield* poll(2, 6000), [0, 5000, 6000])
      }).pipe(Effect.provide(withBells(bells)))
    }
  )

  it.effect("opens no bell if the first check has news", () => {
    const bells = bellsInMemory()
    return Effect.gen(function* () {
      assert.deepStrictEqual(yield* hold(0, 25), { news: true, end: 0, times: [0] })
      assert.strictEqual(bells.state.opened, 0)
    }).pipe(Effect.provide(withBells(bells)))
  })

  it.effect("falls back to the schedule if the Durable Object fails", () => {
    const bells = bellsInMemory()
    bells.state.isBroken = true
    return Effect.gen(function* () {
      const first = yield* hold(Infinity, 25)
      const { news, times } = yield* hold(3000, 25)
      assert.deepStrictEqual(first.times.slice(0, 2), [0, 50])
      assert.isTrue(news)
      assert.isAbove(times.length, 10)
    }).pipe(Effect.provide(withBells(bells)))
  })
})

describe("a bell that is a Durable Object", () => {
  it.effect("reports a failed ring if the object answers with an error", () => {
    const fetch = async () => new Response(null, { status: 500 })
    const namespace = Object({ idFromName: (name: string) => name, get: () => ({ fetch }) })
    return Effect.gen(function* () {
      const failure = yield* Effect.flip((yield* Bells).ring({ room: address.room, owners: "all" }))
      assert.include(String(failure.cause), "500")
    }).pipe(Effect.provide(objectBells(namespace)))
  })
})

/** A step of a meeting: a message is written, with a ring or not, sockets or the object break, or time passes. */
const step = FastCheck.oneof(
  {
    weight: 4,
    arbitrary: FastCheck.record({ _tag: FastCheck.constant("Send" as const), isRung: FastCheck.boolean() })
  },
  { weight: 3, arbitrary: FastCheck.record({ _tag: FastCheck.constant("Wait" as const), ms: FastCheck.nat(9000) }) },
  { weight: 1, arbitrary: FastCheck.record({ _tag: FastCheck.constant("Close" as const) }) },
  {
    weight: 1,
    arbitrary: FastCheck.record({ _tag: FastCheck.constant("Break" as const), isBroken: FastCheck.boolean() })
  }
)

type Step = typeof step extends FastCheck.Arbitrary<infer A> ? A : never

/** The longest time between two checks of a reader who receives no ring, in milliseconds. */
const longestGap = 13_000

/** Plays one meeting, whose only reader polls without a pause, and returns what became of its messages. */
const play = (steps: ReadonlyArray<Step>) => {
  const bells = bellsInMemory()
  return Effect.gen(function* () {
    const doorbell = yield* Doorbell
    const written: Array<{ readonly at: number; readonly isRung: boolean }> = []
    const delivered: Array<{ readonly number: number; readonly at: number }> = []
    // Reading takes time, and does not return what is written meanwhile.
    const check = (after: number) =>
      Effect.sync(() => ({
        address,
        emptyAfter: written.length,
        news: written.length > after,
        to: written.length
      })).pipe(Effect.delay("3 millis"))
    const poll = Effect.gen(function* () {
      const after = delivered.length
      const { to } = yield* doorbell.await({ ...aPoll, cursor: after, check: check(after) })
      const at = yield* Clock.currentTimeMillis
      for (let number = after; number < to; number++) delivered.push({ number, at })
    })
    const polls = yield* Effect.fork(Effect.forever(poll))
    for (const next of steps) {
      if (next._tag === "Wait") yield* TestClock.adjust(next.ms)
      else if (next._tag === "Close") bells.close()
      else if (next._tag === "Break") bells.state.isBroken = next.isBroken
      else {
        written.push({ at: yield* Clock.currentTimeMillis, isRung: next.isRung })
        if (next.isRung) yield* doorbell.ring({ room: address.room, owners: [address.peer] })
      }
    }
    yield* TestClock.adjust(longestGap)
    yield* Fiber.interrupt(polls)
    return { written, delivered }
  }).pipe(Effect.provide(withBells(bells)), Effect.provide(TestContext.TestContext))
}

describe("a doorbell whose rings are lost and whose sockets break", () => {
  it("delivers each message once and in order: at once if it rings, else at the next slow check", async () => {
    // A test clock waits in real time for its fibers, so several meetings run side by side.
    const meetings = FastCheck.array(FastCheck.array(step, { minLength: 1, maxLength: 15 }), {
      minLength: 12,
      maxLength: 12
    })
    const property = FastCheck.asyncProperty(meetings, async (all) => {
      const results = await Effect.runPromise(Effect.forEach(all, play, { concurrency: "unbounded" }))
      for (const [index, { delivered, written }] of results.entries()) {
        assert.deepStrictEqual(
          delivered.map(({ number }) => number),
          written.map((_, number) => number)
        )
        const isWhole = all[index]?.every(({ _tag }) => _tag === "Send" || _tag === "Wait")
        for (const { at, number } of delivered) {
          const { isRung, at: sent } = written[number] ?? { at: Number.NaN, isRung: false }
          assert.isAtMost(at - sent, isRung && isWhole ? 1000 : longestGap)
        }
      }
    })
    await FastCheck.assert(property, { numRuns: 8, endOnFailure: true })
  })
})
