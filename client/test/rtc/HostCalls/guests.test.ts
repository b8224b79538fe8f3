/** What guests are called by the host's page, and by all to whom it tells their names. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { type KnownGuest, makeGuests } from "../../../rtc/HostCalls/guests.js"
import type { Peer } from "../../../rtc/States.js"

const guestsOf = (host?: string, known: ReadonlyMap<string, KnownGuest> = new Map()) =>
  Effect.map(makeGuests({ host, known, hangUp: () => Effect.void, due: Effect.void }), (guests) => ({
    ...guests,
    called: Effect.map(SubscriptionRef.get(guests.tiles), (tiles) => tiles.map(({ peer }) => peer.name))
  }))

const called = (id: string, name: string): Peer => ({ id, role: "guest", name })

describe("guests of one name", () => {
  it.scoped("are told apart by a number, which each keeps until it leaves", () =>
    Effect.gen(function* () {
      const guests = yield* guestsOf()
      yield* guests.welcome(called("one", "Ada"))
      yield* guests.welcome({ ...called("two", "ada"), waiting: true })
      yield* guests.admit("two")
      assert.deepStrictEqual(yield* guests.called, ["Ada", "ada (2)"])
      yield* guests.forget("one")
      assert.deepStrictEqual(yield* guests.called, ["ada (2)"])
      yield* guests.note("two", "Closing")
      yield* guests.welcome(called("two", "ada"))
      yield* guests.welcome(called("three", "Ada"))
      assert.deepStrictEqual(yield* guests.called, ["ada (2)", "Ada"])
      yield* guests.welcome(called("two", "Grace"))
      assert.deepStrictEqual(yield* guests.called, ["Grace", "Ada"])
    })
  )

  it.scoped("are told from the host, too", () =>
    Effect.gen(function* () {
      const guests = yield* guestsOf("Ada")
      yield* guests.welcome(called("one", "Ada"))
      assert.deepStrictEqual(yield* guests.called, ["Ada (2)"])
    })
  )

  it.scoped("are called the same after the host's page was reloaded", () =>
    Effect.gen(function* () {
      const known = new Map([
        ["two", { name: "Ada (2)", away: false }],
        ["three", { name: "Ada (3)", away: true }]
      ])
      const guests = yield* guestsOf(undefined, known)
      yield* guests.list(called("two", "Ada"))
      yield* guests.list(called("three", "Ada"))
      assert.deepStrictEqual(yield* guests.called, ["Ada (2)", "Ada (3)"])
    })
  )
})
