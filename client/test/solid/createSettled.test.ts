import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createSettled } from "../../solid/createSettled.js"

describe("a signal that settles", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const begin = () =>
    createRoot((dispose) => {
      const [source, setSource] = createSignal(1)
      return { dispose, setSource, settled: createSettled(source, 500, (before) => before === 0) }
    })

  it("says the last of several changes, once it has stood for its time", () => {
    const { dispose, setSource, settled } = begin()
    setSource(2)
    vi.advanceTimersByTime(400)
    setSource(3)
    vi.advanceTimersByTime(400)
    assert.strictEqual(settled(), 1)
    vi.advanceTimersByTime(100)
    assert.strictEqual(settled(), 3)
    dispose()
  })

  it("does not wait where a change is to be known at once, and drops what waited", () => {
    const { dispose, setSource, settled } = begin()
    setSource(0)
    vi.advanceTimersByTime(500)
    setSource(7)
    assert.strictEqual(settled(), 7)
    vi.advanceTimersByTime(1_000)
    assert.strictEqual(settled(), 7)
    dispose()
  })
})
