import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { type Loudspeaker, makePlayback } from "../../media/playback.js"

/** An `<audio>` of a browser that may want a press first. */
class FakeAudio extends EventTarget implements Loudspeaker {
  srcObject: MediaStream | null = null
  paused = true
  ended = false
  allowed = true
  sink = ""
  sinks: ReadonlyArray<string> = [""]
  played = 0
  play = async () => {
    this.played++
    if (!this.allowed) throw new DOMException("A press is needed.", "NotAllowedError")
    this.paused = false
  }
  setSinkId = async (id: string) => {
    if (!this.sinks.includes(id)) throw new DOMException("It is gone.", "NotFoundError")
    this.sink = id
  }
  pause() {
    if (!this.paused) this.interrupt()
  }
  interrupt() {
    this.paused = true
    this.dispatchEvent(new Event("pause"))
  }
}

// Only its identity matters here.
const stream = {} as MediaStream

const open = () => {
  const audio = new FakeAudio()
  const refusals: Array<boolean> = []
  return { audio, refusals, playback: makePlayback(audio, (is) => refusals.push(is)) }
}

describe("a voice", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it("plays as soon as it is there, and again with another track", async () => {
    const { audio, playback, refusals } = open()
    playback.setStream(stream)
    await vi.runAllTimersAsync()
    assert.isFalse(audio.paused)
    // A new source stops an element without an event.
    audio.paused = true
    playback.setStream({} as MediaStream)
    await vi.runAllTimersAsync()
    assert.isFalse(audio.paused)
    assert.isFalse(refusals.includes(true))
  })

  it("reports that the browser refuses, and that it no longer does after a press", async () => {
    const { audio, playback, refusals } = open()
    audio.allowed = false
    playback.setStream(stream)
    await vi.runAllTimersAsync()
    assert.isTrue(refusals.at(-1))
    audio.allowed = true
    playback.play()
    await vi.runAllTimersAsync()
    assert.deepStrictEqual([audio.paused, refusals.at(-1)], [false, false])
  })

  it("goes on after an interruption, but neither after its end nor once it is closed", async () => {
    const { audio, playback } = open()
    playback.setStream(stream)
    await vi.runAllTimersAsync()
    audio.interrupt()
    await vi.runAllTimersAsync()
    assert.isFalse(audio.paused)
    const { played } = audio
    audio.ended = true
    audio.interrupt()
    await vi.runAllTimersAsync()
    audio.ended = false
    audio.interrupt()
    playback.close()
    await vi.runAllTimersAsync()
    assert.deepStrictEqual([audio.played, audio.srcObject], [played, null])
  })

  it("takes the default speaker if the picked one is gone", async () => {
    const { audio, playback } = open()
    audio.sinks = ["", "headset"]
    playback.setSink("headset")
    await vi.runAllTimersAsync()
    assert.strictEqual(audio.sink, "headset")
    playback.setSink("gone")
    await vi.runAllTimersAsync()
    assert.strictEqual(audio.sink, "")
  })
})
