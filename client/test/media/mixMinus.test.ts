import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { hears, hostVoice, levelsForAll, unmixedBecause, wholeMix } from "../../media/mixMinus.js"

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

describe("the mix of all", () => {
  it("has everybody in it, and nothing that the host says only to one guest", () => {
    const levels = new Map([
      [hostVoice, 0.5],
      ["p1", 0.4]
    ])
    assert.isTrue(hears(wholeMix, hostVoice, null))
    assert.isFalse(hears(wholeMix, hostVoice, "p1"))
    assert.isTrue(hears(wholeMix, "p1", "p1"))
    assert.deepStrictEqual(levelsForAll(levels, null), levels)
    assert.deepStrictEqual(levelsForAll(levels, "p1"), new Map([...levels, [hostVoice, 0]]))
  })
})

describe("why a mixer does not mix", () => {
  it("is null while it runs, the output if there is none, and else a missing press", () => {
    for (const noOutput of [true, false]) {
      assert.isNull(unmixedBecause("running", noOutput))
      assert.strictEqual(unmixedBecause("interrupted", noOutput), "interrupted")
    }
    assert.strictEqual(unmixedBecause("suspended", false), "press")
    assert.strictEqual(unmixedBecause("suspended", true), "output")
  })
})
