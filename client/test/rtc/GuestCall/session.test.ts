/** What a press, a failure and a message mean for a guest's call; for an answered join see `session/`. */
import { assert, describe, it } from "@effect/vitest"
import type { GuestInput } from "../../../rtc/GuestCall/inputs.js"
import { type CallState, viewOf } from "../../../rtc/GuestCall/state.js"
import { unanswered } from "../../../rtc/knownClaim.js"
import { RecipientUnknown } from "../../../signaling/SignalingErrors.js"
import {
  ada,
  after,
  back,
  calling,
  comes,
  fresh,
  host,
  joined,
  joining,
  late,
  live,
  lost,
  placed,
  pressing,
  returning,
  stranger,
  unknownToken,
  waiting
} from "../../fakes/guestInputs.js"

describe("a press of Join", () => {
  it("consents to whoever has the room, once the place is this tab's", () => {
    const { state, commands } = after([pressing], fresh, 5)
    assert.deepInclude(state, { press: { at: 5, putOff: 0 }, known: unanswered, hasPlace: false })
    assert.deepStrictEqual(commands, [{ _tag: "TakePlace", steal: false }])
    const then = after([placed], state, 5)
    assert.deepStrictEqual(then.commands, [{ _tag: "Join", withOffer: true }])
    assert.deepInclude(then.state, { token: "kept", hasPlace: true })
  })

  it("brings the offer along only while it is recent", () => {
    const pressed = after([pressing], fresh).state
    assert.deepStrictEqual(after([placed], pressed, late).commands, [{ _tag: "Join", withOffer: false }])
    assert.deepStrictEqual(after([returning, placed], fresh).commands.at(-1), { _tag: "Join", withOffer: false })
  })

  it("is valid longer by what the service puts the join off, for half a minute at most, and by nothing else", () => {
    const putOff = { _tag: "PutOff", wait: 10_000 } as const
    const theirs = joined({ claim: "theirs", host: stranger })
    const calls = (times: number, now: number) => {
      const { state, tags } = after([...Array.from({ length: times }, () => putOff), theirs], joining, now)
      assert.strictEqual(tags.includes("Connect"), state.shown._tag !== "AnotherHost")
      return tags.includes("Connect")
    }
    for (const [times, longer] of [
      [0, 0],
      [1, 10_000],
      [5, 30_000]
    ] as const) {
      assert.deepStrictEqual([calls(times, late - 1 + longer), calls(times, late + longer)], [true, false])
    }
    // A new press starts from zero.
    const longer = after([putOff], joining).state
    assert.deepStrictEqual(longer.press, { at: 0, putOff: 10_000 })
    assert.deepStrictEqual(after([{ _tag: "Retry" }], longer, 7).state.press, { at: 7, putOff: 0 })
    assert.isNull(after([putOff], back).state.press)
  })

  it("sends nothing if another tab has the place, and takes it over when it is repeated", () => {
    const elsewhere = after([pressing, { ...placed, hasPlace: false }], fresh)
    assert.deepInclude(elsewhere.state, { shown: { _tag: "Elsewhere" }, hasPlace: false })
    assert.deepStrictEqual(elsewhere.tags, ["TakePlace", "DiscardPrepared"])
    const again = after([{ _tag: "Retry" }], elsewhere.state)
    assert.deepStrictEqual(again.commands, [{ _tag: "TakePlace", steal: true }])
  })

  it("takes the place back from the tab that took it over, and from none after a refusal", () => {
    for (const [input, steal] of [
      [{ _tag: "Displaced" } as const, true],
      [lost("RoomFull"), false]
    ] as const) {
      const { commands } = after([{ _tag: "Retry" }], after([input], joining).state)
      assert.deepStrictEqual(commands, [{ _tag: "TakePlace", steal }])
    }
  })

  it("calls a host again who is there, and nobody if there is none", () => {
    assert.include(after([{ _tag: "Retry" }], live).tags, "Connect")
    assert.deepStrictEqual(after([{ _tag: "Retry" }], waiting).commands, [])
  })
})

