import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createRoot, createSignal } from "solid-js"
import { vi } from "vitest"
import { makeObservable, type Observable } from "../../../browser/Observable.js"
import { createSpokenMuted } from "../../../features/devices/createSpokenMuted.js"

/** A clone that was metered, and its level. */
interface Metered {
  readonly track: MediaStreamTrack
  readonly level: Observable<number>
}

/** A track with only what is used here. */
const fakeTrack = (enabled: boolean): MediaStreamTrack => {
  const track = {
    enabled,
    readyState: "live",
    clone: () => fakeTrack(track.enabled),
    stop: () => {
      track.readyState = "ended"
    }
  }
  return track as MediaStreamTrack & typeof track
}

const setUp = () =>
  createRoot((dispose) => {
    const [muted, setMuted] = createSignal(false)
    const [track, setTrack] = createSignal<MediaStreamTrack | null>(fakeTrack(false))
    const [original, setOriginal] = createSignal(false)
    const [hasListener, setHasListener] = createSignal(true)
    const clones: Array<Metered> = []
    const model = createSpokenMuted({
      devices: { microphone: { muted, track }, soundShape: { original } },
      hasListener,
      levelOf: (track) =>
        Effect.sync(() => {
          const level = makeObservable(0)
          clones.push({ track, level })
          return level
        })
    })
    /** Sets this level `times` times on the clone that was metered last. */
    const setLevels = (level: number, times: number) => {
      for (let time = 0; time < times; time++) clones.at(-1)?.level.set(level)
    }
    /** Waits until `count` clones were metered so far, and if `live`, the last one still is, else none. */
    const metered = (count: number, live: boolean) =>
      vi.waitFor(() => {
        assert.strictEqual(clones.length, count)
        const liveClones = clones.filter(({ track }) => track.readyState === "live")
        assert.deepStrictEqual(liveClones, live ? clones.slice(-1) : [])
      })
    return { ...model, dispose, clones, setLevels, metered, setHasListener, setMuted, setOriginal, setTrack, track }
  })

const levelsPerSecond = 15

describe("speech into a muted microphone", () => {
  it("is noticed after a second, and once for each muting", async () => {
    const page = setUp()
    await page.metered(0, false)
    page.setMuted(true)
    await page.metered(1, true)
    assert.isTrue(page.clones[0]?.track.enabled)
    assert.isFalse(page.track()?.enabled, "what is sent stays silent")
    page.setLevels(0.8, 5)
    page.setLevels(0, levelsPerSecond)
    assert.isFalse(page.spoken())
    page.setLevels(0.8, levelsPerSecond)
    assert.isTrue(page.spoken())
    // The clone is not needed any more.
    await page.metered(1, false)
    page.dismiss()
    assert.isFalse(page.spoken())
    await page.metered(1, false)

    page.setMuted(false)
    page.setMuted(true)
    await page.metered(2, true)
    page.setLevels(0.8, levelsPerSecond)
    assert.isTrue(page.spoken())
    page.setMuted(false)
    assert.isFalse(page.spoken())
    page.dispose()
  })

  it("is not metered without a listener, with original sound, and once the device is closed", async () => {
    const page = setUp()
    page.setMuted(true)
    await page.metered(1, true)
    page.setHasListener(false)
    await page.metered(1, false)
    page.setHasListener(true)
    await page.metered(2, true)
    page.setOriginal(true)
    await page.metered(2, false)
    page.setOriginal(false)
    await page.metered(3, true)
    page.setTrack(null)
    assert.strictEqual(page.clones[2]?.track.readyState, "ended", "before anything else can open the device")
    page.setTrack(fakeTrack(false))
    await page.metered(4, true)
    page.dispose()
    await page.metered(4, false)
  })
})
