import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { allowancesOf, capacityAfter, type Sent, unboundedCapacity } from "../quality/capacity.js"
import { millisOf } from "../quality/regulator.js"
import { connectionOf, type Session } from "./session.js"

/** How the connections of a host's page share its line and its machine. */
export interface HostCapacity {
  /** Takes one connection's measurement. Once all connections have been measured, each is told what it may take. */
  readonly note: (guest: string, sent: Sent) => Effect.Effect<void>
  /** `Capacity.machineShare`. */
  readonly machineShare: SubscriptionRef.SubscriptionRef<number>
}

export const makeHostCapacity = (session: Ref.Ref<Session>): Effect.Effect<HostCapacity> =>
  Effect.map(SubscriptionRef.make(unboundedCapacity.machineShare.limit), (machineShare) => {
    let capacity = unboundedCapacity
    /** The measurements since the last allowances, and the one that led to them. */
    let noted = new Map<string, Sent>()

    const divide = (all: ReadonlyMap<string, Sent>) =>
      Effect.gen(function* () {
        const current = yield* Ref.get(session)
        const measured = [...all].flatMap(([guest, sent]) => {
          const open = connectionOf(current, guest)
          return open === undefined ? [] : [{ sent, connection: open.connection }]
        })
        capacity = capacityAfter(
          capacity,
          measured.map(({ sent }) => sent),
          millisOf(yield* Clock.currentTimeNanos)
        )
        const allowances = allowancesOf(
          capacity,
          measured.map(({ sent }) => sent.demand)
        )
        for (const [index, { connection }] of measured.entries()) {
          const allowance = allowances[index]
          if (allowance !== undefined) yield* connection.setAllowance(allowance)
        }
        if ((yield* SubscriptionRef.get(machineShare)) !== capacity.machineShare.limit) {
          yield* SubscriptionRef.set(machineShare, capacity.machineShare.limit)
        }
      })

    return {
      machineShare,
      // Every connection is measured every 2 seconds: a second measurement of one means that all that are up have one.
      note: (guest, sent) =>
        Effect.suspend(() => {
          const isSecond = noted.has(guest)
          noted.set(guest, sent)
          if (!isSecond) return Effect.void
          const all = noted
          noted = new Map([[guest, sent]])
          return divide(all)
        })
    }
  })
