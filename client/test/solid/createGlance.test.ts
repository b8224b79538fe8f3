import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createGlance } from "../../solid/createGlance.js"

describe("a passing event", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const begin = () =>
    createRoot((dispose) => {
      const [news, setNews] = createSignal<string>()
      createGlance(news, () => setNews(undefined))
      return { dispose, news, setNews }
    })

  it("is told for ten seconds", () => {
    const { dispose, news, setNews } = begin()
    setNews("copied")
    vi.advanceTimersByTime(9_999)
    assert.strictEqual(news(), "copied")
    vi.advanceTimersByTime(1)
    assert.isUndefined(news())
    dispose()
  })

  it("gives the next one its whole time", () => {
    const { dispose, news, setNews } = begin()
    setNews("copied")
    vi.advanceTimersByTime(9_000)
    setNews("not copied")
    vi.advanceTimersByTime(9_000)
    assert.strictEqual(news(), "not copied")
    vi.advanceTimersByTime(1_000)
    assert.isUndefined(news())
    dispose()
  })

  it("ends nothing that was put away meanwhile", () => {
    let ended = 0
    const { dispose, setNews } = createRoot((dispose) => {
      const [news, setNews] = createSignal<string>()
      createGlance(news, () => ended++)
      return { dispose, setNews }
    })
    setNews("copied")
    vi.advanceTimersByTime(5_000)
    setNews(undefined)
    vi.advanceTimersByTime(60_000)
    assert.strictEqual(ended, 0)
    dispose()
  })
})
