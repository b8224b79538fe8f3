import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { cleanName } from "../../rtc/cleanName.js"
import { distinctName } from "../../rtc/distinctName.js"

describe("a distinct name", () => {
  const long = "a".repeat(64)
  const table: ReadonlyArray<
    readonly [name: string, others: ReadonlyArray<string>, before: string | undefined, called: string]
  > = [
    ["Ada", [], undefined, "Ada"],
    ["Ada", ["Grace", "Adam"], undefined, "Ada"],
    ["Ada", ["Ada"], undefined, "Ada (2)"],
    ["Ada", ["Ada", "Ada (2)"], undefined, "Ada (3)"],
    // The first has left: the next one gets the name.
    ["Ada", ["Ada (2)"], undefined, "Ada"],
    ["Ada (2)", ["Ada", "Ada (2)"], undefined, "Ada (2) (2)"],
    // Names that look the same count as the same.
    ["ADA", ["ada"], undefined, "ADA (2)"],
    ["Ａｄａ", ["Ada"], undefined, "Ａｄａ (2)"],
    ["e\u0301mile", ["\u00c9mile"], undefined, "e\u0301mile (2)"],
    ["Strauss", ["Strauß"], undefined, "Strauss (2)"],
    ["Ada  Lovelace", ["ada\u00a0lovelace"], undefined, "Ada  Lovelace (2)"],
    ["Ada\u200d", ["Ada"], undefined, "Ada\u200d (2)"],
    ["A\u034fda", ["Ada"], undefined, "A\u034fda (2)"],
    ["Ada", ["Ada\ufe0f"], undefined, "Ada (2)"],
    ["Ada\u3164", ["Ada"], undefined, "Ada\u3164 (2)"],
    ["Ada\u2800", ["Ada"], undefined, "Ada\u2800 (2)"],
    ["\uffa0Ada", ["Ada"], undefined, "\uffa0Ada (2)"],
    // One who comes again keeps the name, whoever has left.
    ["Ada", ["Grace"], "Ada (2)", "Ada (2)"],
    ["Ada", ["Ada (2)"], "Ada", "Ada"],
    ["Ada", ["Ada (2)"], "Ada (2)", "Ada"],
    ["Grace", ["Ada"], "Ada (2)", "Grace"],
    ["Ada Lovelace", ["Ada"], "Ada", "Ada Lovelace"],
    // No name is longer than the control channel allows.
    [long, [long], undefined, `${"a".repeat(60)} (2)`],
    [long, [], `${"a".repeat(60)} (2)`, `${"a".repeat(60)} (2)`],
    ["👩".repeat(32), ["👩".repeat(32)], undefined, `${"👩".repeat(30)} (2)`]
  ]
  for (const [name, others, before, called] of table) {
    const was = before === undefined ? "" : ` that was ${before}`
    it(`${name}${was} beside ${others.join(", ") || "nobody"}`, () => {
      assert.strictEqual(distinctName(name, others, before), called)
    })
  }

  it("differs for each, however many come and whatever their names", () => {
    const name = FastCheck.oneof(
      FastCheck.constantFrom("Ada", "ada", "Ada (2)", "Ada (3)", long),
      FastCheck.string({ unit: "binary", maxLength: 8 })
    )
    FastCheck.assert(
      FastCheck.property(FastCheck.array(name, { maxLength: 6 }), (names) => {
        const called: Array<string> = []
        for (const one of names.map(cleanName).filter((clean) => clean !== "")) called.push(distinctName(one, called))
        assert.strictEqual(new Set(called).size, called.length)
        for (const one of called) {
          assert.isAtMost(one.length, 64)
          assert.strictEqual(cleanName(one), one)
        }
      })
    )
  })
})
