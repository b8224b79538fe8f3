import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"
import { Name } from "../../rtc/cleanNameSchema.js"
import { decodeHostMessage, encodeControl } from "../../rtc/control.js"
import { maxMessageLength } from "../../rtc/history.js"
import { maxParticipants, type Participant, participantsFor, sameParticipants } from "../../rtc/participants.js"

const person = FastCheck.record({
  name: Arbitrary.make(Name),
  camera: FastCheck.boolean(),
  microphone: FastCheck.boolean(),
  hand: FastCheck.boolean(),
  shown: FastCheck.boolean()
})

describe("the list of who is in", () => {
  it("arrives complete, has the index of its receiver, and counts those beyond its end", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.array(person, { minLength: 1, maxLength: 200 }),
        FastCheck.nat(220),
        (all, place) => {
          const told = participantsFor(all, place)
          const text = encodeControl({ type: "participants", ...told })
          assert.deepStrictEqual(decodeHostMessage(text), { type: "participants", ...told })
          assert.strictEqual(told.total, all.length)
          assert.isTrue(told.you === null || told.list[told.you] === all[place])
          assert.isTrue(told.you !== null || place >= Math.min(all.length, maxParticipants))
        }
      )
    )
  })

  it("fits into a message with the longest names", () => {
    const longest: Participant = { name: '"'.repeat(64), camera: false, microphone: false, hand: false, shown: false }
    const text = encodeControl({ type: "participants", ...participantsFor(Array(500).fill(longest), 1) })
    assert.isAtMost(text.length, maxMessageLength)
  })

  it("differs if anything differs that guests see", () => {
    const ada: Participant = { name: "Ada", camera: true, microphone: true, hand: false, shown: true }
    assert.isTrue(sameParticipants([ada], [{ ...ada }]))
    for (const change of [{ name: "Bo" }, { camera: false }, { microphone: false }, { hand: true }, { shown: false }]) {
      assert.isFalse(sameParticipants([ada], [{ ...ada, ...change }]))
    }
    assert.isFalse(sameParticipants([ada], [ada, ada]))
    assert.isFalse(sameParticipants([ada, ada], [ada]))
  })
})
