import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { freeStem, safeName, savedName, stemOf } from "../../../media/recording/fileNames.js"

describe("a file's name", () => {
  it("is valid on every system, whatever people call themselves", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ unit: "grapheme", maxLength: 64 }), (name) => {
        const safe = safeName(name)
        assert.match(safe, /^[\p{L}\p{M}\p{N}-]{1,40}(_\d+)?$/u)
      })
    )
  })

  it("keeps letters of any script, and nothing that forms a path", () => {
    assert.strictEqual(safeName("Só/../ßx"), "Só-ßx")
    assert.strictEqual(safeName("山田 太郎"), "山田-太郎")
    assert.strictEqual(safeName(".."), "Guest")
  })

  it("has a number if somebody else has it", () => {
    assert.strictEqual(freeStem("Ada", ["ada", "Ada_2"]), "Ada_3")
    assert.strictEqual(safeName("Ada (2)"), "Ada_2")
    assert.strictEqual(safeName("… (2)"), "Guest_2")
  })

  it.each([
    ["Host", "Hoſt"],
    ["Νίκος", "ΝΊΚΟΣ"],
    ["Νίκος", "Νίκοσ"],
    ["STRAẞE", "straße"],
    ["Kim", "\u212aim"],
    ["José", "Jose\u0301"]
  ])("%s is no other for disks that know no case than %s", (one, other) => {
    assert.strictEqual(freeStem(other, [one]), `${other}_2`)
    assert.strictEqual(freeStem(one, [other]), `${one}_2`)
  })

  it("of a recording tells when it began, by the clock of the machine that saves it", () => {
    assert.strictEqual(savedName(new Date(2026, 10, 3, 4, 5, 6).toISOString()), "2026-11-03 04-05-06")
    assert.strictEqual(savedName(new Date(2026, 0, 31, 23, 59, 59, 999).toISOString()), "2026-01-31 23-59-59")
  })

  it("tells person and kind, or only that it is the programme", () => {
    assert.strictEqual(stemOf("Ada", "camera"), "Ada")
    assert.strictEqual(stemOf("Ada", "screen"), "Ada-screen")
    assert.strictEqual(stemOf("Alle zusammen", "programme"), "programme")
  })
})
