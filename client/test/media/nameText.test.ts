import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { directionOf, initialOf, numberOf, shortened } from "../../media/nameText.js"

describe("a name", () => {
  it("has an initial: its first character, whatever that is made of", () => {
    assert.deepStrictEqual(["ada", " émile", "e\u0301va", "👩🏽‍🚀 Sally", "ليلى", ""].map(initialOf), [
      "A",
      "É",
      "E\u0301",
      "👩🏽‍🚀",
      "ل",
      ""
    ])
  })

  it("is written from right to left if its first letter is", () => {
    const rightToLeft = ["ליאור", "ليلى", "1. ליאור Cohen", "𞤀𞤣𞤢"]
    const leftToRight = ["Ada", "Ada ליאור", "李", "123", ""]
    assert.deepStrictEqual(rightToLeft.map(directionOf), ["rtl", "rtl", "rtl", "rtl"])
    assert.deepStrictEqual(leftToRight.map(directionOf), ["ltr", "ltr", "ltr", "ltr", "ltr"])
  })

  it("has a number at its end only in the form that tells equal names apart", () => {
    const names = ["Ada", "Ada (2)", "Ada (100)", "Ada (2) (3)", "Ada (0)", "Ada (02)", "Ada (1000)", "Ada(2)", "(2)"]
    assert.deepStrictEqual(names.map(numberOf), ["", " (2)", " (100)", " (3)", "", "", "", "", ""])
  })

  it("is cut to fit the width, and no more than needed", () => {
    const widthOf = (text: string) => text.length
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ unit: "grapheme" }), FastCheck.nat(20), (name, width) => {
        const short = shortened(name, width, widthOf)
        assert.isAtMost(widthOf(short), Math.max(width, 0))
        if (widthOf(name) <= width) return assert.strictEqual(short, name)
        const number = numberOf(name)
        assert.isTrue(short.endsWith(number) || short === "")
        const beginning = short.slice(0, short.length - number.length)
        assert.isTrue(short === "" || (beginning.endsWith("…") && name.startsWith(beginning.slice(0, -1))))
      })
    )
    assert.strictEqual(shortened("Grace Hopper", 7, widthOf), "Grace…", "no space before the ellipsis")
    assert.strictEqual(shortened("abcdefgh", 4, widthOf), "abc…")
    assert.strictEqual(shortened("Grace Hopper (2)", 10, widthOf), "Grace… (2)", "with what tells it from another")
    assert.strictEqual(
      shortened(`Eve (${"1".repeat(58)})`, 10, widthOf),
      "Eve (1111…",
      "a number is not all there is room for"
    )
    assert.strictEqual(shortened("👩🏽‍🚀👩🏽‍🚀", 10, widthOf), "👩🏽‍🚀…")
  })
})
