import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { loudMore, type Speaking, silence, speakingAfter } from "../../media/speaking.js"

/** Levels every 100 ms; each guest's as a row of digits, 0 to 9 tenths. */
const after = (rows: Readonly<Record<string, string>>, from: Speaking = silence, begun = 0): Speaking => {
  const length = Math.max(...Object.values(rows).map((row) => row.length))
  let now = from
  for (let index = 0; index < length; index++) {
    const levels = new Map(Object.entries(rows).map(([id, row]) => [id, Number(row[index] ?? 0) / 10]))
    now = speakingAfter(now, levels, begun + index * 100)
  }
  return now
}

describe("who speaks", () => {
  it("is nobody for a cough, and somebody for a word, until a pause ends", () => {
    assert.deepStrictEqual([...after({ p1: "9" }).now], [])
    assert.deepStrictEqual([...after({ p1: "999" }).now], ["p1"])
    assert.deepStrictEqual([...after({ p1: "99900000" }).now], ["p1"])
    assert.deepStrictEqual([...after({ p1: "999000000000" }).now], [])
  })

  it("is the active speaker after a sentence, while speaking and in the silence after it", () => {
    assert.isNull(after({ p1: "9999" }).activeSpeaker)
    const led = after({ p1: "9".repeat(20) })
    assert.strictEqual(led.activeSpeaker, "p1")
    const both = after({ p1: "9".repeat(30), p2: "9".repeat(30) }, led, 2000)
    assert.strictEqual(both.activeSpeaker, "p1")
    const passed = after({ p1: "0".repeat(40), p2: "9".repeat(40) }, both, 5000)
    assert.strictEqual(passed.activeSpeaker, "p2")
    assert.strictEqual(after({ p1: "0".repeat(99), p2: "0".repeat(99) }, passed, 9000).activeSpeaker, "p2")
    assert.isNull(after({ p1: "0" }, passed, 9000).activeSpeaker)
  })

  it("is always somebody who is present", () => {
    const levels = FastCheck.dictionary(
      FastCheck.constantFrom("p1", "p2", "p3"),
      FastCheck.float({ min: 0, max: 1, noNaN: true })
    )
    FastCheck.assert(
      FastCheck.property(FastCheck.array(levels), (steps) => {
        let now = silence
        for (const [index, step] of steps.entries()) {
          now = speakingAfter(now, new Map(Object.entries(step)), index * 300)
          for (const id of [...now.now, ...(now.activeSpeaker === null ? [] : [now.activeSpeaker])])
            assert.property(step, id)
        }
      })
    )
  })
})

describe("how much more often a voice is loud than quiet", () => {
  /** Levels one after the other, as digits of tenths. */
  const after = (levels: string) => [...levels].reduce((before, level) => loudMore(before, Number(level) / 10), 0)

  it("grows with speech and its short gaps, and falls to 0 in silence", () => {
    assert.strictEqual(after("6679"), 4)
    assert.strictEqual(after("6670990669"), 6)
    assert.strictEqual(after("666600000000"), 0)
  })

  it("stays small for keys that are pressed", () => {
    assert.isAtMost(after("9010".repeat(50)), 1)
  })
})
