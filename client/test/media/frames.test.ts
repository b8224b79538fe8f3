import { assert, describe, it } from "@effect/vitest"
import { makeFrameCount } from "../../media/frames.js"

describe("the frames of a picture", () => {
  const quality = (totalVideoFrames: number) => () => ({ totalVideoFrames }) as VideoPlaybackQuality

  it("are counted by callbacks if there are any, whatever the statistics report", () => {
    let seen: ((now: number, frame: { readonly presentedFrames: number }) => void) | undefined
    const count = makeFrameCount({
      getVideoPlaybackQuality: quality(0),
      requestVideoFrameCallback: (hear) => {
        seen = hear
        return 1
      }
    })
    assert.strictEqual(count(), 0)
    seen?.(0, { presentedFrames: 12 })
    assert.strictEqual(count(), 12)
    assert.strictEqual(count(), 12, "a picture that stands still")
    seen?.(500, { presentedFrames: 27 })
    assert.strictEqual(count(), 27)
  })

  it("are counted by what was painted in a Firefox without callbacks, else by the statistics", () => {
    assert.strictEqual(makeFrameCount({ getVideoPlaybackQuality: quality(0), mozPaintedFrames: 5 })(), 5)
    assert.strictEqual(makeFrameCount({ getVideoPlaybackQuality: quality(7) })(), 7)
  })
})
