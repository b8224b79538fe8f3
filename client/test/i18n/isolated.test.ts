import { assert, describe, it } from "@effect/vitest"
import { isolated, partsOf, unhyphenated, unmarked } from "../../i18n/isolated.js"

describe("a name in a sentence", () => {
  it("is isolated from the text around it, and the marks can be removed for screen readers", () => {
    const sentence = `Only ${isolated("\u05d0\u05d3\u05d4")} hears you`
    assert.deepStrictEqual(partsOf(sentence), [
      { text: "Only ", isolated: false },
      { text: "\u05d0\u05d3\u05d4", isolated: true },
      { text: " hears you", isolated: false }
    ])
    assert.strictEqual(unmarked(sentence), "Only \u05d0\u05d3\u05d4 hears you")
  })
})

describe("a text for screen readers", () => {
  it("has no soft hyphens", () => {
    assert.strictEqual(unhyphenated("Einstel\u00ADlun\u00ADgen"), "Einstellungen")
  })
})
