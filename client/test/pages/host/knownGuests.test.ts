import { assert, describe, it } from "@effect/vitest"
import { keepGuests, readGuests } from "../../../pages/host/knownGuests.js"
import { tileIn, tileOf } from "../../fakes/calls.js"

describe("what a tab knows of its guests after a reload", () => {
  it("is their names, and who was away", () => {
    const kept = keepGuests([tileIn("Away"), tileOf("grace", {})])
    assert.deepStrictEqual(
      [...readGuests(kept)],
      [
        ["ada", { name: "Ada", away: true }],
        ["grace", { name: "grace", away: false }]
      ]
    )
  })

  it("is nothing if nothing was stored, or something else", () => {
    for (const text of [null, "", "ada grace", "7", "{}", "[7]", '["ada"]'])
      assert.strictEqual(readGuests(text).size, 0)
  })

  it("leaves out entries without a name or without the away flag", () => {
    const ada = ["ada", { name: "Ada", away: false }]
    const kept = [ada, ["eve", { name: 7, away: false }], ["eve", { name: "Eve" }], ["eve", null], [7, ada[1]]]
    assert.deepStrictEqual([...readGuests(JSON.stringify(kept))], [ada])
  })
})
