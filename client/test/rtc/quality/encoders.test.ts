import { assert, describe, it } from "@effect/vitest"
import type { Limits } from "../../../rtc/quality/adaptation.js"
import { makeEncoders } from "../../../rtc/quality/encoders.js"

const limits = (lines: number): Limits => ({ active: true, lines, maxFramerate: 30, maxBitrate: 500_000 })

/** A sender that keeps what it was told, and refuses it where `refuses`. */
const makeSender = (settings: MediaTrackSettings, refuses = false) => {
  const told: Array<object> = []
  let asked = 0
  const sender = {
    track: { contentHint: "", getSettings: () => settings },
    getParameters: () => {
      asked++
      return { encodings: [{}] }
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
  it("are told only what is new to them", async () => {
    const settings = { width: 1280, height: 720 }
    const video = makeSender(settings)
    const encoders = makeEncoders((kind) => (kind === "video" ? video.sender : undefined))
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

  it("are told, each of them, where one of them refuses", async () => {
    const refusing = makeSender({}, true)
    const screen = makeSender({ width: 1920, height: 1080 })
    const encoders = makeEncoders((kind) => (kind === "screen" ? screen.sender : refusing.sender))
    const failure = await encoders.setLimits({ camera: limits(360), screen: limits(540) }).catch(String)
    assert.strictEqual(failure, "Error: These parameters are not taken.")
    assert.deepInclude(screen.told.at(-1), { scaleResolutionDownBy: 2 })
  })
})
