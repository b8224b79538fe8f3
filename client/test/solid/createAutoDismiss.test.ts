import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createAutoDismiss } from "../../solid/createAutoDismiss.js"

describe("a transient message", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const begin = () =>
    createRoot((dispose) => {
      const [message, setMessage] = createSignal<string>()
      createAutoDismiss(message, () => setMessage(undefined))
      return { dispose, message, setMessage }
    })

  it("is shown for ten seconds", () => {
    const { dispose, message, setMessage } = begin()
    setMessage("copied")
    vi.advanceTimersByTime(9_999)
    assert.strictEqual(message(), "copied")
    vi.advanceTimersByTime(1)
    assert.isUndefined(message())
    dispose()
  })

  it("gives the next one its whole time", () => {
    const { dispose, message, setMessage } = begin()
    setMessage("copied")
    vi.advanceTimersByTime(9_000)
    setMessage("not copied")
    vi.advanceTimersByTime(9_000)
    assert.strictEqual(message(), "not copied")
    vi.advanceTimersByTime(1_000)
    assert.isUndefined(message())
    dispose()
  })

  it("ends nothing that was put away meanwhile", () => {
    let ended = 0
    const { dispose, setMessage } = createRoot((dispose) => {
      const [message, setMessage] = createSignal<string>()
      createAutoDismiss(message, () => ended++)
      return { dispose, setMessage }
    })
    setMessage("copied")
    vi.advanceTimersByTime(5_000)
    setMessage(undefined)
    vi.advanceTimersByTime(60_000)
    assert.strictEqual(ended, 0)
    dispose()
  })
})
