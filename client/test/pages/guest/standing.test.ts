import { assert, describe, it } from "@effect/vitest"
import { hasCompany, isOver } from "../../../pages/guest/standing.js"
import type { GuestState, WaitingReason } from "../../../rtc/States.js"

describe("a guest's tools", () => {
  it("are none once the call is over", () => {
    const refused: GuestState = { _tag: "Refused", refusal: "Removed", message: "" }
    for (const state of [{ _tag: "Ended" }, { _tag: "AnotherHost" }, { _tag: "Elsewhere" }, refused] as const) {
      assert.isTrue(isOver(state), state._tag)
      assert.isFalse(hasCompany(state), state._tag)
    }
  })

  it("are only its own devices while nobody can see or read it", () => {
    const alone: ReadonlyArray<WaitingReason> = [
      "NeverHosted",
      "NotStarted",
      "SessionOver",
      "HostLeft",
      "Admission",
      "RoomLocked"
    ]
    for (const reason of alone) {
      assert.isFalse(isOver({ _tag: "Waiting", reason }), reason)
      assert.isFalse(hasCompany({ _tag: "Waiting", reason }), reason)
    }
  })

  it("are complete in a call, and while it connects or recovers", () => {
    const states: ReadonlyArray<GuestState> = [
      { _tag: "Joining", offline: false },
      { _tag: "Connecting" },
      { _tag: "Live", path: "direct" },
      { _tag: "Recovering", rung: "Watching" },
      { _tag: "Failed", cause: "NoRelay" },
      { _tag: "Waiting", reason: "HostAway" }
    ]
    for (const state of states) assert.isTrue(hasCompany(state), state._tag)
  })
})
