import { assert, describe, it } from "@effect/vitest"
import { extensionOf, recordedType, type Tracks, tracksOf } from "../../../media/recording/mimes.js"

describe("a recorded file", () => {
  const any = () => true

  it("has a type that names the codecs of its tracks, and no others", () => {
    assert.deepStrictEqual(
      [tracksOf("ear", "eye"), tracksOf(null, "eye"), tracksOf("ear", null), tracksOf(null, null)],
      ["both", "video", "audio", null]
    )
    assert.deepStrictEqual(
      (["both", "video", "audio"] as const).map((tracks) => recordedType(tracks, any)),
      ["video/webm;codecs=vp8,opus", "video/webm;codecs=vp8", "audio/webm;codecs=opus"]
    )
    for (const refused of [/webm/, /webm;/]) {
      const some = (mime: string) => !refused.test(mime)
      assert.notMatch(recordedType("video", some) ?? "opus", /opus|mp4a/)
      assert.notMatch(recordedType("audio", some) ?? "vp8", /vp|avc/)
    }
  })

  it("is WebM if the browser can, and MP4 if it records nothing else", () => {
    const mp4 = (mime: string) => /mp4/.test(mime)
    const kinds: ReadonlyArray<Tracks> = ["both", "video", "audio"]
    assert.deepStrictEqual(
      kinds.map((tracks) => extensionOf(recordedType(tracks, mp4) ?? "")),
      ["mp4", "mp4", "mp4"]
    )
    assert.isUndefined(recordedType("both", () => false))
  })
})
