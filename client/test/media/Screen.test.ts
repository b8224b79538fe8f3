import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { afterEach, vi } from "vitest"
import { makeScreen, type Screen } from "../../media/Screen.js"

class FakeTrack extends EventTarget {
  readyState: MediaStreamTrackState = "live"
  contentHint = ""
  constructor(readonly kind: "audio" | "video") {
    super()
  }
  stop() {
    this.readyState = "ended"
  }
  /** Ends by the browser's own button. */
  end() {
    this.stop()
    this.dispatchEvent(new Event("ended"))
  }
}

/** A browser that shares what its person picks: a picture, with its sound or without. */
const share = (answer: () => Promise<ReadonlyArray<FakeTrack>>, supported: object = {}) => {
  const asked: Array<DisplayMediaStreamOptions> = []
  const getDisplayMedia = async (wanted: DisplayMediaStreamOptions) => {
    asked.push(wanted)
    const tracks = await answer()
    const of = (kind: string) => () => tracks.filter((track) => track.kind === kind)
    return { getTracks: () => tracks, getVideoTracks: of("video"), getAudioTracks: of("audio") }
  }
  vi.stubGlobal("navigator", { mediaDevices: { getDisplayMedia, getSupportedConstraints: () => supported } })
  return asked
}

const shown = ({ state }: Screen) => {
  const now = state.get()
  return now._tag === "On" ? [now.track, now.sound] : now._tag
}

afterEach(() => void vi.unstubAllGlobals())

describe("a screen", () => {
  it.scoped("is sharp, comes with its sound, and both stop together", () =>
    Effect.gen(function* () {
      const [picture, sound] = [new FakeTrack("video"), new FakeTrack("audio")]
      const asked = share(async () => [picture, sound])
      const screen = yield* makeScreen
      yield* screen.open
      assert.deepStrictEqual<unknown>(shown(screen), [picture, sound])
      assert.strictEqual(picture.contentHint, "detail")
      assert.deepNestedInclude(asked[0], { "audio.echoCancellation": false, "video.frameRate": { ideal: 30, max: 30 } })
      yield* screen.close
      assert.strictEqual(shown(screen), "Off")
      assert.deepStrictEqual([picture.readyState, sound.readyState], ["ended", "ended"])
    })
  )

  it.scoped("is shared without a sound if there is none, and goes on when the sound ends", () =>
    Effect.gen(function* () {
      const [picture, sound] = [new FakeTrack("video"), new FakeTrack("audio")]
      share(async () => [new FakeTrack("video")])
      const silent = yield* makeScreen
      yield* silent.open
      assert.deepInclude(silent.state.get(), { _tag: "On", sound: null })
      share(async () => [picture, sound])
      const screen = yield* makeScreen
      yield* screen.open
      sound.end()
      assert.deepStrictEqual<unknown>(shown(screen), [picture, null])
    })
  )

  it.scoped("ends by the browser's own button, and is no longer sent", () =>
    Effect.gen(function* () {
      const [picture, sound] = [new FakeTrack("video"), new FakeTrack("audio")]
      share(async () => [picture, sound])
      const screen = yield* makeScreen
      yield* screen.open
      picture.end()
      assert.deepStrictEqual([shown(screen), sound.readyState], ["Off", "ended"])
    })
  )

  it.scoped("asks for the sound of the whole system only if the browser keeps this page's own out of it", () =>
    Effect.gen(function* () {
      const screen = yield* makeScreen
      const picture = async () => [new FakeTrack("video")]
      const older = share(picture)
      yield* screen.open
      assert.deepNestedInclude(older[0], { systemAudio: "exclude" })
      const newer = share(picture, { restrictOwnAudio: true })
      yield* screen.open
      assert.deepNestedInclude(newer[0], { systemAudio: "include", "audio.restrictOwnAudio": true })
    })
  )

  it.scoped("tells a change of mind from the system's refusal", () =>
    Effect.gen(function* () {
      const screen = yield* makeScreen
      for (const [message, tag] of [
        ["Permission denied", "Off"],
        ["Permission denied by system", "Refused"]
      ] as const) {
        share(() => Promise.reject(new DOMException(message, "NotAllowedError")))
        yield* screen.open
        assert.strictEqual(shown(screen), tag)
      }
    })
  )

  it.scoped("that comes after the person has given up is stopped at once", () =>
    Effect.gen(function* () {
      const tracks = [new FakeTrack("video"), new FakeTrack("audio")]
      const screen = yield* makeScreen
      share(async () => {
        await Effect.runPromise(screen.close)
        return tracks
      })
      yield* screen.open
      assert.strictEqual(shown(screen), "Off")
      assert.isTrue(tracks.every(({ readyState }) => readyState === "ended"))
    })
  )
})
