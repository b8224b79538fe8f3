import { assert, describe, it } from "@effect/vitest"
import { sendKeyFrame } from "../../rtc/keyFrame.js"

describe("a key frame", () => {
  it("is requested of every encoding, with nothing else changed", async () => {
    const parameters = { encodings: [{ active: true }, { active: false }] }
    const told: Array<ReadonlyArray<unknown>> = []
    const sender = {
      getParameters: () => parameters,
      setParameters: async (...given: ReadonlyArray<unknown>) => void told.push(given)
    }
    await sendKeyFrame(sender as unknown as RTCRtpSender)
    assert.deepStrictEqual(told, [[parameters, { encodingOptions: [{ keyFrame: true }, { keyFrame: true }] }]])
  })
})
