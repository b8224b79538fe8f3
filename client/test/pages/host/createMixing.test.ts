import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { createMixing } from "../../../pages/host/createMixing.js"

/** Web Audio of a browser that mixes once it is allowed to. */
class Context extends EventTarget {
  static latest: Context | undefined
  state: AudioContextState = "suspended"
  onstatechange: (() => void) | null = null
  constructor() {
    super()
    Context.latest = this
  }
  becomes(state: AudioContextState) {
    this.state = state
    this.onstatechange?.()
  }
  async setSinkId() {}
  async resume() {}
  async close() {}
}

class Destination {
  readonly stream = { getAudioTracks: () => [this.track] }
  readonly track = { contentHint: "" }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("AudioContext", Context)
  vi.stubGlobal("MediaStreamAudioDestinationNode", Destination)
  vi.stubGlobal("document", new EventTarget())
  vi.stubGlobal("window", new EventTarget())
  vi.stubGlobal("navigator", {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe("the mix of all voices", () => {
  it("is there only while sound is mixed: a recorder whose sound does not arrive loses the picture, too", () =>
    createRoot((dispose) => {
      const mixing = createMixing(
        () => false,
        () => true
      )
      assert.isNull(mixing.whole())
      mixing.start()
      // As after a reload, until the first press.
      assert.isNull(mixing.whole())
      Context.latest?.becomes("running")
      const whole = mixing.whole()
      assert.isNotNull(whole)
      Context.latest?.becomes("interrupted")
      assert.isNull(mixing.whole())
      Context.latest?.becomes("running")
      assert.strictEqual(mixing.whole(), whole)
      dispose()
    }))

  it("ends with a recording, and is made anew for the next one", () => {
    const [recording, setRecording] = createSignal(true)
    const { dispose, mixing } = createRoot((dispose) => ({ dispose, mixing: createMixing(() => false, recording) }))
    mixing.start()
    Context.latest?.becomes("running")
    const whole = mixing.whole()
    assert.isNotNull(whole)
    setRecording(false)
    assert.isNull(mixing.whole())
    setRecording(true)
    assert.notStrictEqual(mixing.whole(), whole)
    dispose()
  })

  it("comes from another context once there is an output again", () => {
    const [noOutput, setNoOutput] = createSignal(false)
    const { dispose, mixing } = createRoot((dispose) => ({ dispose, mixing: createMixing(noOutput, () => false) }))
    mixing.start()
    const first = Context.latest
    first?.becomes("running")
    first?.dispatchEvent(new Event("error"))
    setNoOutput(true)
    assert.strictEqual(Context.latest, first)
    setNoOutput(false)
    assert.notStrictEqual(Context.latest, first)
    dispose()
  })
})
