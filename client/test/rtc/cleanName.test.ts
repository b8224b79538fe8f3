import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { cleanName } from "../../rtc/cleanName.js"
import { decodeHostMessage } from "../../rtc/control.js"

describe("a name", () => {
  it("has nothing in it that nobody sees, but joiners", () => {
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
  })

  it("comes over the control channel clean, and what is nothing else is no name", () => {
    const line = { type: "chat", id: "1", text: "Hello", at: 1 }
    assert.deepInclude(decodeHostMessage(JSON.stringify({ ...line, from: "A\u202eda\u200b" })), { from: "Ada" })
    assert.isNull(decodeHostMessage(JSON.stringify({ ...line, from: "\u202e\u200b" })))
    assert.deepInclude(decodeHostMessage('{"type":"sharing","on":true,"name":"\u2066Ada","you":false}'), {
      name: "Ada"
    })
  })
})
