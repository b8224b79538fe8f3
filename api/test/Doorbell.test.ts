import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/TestClock"
import { Doorbell, maxLooks } from "../Doorbell.js"

/** A doorbell's hold over looks that find news from the given time on; gives the times of the looks. */
const hold = (newsAt: number, seconds: number) =>
  Effect.gen(function* () {
    const doorbell = yield* Doorbell
    const times = yield* Ref.make<ReadonlyArray<number>>([])
    const look = Clock.currentTimeMillis.pipe(
      Effect.tap((now) => Ref.update(times, (all) => [...all, now])),
      Effect.map((now) => now >= newsAt)
    )
    const held = yield* Effect.fork(
      Effect.zip(
        doorbell.await("inbox", look, (news) => news, Duration.seconds(seconds)),
        Clock.currentTimeMillis
      )
    )
    yield* TestClock.adjust("30 seconds")
    const [news, end] = yield* Fiber.join(held)
    return { news, end, times: yield* Ref.get(times) }
  }).pipe(Effect.provide(Doorbell.Default))

describe("the doorbell", () => {
  it.effect("looks once where there is nothing to wait for", () =>
    Effect.map(hold(Infinity, 0), (held) => assert.deepStrictEqual(held, { news: false, end: 0, times: [0] }))
  )

  it.effect("looks at once, after 50 ms, then less and less often up to once a second", () =>
    Effect.gen(function* () {
      const { end, news, times } = yield* hold(Infinity, 25)
      const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0))
      assert.strictEqual(news, false)
      assert.strictEqual(end, 25_000)
      assert.strictEqual(gaps[0], 50)
      assert.deepStrictEqual(
        gaps,
        gaps.toSorted((a, b) => a - b)
      )
      assert.strictEqual(Math.max(...gaps), 1000)
      assert.isAtMost(times.length, maxLooks)
    })
  )

  it.effect("answers with the first news", () =>
    Effect.gen(function* () {
      const { end, news, times } = yield* hold(3000, 25)
      assert.strictEqual(news, true)
      assert.strictEqual(times.at(-1), end)
      assert.isBelow(end, 4000)
    })
  )

  it.effect("ends with the error of a look", () =>
    Effect.gen(function* () {
      const doorbell = yield* Doorbell
      const error = yield* Effect.flip(doorbell.await("inbox", Effect.fail("gone"), () => true, Duration.seconds(25)))
      assert.strictEqual(error, "gone")
    }).pipe(Effect.provide(Doorbell.Default))
  )

  it.effect("holds 4 polls of one inbox, and answers one more at once", () =>
    Effect.gen(function* () {
      const doorbell = yield* Doorbell
      const poll = (inbox: string) =>
        Effect.zipRight(
          doorbell.await(inbox, Effect.succeed(false), (news) => news, Duration.seconds(25)),
          Clock.currentTimeMillis
        )
      const polls = yield* Effect.fork(
        Effect.all([...Array.from({ length: 5 }, () => poll("one")), poll("other")], { concurrency: "unbounded" })
      )
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(yield* Fiber.join(polls), [25_000, 25_000, 25_000, 25_000, 0, 25_000])
    }).pipe(Effect.provide(Doorbell.Default))
  )
})
