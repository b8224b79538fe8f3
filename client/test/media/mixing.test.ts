import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { type SoundFacts, soundText } from "../../i18n/soundText.js"
import { loudness } from "../../media/loudness.js"
import { hears, hostVoice, unmixedBecause } from "../../media/mixing.js"
import { type Speaking, silence, speakingAfter } from "../../media/speaking.js"

const guest = FastCheck.constantFrom("p1", "p2", "p3")
const voice = FastCheck.oneof(guest, FastCheck.constant(hostVoice))

describe("a mix-minus", () => {
  it("never gives anybody their own voice, and guests always each other's", () => {
    FastCheck.assert(
      FastCheck.property(guest, voice, FastCheck.option(guest), (listener, speaker, talkingTo) => {
        if (listener === speaker) assert.isFalse(hears(listener, speaker, talkingTo))
        else if (speaker !== hostVoice) assert.isTrue(hears(listener, speaker, talkingTo))
      })
    )
  })

  it("gives the host's voice to all, or to the one that the host talks to", () => {
    FastCheck.assert(
      FastCheck.property(guest, FastCheck.option(guest), (listener, talkingTo) => {
        assert.strictEqual(hears(listener, hostVoice, talkingTo), talkingTo === null || talkingTo === listener)
      })
    )
  })
})

describe("what a mixer is missing", () => {
  it("is nothing while it runs, an output where there is none, and a press in all other cases", () => {
    for (const noOutput of [true, false]) {
      assert.isNull(unmixedBecause("running", noOutput))
      assert.strictEqual(unmixedBecause("interrupted", noOutput), "interrupted")
    }
    assert.strictEqual(unmixedBecause("suspended", false), "press")
    assert.strictEqual(unmixedBecause("suspended", true), "output")
  })

  const fine = { refused: false, unmixed: null, noOutput: false, others: 2, speaks: true }
  const said = (facts: Partial<SoundFacts>) => soundText({ ...fine, ...facts })

  it("is said with who does not hear whom, no more and no less", () => {
    assert.isUndefined(said({}))
    assert.isUndefined(said({ refused: true, unmixed: "press", others: 0 }))
    assert.isUndefined(said({ unmixed: "press", others: 1, speaks: false }), "nobody misses anything")
    assert.strictEqual(said({ unmixed: "press", others: 1 })?.detail, "Until then your guests do not hear you.")
    assert.strictEqual(
      said({ unmixed: "press", speaks: false })?.detail,
      "Until then your guests do not hear each other."
    )
    assert.strictEqual(
      said({ refused: true, unmixed: "press" })?.detail,
      "Until then you hear nobody. Until then your guests hear neither you nor each other."
    )
    assert.strictEqual(said({ unmixed: "press" })?.title, "Press anywhere to start the sound")
  })

  it("is said with its cause", () => {
    assert.strictEqual(said({ unmixed: "output" })?.title, "No sound output was found")
    assert.match(said({ noOutput: true })?.detail ?? "", /you hear nobody\.$/)
    assert.strictEqual(said({ unmixed: "interrupted" })?.title, "Your device has taken the sound away")
  })
})

describe("loudness", () => {
  it("is between silence and full scale, and grows with the sound", () => {
    const tone = (amplitude: number) => Float32Array.from({ length: 1024 }, (_, n) => amplitude * Math.sin(n / 7))
    assert.strictEqual(loudness(tone(0)), 0)
    assert.strictEqual(loudness([]), 0)
    assert.isBelow(loudness(tone(0.01)), loudness(tone(0.1)))
    FastCheck.assert(
      FastCheck.property(FastCheck.array(FastCheck.float({ min: -1, max: 1, noNaN: true })), (samples) => {
        assert.isAtLeast(loudness(samples), 0)
        assert.isAtMost(loudness(samples), 1)
      })
    )
  })
})

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

  it("has the lead after a sentence, and keeps it while speaking and in the silence after", () => {
    assert.isNull(after({ p1: "9999" }).lead)
    const led = after({ p1: "9".repeat(20) })
    assert.strictEqual(led.lead, "p1")
    const both = after({ p1: "9".repeat(30), p2: "9".repeat(30) }, led, 2000)
    assert.strictEqual(both.lead, "p1")
    const passed = after({ p1: "0".repeat(40), p2: "9".repeat(40) }, both, 5000)
    assert.strictEqual(passed.lead, "p2")
    assert.strictEqual(after({ p1: "0".repeat(99), p2: "0".repeat(99) }, passed, 9000).lead, "p2")
    assert.isNull(after({ p1: "0" }, passed, 9000).lead)
  })

  it("is always somebody who is there", () => {
    const levels = FastCheck.dictionary(guest, FastCheck.float({ min: 0, max: 1, noNaN: true }))
    FastCheck.assert(
      FastCheck.property(FastCheck.array(levels), (steps) => {
        let now = silence
        for (const [index, step] of steps.entries()) {
          now = speakingAfter(now, new Map(Object.entries(step)), index * 300)
          for (const id of [...now.now, ...(now.lead === null ? [] : [now.lead])]) assert.property(step, id)
        }
      })
    )
  })
})
