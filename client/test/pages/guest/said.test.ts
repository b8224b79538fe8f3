import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"
import { nothingSaid, saidAfter } from "../../../pages/guest/said.js"
import { HostMessage } from "../../../rtc/control.js"
import { after, programme, sharing, together } from "../../fakes/hostSays.js"

describe("what the host reports", () => {
  it("holds until the host reports otherwise", () => {
    const said = after(together, { ...programme, large: "Ada", you: true }, sharing, { type: "recording", on: true })
    assert.deepStrictEqual(said.programme, { layout: "everyone", large: "Ada", you: true })
    assert.deepStrictEqual(said.sharing, { name: "Bo", you: false })
    assert.deepInclude(said, { recording: true, talkback: false, participants: together })
    const later = [
      { type: "programme", layout: null, large: null, you: false },
      { ...sharing, on: false }
    ] as const
    assert.deepStrictEqual(later.reduce(saidAfter, said), {
      ...said,
      programme: nothingSaid.programme,
      sharing: null
    })
  })

  it("changes one thing at a time", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.array(Arbitrary.make(HostMessage)),
        Arbitrary.make(HostMessage),
        (previous, last) => {
          const said = after(...previous)
          const next = saidAfter(said, last)
          const changed = (Object.keys(said) as Array<keyof typeof said>).filter((key) => next[key] !== said[key])
          assert.isAtMost(changed.length, 1)
          for (const key of changed) assert.strictEqual(key, last.type)
        }
      )
    )
  })
})
