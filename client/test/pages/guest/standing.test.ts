import { assert, describe, it } from "@effect/vitest"
import { hasCompany, isOver } from "../../../pages/guest/standing.js"
import type { GuestState, WaitingReason } from "../../../rtc/States.js"

describe("a guest's tools", () => {
  it("are none where the call is over, and a press alone begins another", () => {
    const refused: GuestState = { _tag: "Refused", refusal: "Removed", message: "" }
    for (const state of [{ _tag: "Ended" }, { _tag: "AnotherHost" }, { _tag: "Elsewhere" }, refused] as const) {
      assert.isTrue(isOver(state), state._tag)
      assert.isFalse(hasCompany(state), state._tag)
    }
  })

  it("are those of its own devices where there is nobody who could see or read it", () => {
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

  it("are all of them in a call, and while it is begun or mended", () => {
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
