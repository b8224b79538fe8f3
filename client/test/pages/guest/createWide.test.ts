import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createWide, type Large } from "../../../pages/guest/createWide.js"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A stage whose large picture is upright. */
const begin = (filled: boolean) =>
  createRoot((dispose) => {
    const [large, setLarge] = createSignal<Large>({ wide: false, picked: null })
    const [isFilled, setFilled] = createSignal(filled)
    return { dispose, setLarge, setFilled, wide: createWide(large, isFilled) }
  })

describe("the shape of the large picture", () => {
  it("counts at once while it does not fill the page, and when it begins to fill it", () => {
    const { dispose, setFilled, setLarge, wide } = begin(false)
    setLarge({ wide: true, picked: null })
    assert.isTrue(wide())
    setFilled(true)
    assert.isTrue(wide())
    dispose()
  })

  it("changes, while it fills the page, once the new one has lasted for 3 seconds", () => {
    const { dispose, setLarge, wide } = begin(true)
    setLarge({ wide: true, picked: null })
    vi.advanceTimersByTime(2_999)
    assert.isFalse(wide())
    vi.advanceTimersByTime(1)
    assert.isTrue(wide())
    dispose()
  })

  it("stays as it was while it fills the page and keeps changing", () => {
    const { dispose, setLarge, wide } = begin(true)
    for (let turn = 0; turn < 60; turn++) {
      setLarge({ wide: turn % 2 === 0, picked: null })
      vi.advanceTimersByTime(1_000)
      assert.isFalse(wide())
    }
    dispose()
  })

  it("counts at once if the person picks another picture", () => {
    const { dispose, setLarge, wide } = begin(true)
    setLarge({ wide: true, picked: "screen" })
    assert.isTrue(wide())
    dispose()
  })
})
