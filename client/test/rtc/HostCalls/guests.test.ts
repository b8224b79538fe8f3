/** The names that the host's page gives to guests, and tells the others. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { type KnownGuest, makeGuests } from "../../../rtc/HostCalls/guests.js"
import type { Peer } from "../../../rtc/States.js"

const guestsOf = (host?: string, known: ReadonlyMap<string, KnownGuest> = new Map()) =>
  Effect.map(makeGuests({ host, known, hangUp: () => Effect.void, due: Effect.void }), (guests) => ({
    ...guests,
    names: Effect.map(SubscriptionRef.get(guests.tiles), (tiles) => tiles.map(({ peer }) => peer.name))
  }))

const guest = (id: string, name: string): Peer => ({ id, role: "guest", name })

describe("guests of one name", () => {
  it.scoped("are told apart by a number, which each keeps until it leaves", () =>
    Effect.gen(function* () {
      const guests = yield* guestsOf()
      yield* guests.welcome(guest("one", "Ada"))
      yield* guests.welcome({ ...guest("two", "ada"), waiting: true })
      yield* guests.admit("two")
      assert.deepStrictEqual(yield* guests.names, ["Ada", "ada (2)"])
      yield* guests.forget("one")
      assert.deepStrictEqual(yield* guests.names, ["ada (2)"])
      yield* guests.note("two", "Closing")
      yield* guests.welcome(guest("two", "ada"))
      yield* guests.welcome(guest("three", "Ada"))
      assert.deepStrictEqual(yield* guests.names, ["ada (2)", "Ada"])
      yield* guests.welcome(guest("two", "Grace"))
      assert.deepStrictEqual(yield* guests.names, ["Grace", "Ada"])
    })
  )

  it.scoped("are numbered from 2 if the host has their name", () =>
    Effect.gen(function* () {
      const guests = yield* guestsOf("Ada")
      yield* guests.welcome(guest("one", "Ada"))
      assert.deepStrictEqual(yield* guests.names, ["Ada (2)"])
    })
  )

  it.scoped("keep their names after the host's page was reloaded", () =>
    Effect.gen(function* () {
      const known = new Map([
        ["two", { name: "Ada (2)", away: false }],
        ["three", { name: "Ada (3)", away: true }]
      ])
      const guests = yield* guestsOf(undefined, known)
      yield* guests.list(guest("two", "Ada"))
      yield* guests.list(guest("three", "Ada"))
      assert.deepStrictEqual(yield* guests.names, ["Ada (2)", "Ada (3)"])
    })
  )
})
