import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { PeerName } from "../contract/PeerName.js"

const decode = Schema.decodeUnknownEither(PeerName)
/** Null where it is no name. */
const read = (text: string): string | null => Either.getOrNull(decode(text))

/** What turns writing around or cannot be seen, among what can. */
const character = FastCheck.oneof(
  FastCheck.constantFrom("\u202e", "\u2066", "\u200b", "\u200c", "\u200d", "\u2028", "\u2029", "\ufeff", "\0", "\x1b"),
  FastCheck.constantFrom("\u00ad", "\u061c", "\u{e0041}", " ", "\n", "\u3000", "A", "ی", "👩", "\ud800", "e\u0301"),
  FastCheck.string({ unit: "binary", minLength: 1, maxLength: 1 })
)

describe("a peer's name", () => {
  it("holds nothing that cannot be seen but joiners, in any text, and is the same when read again", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.array(character, { maxLength: 40 }), (characters) => {
        const text = characters.join("")
        const name = decode(text)
        if (Either.isLeft(name)) {
          const left = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, "").trim()
          assert.isTrue(left === "" || left.length > 20 || !text.isWellFormed(), JSON.stringify(text))
          return
        }
        assert.notMatch(name.right.replace(/[\u200c\u200d]/g, ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        assert.strictEqual(name.right.trim(), name.right)
        assert.isTrue(name.right.length >= 1 && name.right.length <= 64)
        assert.deepStrictEqual(decode(name.right), name)
        // Nothing that can be seen is lost.
        const seen = (of: string) => of.replace(/[\p{Cc}\p{Cf}\p{Z}\s]/gu, "")
        assert.strictEqual(seen(name.right), seen(text))
      }),
      { numRuns: 2000 }
    )
  })

  it("keeps the joiners that scripts and emoji are written with", () => {
    for (const name of ["می‌خواهم", "क्‍ष", "👩‍🚀"]) assert.strictEqual(read(name), name)
  })

  it("has no tower of marks, which would stand over what is above it, and all marks of any script", () => {
    const tower = "\u0301\u200d".repeat(60)
    assert.strictEqual(read(`Eve${tower}`), `Eve${"\u0301\u200d".repeat(5)}\u0301\u200d`)
    assert.strictEqual(
      read(`E${"\u20dd".repeat(80)}v${"\u0301".repeat(80)}e`),
      `E${"\u20dd".repeat(6)}v${"\u0301".repeat(6)}e`
    )
    for (const name of ["Nguyễn".normalize("NFD"), "สุกฤษฎิ์", "בְּרֵאשִׁ֖ית", "1\ufe0f\u20e3"])
      assert.strictEqual(read(name), name)
  })

  it("is refused in a time that grows with its length alone", () => {
    // A pattern that tries the rest of the text from each of its places would take minutes.
    assert.isNull(read(`A${"\u200d".repeat(50_000)}`))
  }, 20_000)

  it("is counted after what cannot be seen was taken out", () => {
    assert.strictEqual(read(`\u202e${"n".repeat(64)}\u2069 `), "n".repeat(64))
    for (const name of ["\u202e\u2066", " \u200d ", "n".repeat(65)]) assert.isNull(read(name))
  })

  it("has something in it that can be seen", () => {
    const blanks = FastCheck.constantFrom(
      ..."\u3164\u2800\u115f\u1160\uffa0\u034f\u17b4\u180b\ufe0f\u3000\u00a0\u200b\u200d \u{1d159}\u{e0100}"
    )
    FastCheck.assert(
      FastCheck.property(
        FastCheck.array(blanks, { maxLength: 20 }),
        FastCheck.constantFrom("A", "ی", "👩"),
        (blanks, seen) => {
          assert.isNull(read(blanks.join("")))
          assert.include(read(`${blanks.join("")}${seen}`), seen)
        }
      )
    )
  })
})
