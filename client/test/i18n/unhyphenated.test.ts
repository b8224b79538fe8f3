import { assert, describe, it } from "@effect/vitest"
import { unhyphenated } from "../../i18n/unhyphenated.js"

describe("a text for ears", () => {
  it("says nothing of where a long word may break", () => {
    assert.strictEqual(unhyphenated("Einstel\u00ADlun\u00ADgen"), "Einstellungen")
  })
})
