import { assert, describe, it } from "@effect/vitest"
import { type SoundFacts, soundText } from "../../i18n/soundText.js"

describe("the notice about missing sound", () => {
  const fine = { refused: false, unmixed: null, noOutput: false, others: 2, speaks: true }
  const said = (facts: Partial<SoundFacts>) => soundText({ ...fine, ...facts })

  it("states who does not hear whom, no more and no less", () => {
    assert.isUndefined(said({}))
    assert.isUndefined(said({ refused: true, unmixed: "press", others: 0 }))
    assert.isUndefined(said({ unmixed: "press", others: 1, speaks: false }), "nobody misses anything")
    assert.strictEqual(said({ unmixed: "press", others: 1 })?.detail, "Until then your guests do not hear you.")
    assert.strictEqual(
      said({ unmixed: "press", speaks: false })?.detail,
      "Until then your guests do not hear each other."
    )
    assert.strictEqual(
      said({ refused: true, unmixed: "press" })?.detail,
      "Until then you hear nobody. Until then your guests hear neither you nor each other."
    )
    assert.strictEqual(said({ unmixed: "press" })?.title, "Press anywhere to start the sound")
  })

  it("states its cause", () => {
    assert.strictEqual(said({ unmixed: "output" })?.title, "No sound output was found")
    assert.match(said({ noOutput: true })?.detail ?? "", /you hear nobody\.$/)
    assert.strictEqual(said({ unmixed: "interrupted" })?.title, "Your device has taken the sound away")
  })
})