describe("a failure for good", () => {
  it("joins again once if the token is unknown, and shows nothing of it while the call is established", () => {
    const once = after([unknownToken, unknownToken], live)
    assert.deepStrictEqual(once.commands, [{ _tag: "StopPolling" }, { _tag: "Join", withOffer: false }])
    assert.strictEqual(once.state.shown._tag, "Live")
    assert.deepStrictEqual(after([unknownToken], joining).commands, [])
  })

  it("waits for a host that is gone", () => {
    const gone: GuestInput = { _tag: "Lost", failure: new RecipientUnknown({ message: "Gone." }) }
    const { state } = after([gone], live)
    assert.deepStrictEqual([state.shown, state.connection], [{ _tag: "Waiting", reason: "HostLeft" }, null])
  })

  it("ends with a refusal that tells whether the host had let this page in", () => {
    const refusalOf = (reason: string, from: CallState) => {
      const { shown } = after([lost(reason)], from).state
      return shown._tag === "Refused" ? shown.refusal : shown._tag
    }
    assert.strictEqual(refusalOf("Removed", live), "Removed")
    assert.strictEqual(refusalOf("Removed", joining), "NotAdmitted")
    const outAgain = after([unknownToken, joined({ peer: { ...ada, waiting: true } })], live).state
    assert.strictEqual(refusalOf("Removed", outAgain), "NotAdmitted")
    assert.strictEqual(refusalOf("RoomFull", joining), "RoomFull")
    assert.strictEqual(refusalOf("Teapot", joining), "Unexpected")
  })

  it("gives up all that the page had", () => {
    const { state, tags } = after([lost("Removed")], after([unknownToken], live).state)
    assert.deepStrictEqual(tags, ["HangUp", "DiscardPrepared", "StopPolling", "GiveUpPlace"])
    assert.deepInclude(state, { joined: null, connection: null, hasPlace: false, rejoining: false })
    assert.isNull(after([lost("RoomFull")], joining).state.press)
  })

  it("joins with a new token if an earlier session has ended, the press is recent and the token old", () => {
    const again = after([lost("SessionEnded")], joining, 1)
    assert.deepStrictEqual(again.tags, ["ForgetToken", "TakePlace"])
    // The press keeps its time.
    assert.deepStrictEqual(again.state.press, { at: 0, putOff: 0 })
    for (const { state, tags } of [
      // The session may have ended while the service put the join off.
      after([{ _tag: "PutOff", wait: 10_000 }, lost("SessionEnded")], joining, 1),
      after([lost("SessionEnded")], joining, late),
      after([lost("SessionEnded")], { ...joining, isNew: true }),
      after([lost("SessionEnded")], live)
    ]) {
      assert.strictEqual(tags[0], "ForgetToken")
      assert.strictEqual(state.shown._tag, "Ended")
    }
  })
})

describe("a message", () => {
  it("that the host has left keeps a guest waiting to be let in who was not in yet", () => {
    const left: GuestInput = { _tag: "Message", message: { type: "left", id: 12, from: host.id } }
    const admission = after([joined({ peer: { ...ada, waiting: true } })], joining).state
    assert.deepStrictEqual(after([left], admission).state.shown, { _tag: "Waiting", reason: "Admission" })
    assert.deepStrictEqual(after([left], live).state.shown, { _tag: "Waiting", reason: "HostLeft" })
  })

  it("is handled once", () => {
    assert.deepStrictEqual(after([comes(host, 10)], calling).commands, [])
    const { state, tags } = after([comes(host), comes(host)], calling)
    assert.deepStrictEqual(tags.filter((tag) => tag === "Connect").length, 1)
    assert.strictEqual(state.cursor, 11)
  })

  it("has the known host called, and no other", () => {
    assert.include(after([comes(host)], waiting).tags, "Connect")
    const refused = after([comes(stranger)], waiting)
    assert.notInclude(refused.tags, "Connect")
    assert.deepStrictEqual(refused.state.shown, { _tag: "AnotherHost" })
  })

  it("lets in, brings an answer, or tells that the host has left", () => {
    const waits = after([joined({ peer: { ...ada, waiting: true } })], joining).state
    const admitted: GuestInput = { _tag: "Message", message: { type: "admitted", id: 11, from: host.id, host } }
    const inside = after([admitted], waits)
    assert.deepInclude(inside.state, { wasIn: true, shown: { _tag: "Connecting" } })
    const message = { type: "answer", id: 12, from: host.id, connection: "c1", sdp: "v=0" } as const
    assert.deepStrictEqual(after([{ _tag: "Message", message }], calling).commands, [{ _tag: "Receive", message }])
    const left = after([{ _tag: "Message", message: { type: "left", id: 12, from: host.id } }], live)
    assert.deepStrictEqual(left.state.shown, { _tag: "Waiting", reason: "HostLeft" })
    assert.isNull(viewOf(left.state).hostName)
  })
})
