import { assert, describe, it } from "@effect/vitest"
import { createRoot, createSignal } from "solid-js"
import { createTalkback } from "../../../pages/host/createTalkback.js"
import type { HostState } from "../../../rtc/States.js"
import { tileOf } from "../../fakes/calls.js"

const listening: HostState = {
  _tag: "Listening",
  room: "tea",
  session: "s",
  offline: false,
  waitingRoom: false,
  locked: false
}

/** A host in a room with two guests, whose microphone is on or muted. */
const setUp = (startsMuted: boolean) =>
  createRoot((dispose) => {
    const [guests, setGuests] = createSignal([tileOf("ada", {}), tileOf("grace", {})])
    const [muted, setMuted] = createSignal(startsMuted)
    const talkback = createTalkback({
      ask: () => undefined,
      guests,
      state: () => listening,
      microphone: {
        muted,
        off: () => false,
        stopped: muted,
        turnOff: () => void setMuted(true),
        turnOn: () => void setMuted(false)
      }
    })
    return { dispose, muted, setGuests, setMuted, ...talkback }
  })

describe("a host who speaks to one guest only", () => {
  it("is unmuted meanwhile if they were muted, also from one guest to the next", () => {
    const { dispose, muted, talkTo, talkingTo } = setUp(true)
    talkTo("ada")
    assert.isFalse(muted())
    talkTo("grace")
    assert.strictEqual(talkingTo(), "grace")
    assert.isFalse(muted())
    talkTo("grace")
    assert.isNull(talkingTo())
    assert.isTrue(muted())
    dispose()
  })

  it("is heard by all afterwards if they were before", () => {
    const { dispose, muted, setMuted, talkTo } = setUp(false)
    talkTo("ada")
    talkTo("ada")
    assert.isFalse(muted())
    // Only the state before the latest talkback counts.
    setMuted(true)
    talkTo("ada")
    setMuted(false)
    talkTo("ada")
    assert.isTrue(muted())
    dispose()
  })

  it("is muted if that guest leaves, so that nobody else hears what was meant for them", () => {
    const { dispose, muted, mutedFor, setGuests, talkTo, talkingTo } = setUp(false)
    talkTo("ada")
    setGuests([tileOf("grace", {})])
    assert.isNull(talkingTo())
    assert.isTrue(muted())
    assert.strictEqual(mutedFor(), "ada")
    dispose()
  })
})
