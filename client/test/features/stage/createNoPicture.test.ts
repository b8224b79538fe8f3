import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createNoPicture } from "../../../features/stage/createNoPicture.js"

describe("that no picture comes", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const begin = (stands = true) =>
    createRoot((dispose) => {
      const [live, setLive] = createSignal(stands)
      const [camera, setCamera] = createSignal(true)
      const [arriving, setArriving] = createSignal(false)
      return { dispose, setArriving, setCamera, setLive, said: createNoPicture({ live, camera, arriving }) }
    })

  it("is said of a camera that is on once it brought nothing for 5 seconds, and until it brings something", () => {
    const { dispose, said, setArriving } = begin()
    vi.advanceTimersByTime(4_999)
    assert.isFalse(said())
    vi.advanceTimersByTime(1)
    assert.isTrue(said())
    setArriving(true)
    assert.isFalse(said())
    setArriving(false)
    vi.advanceTimersByTime(4_999)
    assert.isFalse(said(), "each time anew")
    vi.advanceTimersByTime(1)
    assert.isTrue(said())
    dispose()
  })

  it("is said at once of a camera that is off, and not of one that was just turned on", () => {
    const { dispose, said, setArriving, setCamera } = begin()
    setArriving(true)
    setCamera(false)
    assert.isTrue(said())
    setArriving(false)
    vi.advanceTimersByTime(60_000)
    setCamera(true)
    assert.isFalse(said())
    dispose()
  })

  it("is not said without a connection, whose time is not the camera's", () => {
    const { dispose, said, setCamera, setLive } = begin(false)
    setCamera(false)
    vi.advanceTimersByTime(60_000)
    assert.isFalse(said())
    setCamera(true)
    setLive(true)
    vi.advanceTimersByTime(4_999)
    assert.isFalse(said())
    dispose()
  })
})
