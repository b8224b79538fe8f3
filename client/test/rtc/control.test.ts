import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"
import { decodeGuestMessage, decodeHostMessage, encodeControl, GuestMessage, HostMessage } from "../../rtc/control.js"

describe("a control message", () => {
  it("is decoded as it was sent, by the side that it is for", () => {
    FastCheck.assert(
      FastCheck.property(Arbitrary.make(GuestMessage), (message) => {
        assert.deepStrictEqual(decodeGuestMessage(encodeControl(message)), message)
      })
    )
    FastCheck.assert(
      FastCheck.property(Arbitrary.make(HostMessage), (message) => {
        assert.deepStrictEqual(decodeHostMessage(encodeControl(message)), message)
      })
    )
  })

  it("is dropped if it is invalid, or if that side may not send it", () => {
    for (const text of [
      "",
      "{",
      "null",
      '{"type":"boo"}',
      '{"type":"mute"}',
      '{"type":"chat","text":"  "}',
      `{"type":"chat","text":"${"a".repeat(1001)}"}`
    ]) {
      assert.isNull(decodeGuestMessage(text))
    }
    assert.isNull(decodeHostMessage('{"type":"hand","raised":true}'))
    FastCheck.assert(FastCheck.property(FastCheck.string(), (text) => void decodeGuestMessage(text)))
    FastCheck.assert(FastCheck.property(FastCheck.json(), (text) => void decodeHostMessage(text)))
  })

  it("has all fields of the programme and of a screen, and no unknown layout", () => {
    const programme = { type: "programme", layout: "speaker", large: "Ada", you: false } as const
    const sharing = { type: "sharing", on: true, name: null, you: true } as const
    const read = (message: object) => decodeHostMessage(JSON.stringify(message))
    assert.deepStrictEqual(read(programme), programme)
    assert.deepStrictEqual(read({ ...programme, layout: null, large: null }), {
      ...programme,
      layout: null,
      large: null
    })
    for (const change of [{ layout: "corner" }, { layout: undefined }, { large: 7 }, { large: " " }, { you: "yes" }]) {
      assert.isNull(read({ ...programme, ...change }))
    }
    assert.deepStrictEqual(read(sharing), sharing)
    for (const change of [{ on: 1 }, { name: undefined }, { name: "" }, { name: "a".repeat(65) }, { you: null }]) {
      assert.isNull(read({ ...sharing, ...change }))
    }
    assert.isNull(decodeGuestMessage(encodeControl(programme)))
    assert.isNull(decodeGuestMessage(encodeControl(sharing)))
  })
})
