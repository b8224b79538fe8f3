import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { savesPowerByH264 } from "../../../rtc/quality/hardware.js"

/** A browser that encodes these in hardware. */
const having =
  (...hardware: ReadonlyArray<string>) =>
  async ({ type, video }: MediaEncodingConfiguration) => ({
    powerEfficient: type === "webrtc" && hardware.some((codec) => video?.contentType.startsWith(`video/${codec}`))
  })

describe("H.264 saves power", () => {
  const table = [
    { of: "a machine that has only H.264 in hardware", asked: having("H264"), saves: true },
    { of: "a machine that has VP8 too", asked: having("H264", "VP8"), saves: false },
    { of: "a machine that has VP8 alone", asked: having("VP8"), saves: false },
    { of: "a machine without hardware for either", asked: having(), saves: false },
    { of: "a browser that refuses the question", asked: () => Promise.reject(new TypeError("webrtc")), saves: false },
    {
      of: "a browser that knows no such question",
      asked: () => {
        throw new TypeError("encodingInfo is not a function")
      },
      saves: false
    }
  ]
  for (const { asked, of, saves } of table)
    it.effect(`${saves ? "on" : "not on"} ${of}`, () =>
      Effect.map(savesPowerByH264(asked), (saved) => assert.strictEqual(saved, saves))
    )
})
