import { assert, describe, it } from "@effect/vitest"
import { sharpest } from "../../../rtc/quality/codecs.js"
import type { Limits } from "../../../rtc/quality/encoderLimits.js"
import { makeEncoders } from "../../../rtc/quality/encoders.js"

const limits = (lines: number): Limits => ({ active: true, lines, maxFramerate: 30, maxBitrate: 500_000 })

/** A sender that keeps what it was told, and refuses it if `refuses`. `codecs` are those that both sides have. */
const makeSender = (settings: MediaTrackSettings, refuses = false, codecs: ReadonlyArray<object> = []) => {
  const told: Array<object> = []
  let asked = 0
  const sender = {
    track: { contentHint: "", getSettings: () => settings },
    getParameters: () => {
      asked++
      return { encodings: [{}], codecs }
    },
    setParameters: async ({ encodings }: { readonly encodings: ReadonlyArray<object> }) => {
      if (refuses) throw new Error("These parameters are not taken.")
      told.push(...encodings)
    }
  }
  // No test can make one of the browser's own.
  return { told, asked: () => asked, sender: sender as unknown as RTCRtpSender }
}

describe("the encoders of a connection", () => {
  it("are given only parameters that are new", async () => {
    const settings = { width: 1280, height: 720 }
    const video = makeSender(settings)
    const encoders = makeEncoders((kind) => (kind === "video" ? video.sender : undefined), sharpest)
    await encoders.tell()
    assert.deepStrictEqual(video.told, [])
    await encoders.setLimits({ camera: limits(360), screen: limits(1080) })
    await encoders.tell()
    assert.deepStrictEqual([video.told.length, video.asked()], [1, 1])
    // A phone that is turned, or another camera.
    Object.assign(settings, { width: 640, height: 360 })
    await encoders.tell()
    assert.deepInclude(video.told.at(-1), { scaleResolutionDownBy: 1 })
  })

  it("are given the codec of a screen, once it is known which both sides have, and none for a camera", async () => {
    const [vp8, av1] = [{ mimeType: "video/VP8" }, { mimeType: "video/AV1" }]
    const codecs: Array<object> = []
    const camera = makeSender({}, false, codecs)
    const screen = makeSender({}, false, codecs)
    const encoders = makeEncoders(
      (kind) => ({ audio: undefined, video: camera.sender, screen: screen.sender })[kind],
      sharpest
    )
    await encoders.setLimits({ camera: limits(360), screen: limits(1080) })
    assert.notProperty(screen.told.at(-1), "codec")
    codecs.push(vp8, av1)
    await encoders.tell()
    await encoders.setLimits({ camera: limits(180), screen: limits(1080) })
    assert.deepInclude(screen.told.at(-1), { codec: av1 })
    assert.deepStrictEqual([screen.told.length, camera.told.length], [2, 2])
    assert.notProperty(camera.told.at(-1), "codec")
  })

  it("are all set even if one of them refuses", async () => {
    const refusing = makeSender({}, true)
    const screen = makeSender({ width: 1920, height: 1080 })
    const encoders = makeEncoders((kind) => (kind === "screen" ? screen.sender : refusing.sender), sharpest)
    const failure = await encoders.setLimits({ camera: limits(360), screen: limits(540) }).catch(String)
    assert.strictEqual(failure, "Error: These parameters are not taken.")
    assert.deepInclude(screen.told.at(-1), { scaleResolutionDownBy: 2 })
  })
})
