import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { makeHostCapacity } from "../../../rtc/HostCalls/hostCapacity.js"
import { fresh, takeConnection, withConnection } from "../../../rtc/HostCalls/session.js"
import type { Sent } from "../../../rtc/quality/capacity.js"
import { openWith } from "../../fakes/openWith.js"

const sent = (arrivedBitrate: number, isShort: boolean): Sent => ({
  statistics: { pair: null, availableBitrate: null, loss: 0, arrivedBitrate },
  demand: { camera: 1_700_000, screen: 0 },
  shortAt: isShort ? 0 : Number.NEGATIVE_INFINITY,
  isOverloaded: false
})
const well = sent(1_700_000, false)
const short = sent(300_000, true)

/** A host of these guests, and the allowances of their cameras. */
const host = (guests: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const told: Array<readonly [guest: string, camera: number]> = []
    const session = yield* Ref.make(fresh)
    for (const guest of guests) {
      const open = openWith(guest)
      const setAllowance = ({ camera }: { readonly camera: number }) => Effect.sync(() => told.push([guest, camera]))
      yield* Ref.update(session, withConnection(guest, { ...open, connection: { ...open.connection, setAllowance } }))
    }
    const capacity = yield* makeHostCapacity(session)
    return { told, session, note: capacity.note, heard: () => told.splice(0) }
  })

describe("the connections of a host's page", () => {
  it.effect("get their allowances once all have been measured, by the newest measurement of each", () =>
    Effect.gen(function* () {
      const { heard, note } = yield* host(["ada", "bob"])
      yield* note("ada", well)
      yield* note("bob", short)
      assert.deepStrictEqual(heard(), [])
      yield* note("ada", short)
      // 480 kbit/s of both, less two voices.
      assert.deepStrictEqual(heard(), [
        ["ada", 160_000],
        ["bob", 160_000]
      ])
      yield* note("bob", short)
      assert.deepStrictEqual(heard(), [])
      yield* note("ada", short)
      assert.strictEqual(heard().length, 2)
    })
  )

  it.effect("share nothing with a guest who is gone", () =>
    Effect.gen(function* () {
      const { heard, note, session } = yield* host(["ada", "bob"])
      yield* note("ada", short)
      yield* note("bob", short)
      yield* Ref.update(session, (now) => takeConnection("ada")(now)[1])
      yield* note("bob", short)
      assert.deepStrictEqual(heard(), [["bob", Number.POSITIVE_INFINITY]])
    })
  )
})
