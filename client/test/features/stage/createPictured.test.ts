import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createPictured } from "../../../features/stage/createPictured.js"

type Look = (now: number, frame: { readonly captureTime?: number }) => void

/** A video whose frames a test shows. */
class FakeVideo {
  readonly waiting = new Map<number, Look>()
  #calls = 0
  requestVideoFrameCallback(look: Look) {
    this.waiting.set(++this.#calls, look)
    return this.#calls
  }
  cancelVideoFrameCallback(call: number) {
    this.waiting.delete(call)
  }
  /** A frame is shown. No time: it is not known when it was captured. */
  show(captureTime?: number) {
    const looks = [...this.waiting.values()]
    this.waiting.clear()
    for (const look of looks) look(performance.now(), captureTime === undefined ? {} : { captureTime })
  }
}

/** A page that was told `before`. */
const open = (element: object) =>
  createRoot((dispose) => {
    const [told, tell] = createSignal("before")
    const pictured = createPictured(() => element as HTMLVideoElement, told)
    return { dispose, pictured, tell }
  })

describe("what is told of a picture", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it("counts from the first frame on that was captured after it was told", () => {
    const element = new FakeVideo()
    const { dispose, pictured, tell } = open(element)
    vi.advanceTimersByTime(1_000)
    element.show(performance.now())
    const since = performance.now()
    tell("after")
    vi.advanceTimersByTime(300)
    element.show(since - 1)
    assert.strictEqual(pictured(), "before")
    element.show(since)
    assert.strictEqual(pictured(), "after")
    assert.strictEqual(element.waiting.size, 0)
    dispose()
  })

  it("counts half a second later where it is not known when frames were captured", () => {
    const element = new FakeVideo()
    const { dispose, pictured, tell } = open(element)
    tell("after")
    vi.advanceTimersByTime(400)
    element.show()
    assert.strictEqual(pictured(), "before")
    vi.advanceTimersByTime(100)
    element.show()
    assert.strictEqual(pictured(), "after")
    dispose()
  })

  it("counts at once where frames are not heard of, and in 5 seconds where none comes", () => {
    const deaf = open({})
    deaf.tell("after")
    assert.strictEqual(deaf.pictured(), "after")
    deaf.dispose()
    const element = new FakeVideo()
    const { dispose, pictured, tell } = open(element)
    tell("after")
    vi.advanceTimersByTime(4_999)
    assert.strictEqual(pictured(), "before")
    vi.advanceTimersByTime(1)
    assert.strictEqual(pictured(), "after")
    dispose()
    assert.strictEqual(element.waiting.size, 0)
  })
})
