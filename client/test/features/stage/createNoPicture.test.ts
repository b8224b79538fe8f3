import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createNoPicture } from "../../../features/stage/createNoPicture.js"

describe("the note that there is no picture", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const begin = (connected = true) =>
    createRoot((dispose) => {
      const [live, setLive] = createSignal(connected)
      const [camera, setCamera] = createSignal(true)
      const [arriving, setArriving] = createSignal(false)
      return { dispose, setArriving, setCamera, setLive, shown: createNoPicture({ live, camera, arriving }) }
    })

  it("is shown once a camera that is on has sent nothing for 5 seconds, until a frame arrives", () => {
    const { dispose, shown, setArriving } = begin()
    vi.advanceTimersByTime(4_999)
    assert.isFalse(shown())
    vi.advanceTimersByTime(1)
    assert.isTrue(shown())
    setArriving(true)
    assert.isFalse(shown())
    setArriving(false)
    vi.advanceTimersByTime(4_999)
    assert.isFalse(shown(), "the 5 seconds begin anew")
    vi.advanceTimersByTime(1)
    assert.isTrue(shown())
    dispose()
  })

  it("is shown at once for a camera that is off, and not for one that was just turned on", () => {
    const { dispose, shown, setArriving, setCamera } = begin()
    setArriving(true)
    setCamera(false)
    assert.isTrue(shown())
    setArriving(false)
    vi.advanceTimersByTime(60_000)
    setCamera(true)
    assert.isFalse(shown())
    dispose()
  })

  it("is not shown without a connection, and the time before it does not count", () => {
    const { dispose, shown, setCamera, setLive } = begin(false)
    setCamera(false)
    vi.advanceTimersByTime(60_000)
    assert.isFalse(shown())
    setCamera(true)
    setLive(true)
    vi.advanceTimersByTime(4_999)
    assert.isFalse(shown())
    dispose()
  })
})
