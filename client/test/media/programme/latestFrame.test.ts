import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterEach, vi } from "vitest"
import { makeLatestFrame } from "../../../media/programme/latestFrame.js"
import { FakeFrame, settled } from "./fakes.js"

/** A stream of frames that a test writes. */
const makeFrames = () => {
  const { readable, writable } = new TransformStream<FakeFrame, FakeFrame>()
  const writer = writable.getWriter()
  return { readable, push: (frame: FakeFrame) => Effect.promise(() => writer.write(frame)), writer }
}

const make = Effect.sync(() => ({
  latest: makeLatestFrame<FakeFrame>(),
  frames: makeFrames(),
  shots: ["first", "second", "third"].map((name) => new FakeFrame(name))
}))
afterEach(() => void vi.useRealTimers())

const closed = (shots: ReadonlyArray<FakeFrame>) => shots.filter((shot) => shot.closed).map(({ name }) => name)

describe("the latest frame of a picture", () => {
  it.effect("is the newest, and every older one is closed", () =>
    Effect.gen(function* () {
      const { frames, latest, shots } = yield* make
      latest.follow(frames.readable)
      for (const shot of shots) yield* frames.push(shot)
      yield* Effect.promise(settled)
      assert.strictEqual(latest.get(), shots[2])
      assert.deepStrictEqual(closed(shots), ["first", "second"])
    })
  )

  it.effect("stays after its track has ended or failed", () =>
    Effect.gen(function* () {
      const { frames, latest, shots } = yield* make
      latest.follow(frames.readable)
      yield* frames.push(shots[0] ?? new FakeFrame("none"))
      yield* Effect.promise(() => frames.writer.abort(new Error("gone")).catch(() => undefined))
      yield* Effect.promise(settled)
      assert.strictEqual(latest.get(), shots[0])
      assert.deepStrictEqual(closed(shots), [])
    })
  )

  it.effect("stays until the first one of another track, after which none of the old track comes", () =>
    Effect.gen(function* () {
      const { frames, latest, shots } = yield* make
      const [first, second, third] = shots
      const other = makeFrames()
      latest.follow(frames.readable)
      yield* frames.push(first ?? new FakeFrame("none"))
      yield* Effect.promise(settled)
      latest.follow(other.readable)
      assert.strictEqual(latest.get(), first)
      yield* other.push(second ?? new FakeFrame("none"))
      yield* Effect.promise(settled)
      assert.strictEqual(latest.get(), second)
      yield* Effect.promise(() => frames.writer.write(third ?? new FakeFrame("none")).catch(() => undefined))
      yield* Effect.promise(settled)
      assert.strictEqual(latest.get(), second)
      assert.deepStrictEqual(closed(shots), ["first"])
    })
  )

  it.effect("is closed when it is dropped or at the end, and so are later ones", () =>
    Effect.gen(function* () {
      const { frames, latest, shots } = yield* make
      latest.follow(frames.readable)
      yield* frames.push(shots[0] ?? new FakeFrame("none"))
      yield* Effect.promise(settled)
      latest.forget()
      assert.isUndefined(latest.get())
      yield* frames.push(shots[1] ?? new FakeFrame("none"))
      yield* Effect.promise(settled)
      assert.strictEqual(latest.get(), shots[1])
      latest.close()
      assert.deepStrictEqual(closed(shots), ["first", "second"])
    })
  )

  it("is taken once a second while nobody sees it, and at once when somebody does", async () => {
    vi.useFakeTimers()
    const { readable, writer } = makeFrames()
    const [latest, shots] = [
      makeLatestFrame<FakeFrame>(),
      ["first", "second", "third"].map((name) => new FakeFrame(name))
    ]
    latest.setSeen(false)
    latest.follow(readable)
    for (const shot of shots) void writer.write(shot)
    await vi.advanceTimersByTimeAsync(900)
    assert.strictEqual(latest.get()?.name, "first")
    await vi.advanceTimersByTimeAsync(200)
    assert.strictEqual(latest.get()?.name, "second")
    latest.setSeen(true)
    await vi.advanceTimersByTimeAsync(0)
    assert.strictEqual(latest.get()?.name, "third")
    assert.deepStrictEqual(closed(shots), ["first", "second"])
  })

  it("is not shown again once it is older than 2 seconds", async () => {
    vi.useFakeTimers()
    const { readable, writer } = makeFrames()
    const [latest, first] = [makeLatestFrame<FakeFrame>(), new FakeFrame("first")]
    latest.follow(readable)
    void writer.write(first)
    await vi.advanceTimersByTimeAsync(1_900)
    for (const seen of [false, true]) latest.setSeen(seen)
    assert.strictEqual(latest.get(), first)
    latest.setSeen(false)
    await vi.advanceTimersByTimeAsync(200)
    assert.strictEqual(latest.get(), first, "for whoever is still shown the scene of before")
    latest.setSeen(true)
    assert.isUndefined(latest.get())
    assert.isTrue(first.closed)
  })
})
