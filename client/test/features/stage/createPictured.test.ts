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

/** A page whose last report was `before`. */
const open = (element: object) =>
  createRoot((dispose) => {
    const [told, tell] = createSignal("before")
    const pictured = createPictured(() => element as HTMLVideoElement, told)
    return { dispose, pictured, tell }
  })

describe("a report about a picture", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it("counts from the first frame that was captured after it arrived", () => {
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

  it("counts half a second later if capture times are unknown", () => {
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

  it("counts at once if the browser does not report frames, and after 5 seconds if none arrives", () => {
    const withoutFrames = open({})
    withoutFrames.tell("after")
    assert.strictEqual(withoutFrames.pictured(), "after")
    withoutFrames.dispose()
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
