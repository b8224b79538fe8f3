import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, vi } from "vitest"
import { makeMixer } from "../../media/Mixer.js"
import { hostVoice } from "../../media/mixMinus.js"

/** A node that is connected to nothing. */
class Node {
  connect = <A>(next: A) => next
  disconnect = () => undefined
}

class Context extends EventTarget {
  readonly state = "running"
  createMediaStreamSource = () => new Node()
  close = async () => undefined
}

/** Measures the loudest sound. */
class Analyser extends Node {
  getFloatTimeDomainData = (samples: Float32Array) => samples.fill(1)
}

/** A worker that beats when the test says so. */
class Beats extends EventTarget {
  static latest: Beats | undefined
  constructor() {
    super()
    Beats.latest = this
  }
  postMessage = () => undefined
  terminate = () => undefined
}

beforeEach(() => {
  vi.stubGlobal("AudioContext", Context)
  vi.stubGlobal("GainNode", Node)
  vi.stubGlobal("AnalyserNode", Analyser)
  vi.stubGlobal("MediaStream", Object)
  vi.stubGlobal("Worker", Beats)
  vi.stubGlobal("navigator", {})
})
afterEach(() => void vi.unstubAllGlobals())

describe("a mixer", () => {
  it.scoped("measures levels by a worker's clock: the page's own is slow in a hidden tab", () =>
    Effect.gen(function* () {
      const mixer = yield* makeMixer
      const track: unknown = {}
      mixer.setVoice(hostVoice, track as MediaStreamTrack)
      assert.isUndefined(mixer.levels.get().get(hostVoice))
      Beats.latest?.dispatchEvent(Object.assign(new Event("message"), { data: 0 }))
      assert.strictEqual(mixer.levels.get().get(hostVoice), 1)
    })
  )
})
