import { assert, describe, it } from "@effect/vitest"
import * as HostStates from "../../../rtc/HostCalls/hostStates.js"
import type { HostState } from "../../../rtc/States.js"
import { PeerUnknown, RequestRefused } from "../../../signaling/SignalingErrors.js"

describe("the state of a host's session", () => {
  const listening: HostState = {
    _tag: "Listening",
    room: "main",
    session: "s",
    offline: false,
    waitingRoom: true,
    locked: false
  }
  const refusedFor = (reason: string) => new RequestRefused({ reason, message: "No." })

  it("tells why the page has lost its place", () => {
    const why = (failure: Parameters<typeof HostStates.lost>[0], silent: boolean) => {
      const state = HostStates.lost(failure, silent)
      return state._tag === "Refused" ? state.refusal : state._tag
    }
    const forgotten = new PeerUnknown({ message: "" })
    assert.strictEqual(why(forgotten, false), "Replaced")
    assert.strictEqual(why(forgotten, true), "Lapsed")
    for (const silent of [false, true]) {
      assert.strictEqual(why(refusedFor("RoomTaken"), silent), "RoomTaken")
      assert.strictEqual(why(refusedFor("OfAnotherVersion"), silent), "Unexpected")
    }
  })

  it("shows that the service is out of reach only while it is needed", () => {
    const states: ReadonlyArray<readonly [HostState, boolean]> = [
      [{ _tag: "Starting", offline: false }, true],
      [listening, true],
      [{ _tag: "Ending", offline: false }, true],
      [{ _tag: "Left" }, false],
      [{ _tag: "Ended" }, false],
      [HostStates.lost(refusedFor("RoomTaken"), false), false]
    ]
    for (const [state, says] of states) {
      const offline = HostStates.withReachable(false)(state)
      assert.strictEqual("offline" in offline && offline.offline, says, state._tag)
      assert.deepStrictEqual(HostStates.withReachable(true)(offline), state)
    }
  })

  it("takes the given settings, and leaves the others", () => {
    assert.deepStrictEqual(HostStates.withSettings({ locked: true })(listening), { ...listening, locked: true })
    assert.deepStrictEqual(HostStates.withSettings({ locked: true })({ _tag: "Left" }), { _tag: "Left" })
  })

  it("ends once, and stays `Ended` if the session was being ended", () => {
    assert.deepStrictEqual(HostStates.left({ _tag: "Starting", offline: true }), { _tag: "Left" })
    assert.deepStrictEqual(HostStates.left(listening), { _tag: "Left" })
    assert.deepStrictEqual(HostStates.left({ _tag: "Ending", offline: true }), { _tag: "Ended" })
    for (const over of [
      { _tag: "Left" },
      { _tag: "Ended" },
      HostStates.lost(refusedFor("NotAllowed"), false)
    ] as const) {
      assert.isNull(HostStates.left(over))
    }
  })
})
