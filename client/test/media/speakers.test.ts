import { assert, describe, it } from "@effect/vitest"
import { speakerChange } from "../../media/speakers.js"

describe("a speaker that the person picked", () => {
  it("is reported gone and back, once each, and not when somebody picks another", () => {
    const picked = "Headset"
    const gone = speakerChange({ before: "h", now: "", picked, said: undefined })
    assert.deepStrictEqual(gone, { _tag: "Instead", of: picked })
    assert.deepStrictEqual(speakerChange({ before: "", now: "h", picked, said: gone }), { _tag: "Back", of: picked })
    assert.isUndefined(speakerChange({ before: undefined, now: "", picked, said: undefined }), "nothing is known yet")
    assert.isUndefined(speakerChange({ before: "", now: "h", picked, said: undefined }), "the list has come")
    assert.isUndefined(
      speakerChange({ before: "h", now: "", picked: undefined, said: undefined }),
      "the default is picked"
    )
    assert.isUndefined(speakerChange({ before: "h", now: "other", picked, said: undefined }))
  })
})
