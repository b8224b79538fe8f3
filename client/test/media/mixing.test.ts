import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { hears, hostVoice, unmixedBecause } from "../../media/mixing.js"

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
})
