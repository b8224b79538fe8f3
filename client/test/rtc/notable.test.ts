import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { notableBetween, notedFrom } from "../../rtc/notable.js"
import type { GuestView } from "../../rtc/States.js"
import { tileOf } from "../fakes/calls.js"

const tile = (id: string, hand: number | null, state: GuestView["state"] = "Live") => tileOf(id, { hand, state })

describe("what a host is told of guests", () => {
  const told = (before: ReadonlyArray<GuestView>, after: ReadonlyArray<GuestView>) =>
    notableBetween(before, after).map(({ _tag, peer }) => `${peer.name} ${_tag}`)

  it("is who comes, who is back, who waits, who raises a hand, and who is gone", () => {
    assert.deepStrictEqual(told([], [tile("ada", null, "Joined"), tile("eve", null, "Waiting")]), [
      "ada Arrived",
      "eve Knocked"
    ])
    assert.deepStrictEqual(told([tile("ada", null, "Away")], [tile("ada", null)]), ["ada Arrived"])
    assert.deepStrictEqual(told([tile("ada", null)], [tile("ada", 5)]), ["ada HandRaised"])
    assert.deepStrictEqual(told([tile("ada", null)], [tile("ada", null, "Away")]), ["ada Gone"])
    assert.deepStrictEqual(told([tile("ada", null), tile("eve", null)], [tile("eve", 5)]), [
      "ada Gone",
      "eve HandRaised"
    ])
  })

  it("is not a call that fails: one who was away is back once the connection is established", () => {
    const states = FastCheck.array(
      FastCheck.constantFrom<GuestView["state"][]>("Connecting", "Interrupted", "Joined", "Away", "Live")
    )
    FastCheck.assert(
      FastCheck.property(states, (states) => {
        const all: Array<string> = []
        let noted: ReadonlyArray<GuestView> = [tile("ada", null, "Away")]
        for (const state of states) {
          const now = [tile("ada", null, state)]
          all.push(...told(noted, now).filter((what) => what === "ada Arrived"))
          noted = notedFrom(noted, now)
        }
        // As often as it came back from being away, with only attempts in between.
        const seen = states.filter((state) => state === "Away" || state === "Live")
        const back = seen.filter((state, index) => state === "Live" && (seen[index - 1] ?? "Away") === "Away")
        assert.strictEqual(all.length, back.length)
      })
    )
  })

  it("is not what the host did, nor what merely goes on", () => {
    assert.deepStrictEqual(told([tile("eve", null, "Waiting")], [tile("eve", null, "Joined")]), [])
    for (const [before, after] of [
      [tile("ada", null, "Joined"), tile("ada", null)],
      [tile("ada", null), tile("ada", null, "Interrupted")],
      [tile("ada", 5), tile("ada", 5)],
      [tile("ada", 5), tile("ada", null)],
      [tile("eve", null, "Waiting"), tile("eve", null, "Waiting")]
    ] as const) {
      assert.deepStrictEqual(told([before], [after]), [])
    }
    // One who was not in is not missed.
    for (const state of ["Away", "Waiting"] as const) {
      assert.deepStrictEqual(told([tile("ada", null, state)], []), [])
    }
  })
})
