import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { afterEach, vi } from "vitest"
import { createSentVoice } from "../../../features/devices/createSentVoice.js"

/** A track with only an id: nothing is played here. */
const trackOf = (id: string): MediaStreamTrack => Object.assign(new EventTarget(), { id }) as MediaStreamTrack

/** Web Audio of a browser that lets a page play sound once `press` is called. */
const stubWebAudio = () => {
  const open: Array<ReadonlyArray<MediaStreamTrack>> = []
  let press = (): void => undefined
  const pressed = new Promise<void>((resolve) => {
    press = resolve
  })
  class Context extends EventTarget {
    readonly sounds: Array<MediaStreamTrack> = []
    constructor() {
      super()
      open.push(this.sounds)
    }
    createMediaStreamSource({ tracks }: { readonly tracks: ReadonlyArray<MediaStreamTrack> }) {
      this.sounds.push(...tracks)
      return { connect: () => undefined }
    }
    resume() {
      return pressed
    }
    async close() {
      open.splice(open.indexOf(this.sounds), 1)
    }
  }
  class Destination {
    readonly track = trackOf("mixed")
    readonly stream = { getAudioTracks: () => [this.track] }
  }
  class Stream {
    constructor(readonly tracks: ReadonlyArray<MediaStreamTrack>) {}
  }
  vi.stubGlobal("AudioContext", Context)
  vi.stubGlobal("MediaStreamAudioDestinationNode", Destination)
  vi.stubGlobal("MediaStream", Stream)
  vi.stubGlobal("navigator", {})
  return { open, press }
}

const setUp = () =>
  createRoot((dispose) => {
    const [microphone, setMicrophone] = createSignal<MediaStreamTrack | null>(null)
    const [sound, setSound] = createSignal<MediaStreamTrack | null>(null)
    return { dispose, setMicrophone, setSound, voice: createSentVoice(microphone, sound) }
  })

afterEach(() => void vi.unstubAllGlobals())

describe("what is sent as a voice", () => {
  it("is the microphone, and with a screen's sound the mix of both once the context runs", async () => {
    const audio = stubWebAudio()
    const page = setUp()
    const [microphone, sound] = [trackOf("microphone"), trackOf("sound")]
    page.setMicrophone(microphone)
    assert.strictEqual(page.voice(), microphone)
    page.setSound(sound)
    await vi.waitFor(() => assert.deepStrictEqual(audio.open, [[microphone, sound]]))
    // The microphone is sent while the browser waits for a press.
    assert.strictEqual(page.voice(), microphone)
    audio.press()
    await vi.waitFor(() => assert.strictEqual(page.voice()?.id, "mixed"))
    assert.strictEqual(page.voice()?.contentHint, "music")
    page.setSound(null)
    assert.strictEqual(page.voice(), microphone)
    await vi.waitFor(() => assert.isEmpty(audio.open))
    page.dispose()
  })

  it("is only the screen's sound without a microphone, and mixes in one that is opened later", async () => {
    const audio = stubWebAudio()
    audio.press()
    const page = setUp()
    const [microphone, sound] = [trackOf("microphone"), trackOf("sound")]
    page.setSound(sound)
    assert.isNull(page.voice())
    await vi.waitFor(() => assert.strictEqual(page.voice()?.id, "mixed"))
    assert.deepStrictEqual(audio.open, [[sound]])
    page.setMicrophone(microphone)
    await vi.waitFor(() => assert.deepStrictEqual(audio.open, [[microphone, sound]]))
    page.dispose()
    await vi.waitFor(() => assert.isEmpty(audio.open))
  })
})
