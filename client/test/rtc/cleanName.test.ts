import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { cleanName } from "../../rtc/cleanName.js"
import { decodeHostMessage } from "../../rtc/control.js"

describe("a name", () => {
  it("has no invisible characters but joiners", () => {
    assert.strictEqual(cleanName(" A\u202ed\u0000a\u2066\u2028 "), "Ada")
    assert.strictEqual(
      cleanName("\u0646\u0627\u0645\u0647\u200c\u0627\u06cc"),
      "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc"
    )
    assert.strictEqual(cleanName("👩\u200d🔬"), "👩\u200d🔬")
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ unit: "binary" }), (name) => {
        assert.notMatch(cleanName(name).replaceAll(/[\u200c\u200d]/g, ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        assert.strictEqual(cleanName(cleanName(name)), cleanName(name))
      })
    )
  })

  it("has no tower of marks", () => {
    assert.strictEqual(cleanName(`E${"\u0301\u200d".repeat(60)}ve`), `E${"\u0301\u200d".repeat(6)}ve`)
    const sign = FastCheck.constantFrom("\u0301", "\u20dd", "\u200c", "\u200d", "e")
    FastCheck.assert(
      FastCheck.property(FastCheck.array(sign, { maxLength: 40 }), (signs) => {
        // How many marks since the last letter, and which joiners since the last character that is not one.
        let marks = 0
        let pending = ""
        let kept = ""
        for (const one of signs) {
          if (one === "\u200c" || one === "\u200d") {
            pending += one
            continue
          }
          marks = one === "e" ? 0 : marks + 1
          if (marks <= 6) kept += pending + one
          pending = ""
        }
        assert.strictEqual(cleanName(`A${signs.join("")}`), `A${kept}${pending}`)
      }),
      { numRuns: 1000 }
    )
  })

  it.each([
    ["joiners", "\u200d"],
    ["marks with joiners", `\u0301${"\u200d".repeat(1000)}`],
    ["towers of six", `e${"\u0301\u200c".repeat(6)}`]
  ])(
    "is cleaned in linear time: %s",
    (_, part) => {
      const name = `A${part.repeat(Math.ceil(50_000 / part.length))}`
      // A pattern that tries the rest of the text from each position would take minutes.
      assert.isTrue(cleanName(name).startsWith("A"))
    },
    20_000
  )

  it("is cleaned when it comes over the control channel, and refused if nothing is left", () => {
    const line = { type: "chat", id: "1", text: "Hello", at: 1 }
    assert.deepInclude(decodeHostMessage(JSON.stringify({ ...line, from: "A\u202eda\u200b" })), { from: "Ada" })
    assert.isNull(decodeHostMessage(JSON.stringify({ ...line, from: "\u202e\u200b" })))
    assert.deepInclude(decodeHostMessage('{"type":"sharing","on":true,"name":"\u2066Ada","you":false}'), {
      name: "Ada"
    })
  })
})
