import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"
import { ChatLine } from "../../rtc/chat.js"
import { decodeHostMessage, encodeControl } from "../../rtc/control.js"
import { historyOf, latestLines, maxHistory, maxMessageLength } from "../../rtc/history.js"

describe("the history of a chat", () => {
  it("arrives complete and in order, in messages of an accepted length", () => {
    const lines = FastCheck.array(Arbitrary.make(ChatLine), { maxLength: 200 })
    FastCheck.assert(
      FastCheck.property(lines, (lines) => {
        const heard = historyOf(lines).map((message) => {
          const text = encodeControl(message)
          assert.isAtMost(text.length, maxMessageLength)
          return decodeHostMessage(text)
        })
        assert.deepStrictEqual(
          heard.flatMap((message) => (message?.type === "history" ? message.lines : [])),
          lines
        )
      }),
      { numRuns: 30 }
    )
  })

  it("takes few messages even if lines are as long as they may be", () => {
    const line: ChatLine = { id: "1", from: "Ada", text: "x".repeat(1000), at: 1 }
    const long = Array.from({ length: 200 }, (_, index) => ({ ...line, id: `${index}` }))
    assert.isAtMost(historyOf(long).length, 15)
    const hard = { ...line, text: "\u0001".repeat(1000), from: "\u00e9".repeat(64) }
    assert.deepStrictEqual(
      historyOf([hard, hard, hard]).map(({ lines }) => lines.length),
      [2, 1]
    )
  })
})

describe("the latest lines", () => {
  const line = FastCheck.constantFrom("ada", "eve", "hedy", null)

  it("of one author are not displaced by another who writes without end", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.array(line, { maxLength: 60 }),
        FastCheck.integer({ min: 4, max: 20 }),
        (all, max) => {
          let kept: ReadonlyArray<{ readonly author: string | null; readonly index: number }> = []
          for (const [index, author] of all.entries())
            kept = latestLines([...kept, { author, index }], (one) => one.author, max)
          assert.strictEqual(kept.length, Math.min(all.length, max))
          const share = Math.floor(max / 4)
          for (const author of ["ada", "eve", "hedy", null]) {
            const wrote = all.flatMap((one, index) => (one === author ? [index] : []))
            const left = kept.filter((one) => one.author === author).map(({ index }) => index)
            assert.isAtLeast(left.length, Math.min(wrote.length, share))
            // The newest of each, in order.
            assert.deepStrictEqual(left, wrote.slice(wrote.length - left.length))
          }
          assert.deepStrictEqual(
            kept,
            [...kept].sort((one, other) => one.index - other.index)
          )
        }
      )
    )
  })

  it("are the last ones if only one author has written", () => {
    const lines = Array.from({ length: maxHistory + 5 }, (_, index) => index)
    assert.deepStrictEqual(
      latestLines(lines, () => "ada"),
      lines.slice(5)
    )
  })
})
