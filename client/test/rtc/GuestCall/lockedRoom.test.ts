/** What a page does outside a locked room, and whom it calls once that is open. */
import { assert, describe, it } from "@effect/vitest"
import { unanswered } from "../../../rtc/knownClaim.js"
import {
  after,
  back,
  firstComer,
  joined,
  joining,
  late,
  live,
  locked,
  lost,
  placed,
  stranger,
  unknownToken
} from "../../fakes/guestInputs.js"

describe("a locked room", () => {
  const outside = { _tag: "Waiting", reason: "RoomLocked" } as const

  it("is waited for outside, by a guest who pressed for the host of that moment", () => {
    const { state, tags } = after([locked], joining, 1)
    assert.deepInclude(state, { shown: outside, known: "ours", hasPlace: true, joined: null, press: null })
    assert.deepStrictEqual(tags, ["DiscardPrepared", "JoinLater"])
    const later = after([locked], state, late)
    assert.deepStrictEqual([later.state, later.tags], [state, tags])
    assert.include(after([joined()], state, late).tags, "Connect")
    assert.notInclude(after([joined({ claim: "theirs", host: stranger })], state, late).tags, "Connect")
  })

  it("is another host's if the press is old or meant somebody else: the person has to press again", () => {
    for (const { state, tags } of [after([locked], joining, late), after([locked], { ...back, known: "theirs" })]) {
      assert.deepInclude(state, { shown: { _tag: "AnotherHost" }, hasPlace: false })
      assert.notInclude(tags, "JoinLater")
    }
    assert.strictEqual(after([lost("RoomLocked")], joining).state.known, unanswered)
  })

  it("has the first host, for whom a page waited, and no later one", () => {
    const { state } = after([locked], firstComer, late)
    assert.deepInclude(state, { shown: outside, known: "ours" })
    const stolen = after([joined({ claim: "theirs", host: stranger })], state, late)
    assert.strictEqual(stolen.state.shown._tag, "AnotherHost")
  })

  it("is left when its session ends", () => {
    const { state, tags } = after(
      [joined({ claim: null, host: null, hosting: "ended" })],
      after([locked], joining).state,
      late
    )
    assert.strictEqual(state.shown._tag, "Ended")
    assert.include(tags, "Leave")
  })

  it("is asked at once if a person presses, for whoever has it then", () => {
    const pressed = after([{ _tag: "Retry" }, placed], after([locked], joining).state, late)
    assert.deepStrictEqual(pressed.commands, [
      { _tag: "TakePlace", steal: false },
      { _tag: "Join", withOffer: true }
    ])
    assert.strictEqual(pressed.state.shown._tag, "Joining")
  })

  it("ends a call whose place was lost meanwhile", () => {
    const { state, tags } = after([unknownToken, locked], live)
    assert.deepInclude(state, { shown: outside, connection: null, joined: null, rejoining: false })
    assert.deepStrictEqual(tags, ["StopPolling", "Join", "HangUp", "DiscardPrepared", "JoinLater"])
  })
})
