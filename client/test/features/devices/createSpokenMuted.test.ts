import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createRoot, createSignal } from "solid-js"
import { vi } from "vitest"
import { makeObservable, type Observable } from "../../../browser/Observable.js"
import { createSpokenMuted } from "../../../features/devices/createSpokenMuted.js"

/** A clone that was metered, and its level. */
interface Heard {
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
    const [company, setCompany] = createSignal(true)
    const heard: Array<Heard> = []
    const model = createSpokenMuted({
      devices: { microphone: { muted, track }, soundShape: { original } },
      company,
      levelOf: (track) =>
        Effect.sync(() => {
          const level = makeObservable(0)
          heard.push({ track, level })
          return level
        })
    })
    /** Sets this level `times` times on the clone that was metered last. */
    const setLevels = (level: number, times: number) => {
      for (let time = 0; time < times; time++) heard.at(-1)?.level.set(level)
    }
    /** Waits until `times` clones were metered, and the last one still is, or none. */
    const listened = (times: number, still: boolean) =>
      vi.waitFor(() => {
        assert.strictEqual(heard.length, times)
        const live = heard.filter(({ track }) => track.readyState === "live")
        assert.deepStrictEqual(live, still ? heard.slice(-1) : [])
      })
    return { ...model, dispose, heard, hears: setLevels, listened, setCompany, setMuted, setOriginal, setTrack, track }
  })

const levelsPerSecond = 15

describe("speech into a muted microphone", () => {
  it("is noticed after a second, and once for each muting", async () => {
    const page = setUp()
    await page.listened(0, false)
    page.setMuted(true)
    await page.listened(1, true)
    assert.isTrue(page.heard[0]?.track.enabled)
    assert.isFalse(page.track()?.enabled, "what is sent stays silent")
    page.hears(0.8, 5)
    page.hears(0, levelsPerSecond)
    assert.isFalse(page.spoken())
    page.hears(0.8, levelsPerSecond)
    assert.isTrue(page.spoken())
    // The clone is not needed any more.
    await page.listened(1, false)
    page.dismiss()
    assert.isFalse(page.spoken())
    await page.listened(1, false)

    page.setMuted(false)
    page.setMuted(true)
    await page.listened(2, true)
    page.hears(0.8, levelsPerSecond)
    assert.isTrue(page.spoken())
    page.setMuted(false)
    assert.isFalse(page.spoken())
    page.dispose()
  })

  it("is not metered without company, with original sound, and once the device is closed", async () => {
    const page = setUp()
    page.setMuted(true)
    await page.listened(1, true)
    page.setCompany(false)
    await page.listened(1, false)
    page.setCompany(true)
    await page.listened(2, true)
    page.setOriginal(true)
    await page.listened(2, false)
    page.setOriginal(false)
    await page.listened(3, true)
    page.setTrack(null)
    assert.strictEqual(page.heard[2]?.track.readyState, "ended", "before anything else can open the device")
    page.setTrack(fakeTrack(false))
    await page.listened(4, true)
    page.dispose()
    await page.listened(4, false)
  })
})
