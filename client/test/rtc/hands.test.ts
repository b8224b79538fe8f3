import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { handsFirst, raisedHands } from "../../rtc/hands.js"
import type { GuestView } from "../../rtc/States.js"
import { tileOf } from "../fakes/calls.js"

const tile = (id: string, hand: number | null) => tileOf(id, { hand })
const ids = (tiles: ReadonlyArray<GuestView>) => tiles.map(({ peer }) => peer.id)

describe("raised hands", () => {
  it("come first, in the order in which they went up; all others stay in theirs", () => {
    const tiles = [tile("ada", null), tile("grace", 30), tile("hedy", 10), tile("alan", null), tile("tim", 20)]
    assert.deepStrictEqual(ids(raisedHands(tiles)), ["hedy", "tim", "grace"])
    assert.deepStrictEqual(ids(handsFirst(tiles)), ["hedy", "tim", "grace", "ada", "alan"])
  })

  it("move nobody away", () => {
    const hands = FastCheck.array(FastCheck.option(FastCheck.nat(100)))
    FastCheck.assert(
      FastCheck.property(hands, (hands) => {
        const tiles = hands.map((hand, index) => tile(`${index}`, hand))
        assert.sameMembers(ids(handsFirst(tiles)), ids(tiles))
      })
    )
  })
})
