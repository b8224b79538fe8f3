import { assert, describe, it } from "@effect/vitest"
import { loudspeakerChange } from "../../media/loudspeakerChange.js"

describe("a loudspeaker that the person picked", () => {
  it("is reported gone and back, once each, and not when somebody picks another", () => {
    const picked = "Headset"
    const gone = loudspeakerChange({ before: "h", now: "", picked, said: undefined })
    assert.deepStrictEqual(gone, { _tag: "Instead", of: picked })
    assert.deepStrictEqual(loudspeakerChange({ before: "", now: "h", picked, said: gone }), {
      _tag: "Back",
      of: picked
    })
    assert.isUndefined(
      loudspeakerChange({ before: undefined, now: "", picked, said: undefined }),
      "nothing is known yet"
    )
    assert.isUndefined(loudspeakerChange({ before: "", now: "h", picked, said: undefined }), "the list has come")
    assert.isUndefined(
      loudspeakerChange({ before: "h", now: "", picked: undefined, said: undefined }),
      "the default is picked"
    )
    assert.isUndefined(loudspeakerChange({ before: "h", now: "other", picked, said: undefined }))
  })
})
