import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import { type Facts, firstTransition, type RecoveryState, steady, timeoutOf, transition } from "../../rtc/recovery.js"

const facts: Facts = { reachable: true, answered: true, relay: true, relayRequired: false, relayGathered: true }
const trying = (attempt: "First" | "RestartingIce" | "NewConnection" | "RelayOnly"): RecoveryState => ({
  _tag: "Trying",
  attempt
})
const givenUp = (known: Partial<Facts>) => transition(trying("RelayOnly"), "TimeUp", { ...facts, ...known })?.state

describe("the recovery ladder", () => {
  it("gives a gap 3 seconds, an ICE restart 12 and a new connection 15", () => {
    const seconds = [{ _tag: "Watching" } as const, trying("RestartingIce"), trying("NewConnection"), trying("First")]
      .map(timeoutOf)
      .map((patience) => patience && Duration.toSeconds(patience))
    assert.deepStrictEqual(seconds, [3, 12, 15, 15])
    assert.isNull(timeoutOf(steady))
  })

  it("climbs rung by rung while nothing helps", () => {
    const watching = transition(steady, "Disconnected", facts)
    assert.deepStrictEqual(watching, { state: { _tag: "Watching" }, action: "Wait" })
    assert.deepStrictEqual(transition({ _tag: "Watching" }, "TimeUp", facts), {
      state: trying("RestartingIce"),
      action: "RestartIce"
    })
    for (const event of ["TimeUp", "ConnectionFailed"] as const) {
      assert.strictEqual(transition(trying("RestartingIce"), event, facts)?.action, "Connect")
      assert.strictEqual(transition(trying("NewConnection"), event, facts)?.action, "ConnectByRelay")
      assert.deepStrictEqual(transition(trying("RelayOnly"), event, facts)?.state, {
        _tag: "GivenUp",
        cause: "NetworkBlocks"
      })
    }
  })

  it("goes from a failed connection straight to a new one", () => {
    assert.deepStrictEqual(transition(steady, "ConnectionFailed", facts)?.state, trying("NewConnection"))
    assert.deepStrictEqual(transition({ _tag: "Watching" }, "ConnectionFailed", facts)?.state, trying("NewConnection"))
  })

  it("tries the relay only if there is one", () => {
    assert.strictEqual(transition(trying("First"), "TimeUp", facts)?.action, "Connect")
    for (const attempt of ["First", "NewConnection"] as const) {
      for (const event of ["TimeUp", "ConnectionFailed"] as const) {
        assert.deepStrictEqual(transition(trying(attempt), event, { ...facts, relay: false })?.state, {
          _tag: "GivenUp",
          cause: "NoRelay"
        })
      }
    }
  })

  it("tries a call that it gave up again once a minute, while the service can be reached", () => {
    const state = { _tag: "GivenUp", cause: "NetworkBlocks" } as const
    assert.strictEqual(Duration.toSeconds(timeoutOf(state) ?? 0), 60)
    assert.strictEqual(transition(state, "TimeUp", facts)?.action, "Connect")
    assert.deepStrictEqual(transition(state, "TimeUp", { ...facts, reachable: false }), { state, action: "Wait" })
  })

  it("tells why it gave up", () => {
    assert.deepStrictEqual(givenUp({ relayGathered: false }), { _tag: "GivenUp", cause: "RelayRefused" })
  })

  it("never goes direct if the relay is required", () => {
    const required = { ...facts, relayRequired: true, relay: false, relayGathered: false }
    assert.deepStrictEqual(transition(trying("NewConnection"), "TimeUp", required)?.state, {
      _tag: "GivenUp",
      cause: "RelayRefused"
    })
  })

  it("waits for a host that does not answer, forever", () => {
    for (const attempt of ["First", "NewConnection", "RelayOnly"] as const) {
      const away = transition(trying(attempt), "TimeUp", { ...facts, answered: false })
      assert.deepStrictEqual(away, { state: { _tag: "HostAway" }, action: "Wait" })
    }
    assert.isNull(timeoutOf({ _tag: "HostAway" }))
    assert.deepStrictEqual(transition({ _tag: "HostAway" }, "Connected", facts)?.state, steady)
  })

  it("climbs no rung while the service cannot be reached", () => {
    assert.deepStrictEqual(transition(trying("First"), "TimeUp", { ...facts, reachable: false }), {
      state: firstTransition.state,
      action: "Wait"
    })
  })

  it("leaves an established call alone on a wake", () => {
    assert.isNull(transition(steady, "Woke", facts))
  })

  it("acts at once on a wake, and takes a late answer", () => {
    assert.strictEqual(transition({ _tag: "Watching" }, "Woke", facts)?.action, "RestartIce")
    for (const state of [{ _tag: "GivenUp", cause: "NetworkBlocks" } as const, { _tag: "HostAway" } as const]) {
      assert.strictEqual(transition(state, "Woke", facts)?.action, "Connect")
      assert.deepStrictEqual(transition(state, "Answered", facts), {
        state: trying("NewConnection"),
        action: "Wait"
      })
    }
  })

  it("restarts ICE at once when packets stop, and is steady when they come again", () => {
    assert.deepStrictEqual(transition(steady, "Silent", facts), {
      state: trying("RestartingIce"),
      action: "RestartIce"
    })
    for (const event of ["Heard", "Connected"] as const) {
      assert.deepStrictEqual(transition(trying("RestartingIce"), event, facts), { state: steady, action: "Settle" })
    }
  })

  it("gives a restart that is under way its time, and starts no other", () => {
    assert.deepStrictEqual(transition(steady, "Silent", { ...facts, answered: false }), {
      state: trying("RestartingIce"),
      action: "Wait"
    })
    assert.isNull(transition(trying("RestartingIce"), "Silent", facts))
  })

  it("takes packets as a sign of success only for a restart", () => {
    const away = [{ _tag: "HostAway" } as const, { _tag: "GivenUp", cause: "NoRelay" } as const]
    for (const state of [steady, { _tag: "Watching" } as const, trying("First"), trying("NewConnection"), ...away]) {
      assert.isNull(transition(state, "Heard", facts))
    }
  })

  it("restarts no connection whose first offer was not answered", () => {
    assert.strictEqual(transition({ _tag: "Watching" }, "TimeUp", { ...facts, answered: false })?.action, "Connect")
  })

  it("climbs if the browser cannot make an offer, and does not blame the host", () => {
    const unanswered = { ...facts, answered: false }
    for (const relay of [true, false]) {
      const known = { ...unanswered, relay }
      assert.deepStrictEqual(transition(trying("First"), "Stuck", known)?.state, trying("NewConnection"))
    }
    assert.strictEqual(transition(trying("RelayOnly"), "Stuck", unanswered)?.state._tag, "GivenUp")
  })

  it("is steady again from every rung", () => {
    for (const state of [trying("First"), trying("RelayOnly"), { _tag: "Watching" } as const]) {
      assert.deepStrictEqual(transition(state, "Connected", facts)?.state, steady)
    }
  })
})
