import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import * as Ref from "effect/Ref"
import * as SubscriptionRef from "effect/SubscriptionRef"
import type { HostMessage } from "../control.js"
import { inBatches, makeOutbox } from "../Outbox.js"
import { linesTaken, makeRateLimitByKey } from "../rateLimits.js"
import type { Guests } from "./guests.js"
import * as Session from "./session.js"

/** What a host's page sends its guests on their control channels. */
export interface Talks {
  /** Sends it to one guest; while no channel is open, it waits for the next. */
  readonly tell: (guest: string, message: HostMessage) => Effect.Effect<void>
  /** Sends it to everybody who is in. */
  readonly tellAll: (message: HostMessage) => Effect.Effect<void>
  /** The channel is open: sends the present state and then new messages, until `pause`. */
  readonly begin: (guest: string, open: Session.OpenConnection) => Effect.Effect<unknown>
  /** The channel is closed: messages wait for the next. */
  readonly pause: (open: Session.OpenConnection) => Effect.Effect<void>
  /** Whether a chat line of this guest is taken now. A guest that writes too many is told. */
  readonly takes: (guest: string) => Effect.Effect<boolean>
}

interface TalksOptions {
  readonly session: Ref.Ref<Session.Session>
  readonly guests: Pick<Guests, "tile" | "tiles">
  /** The present state of things for this guest. */
  readonly greeting: (guest: string) => Effect.Effect<ReadonlyArray<HostMessage>>
}

const newOutbox = () => makeOutbox(inBatches)

export const makeTalks = ({ greeting, guests, session }: TalksOptions): Talks => {
  const isTaken = makeRateLimitByKey(linesTaken)
  const outboxFor = (guest: string) => Ref.modify(session, Session.outboxFor(guest, newOutbox))
  const tell = (guest: string, message: HostMessage) =>
    Effect.flatMap(guests.tile(guest), (tile) =>
      tile === undefined ? Effect.void : Effect.flatMap(outboxFor(guest), ({ say }) => say(message))
    )

  return {
    tell,
    tellAll: (message) =>
      Effect.flatMap(SubscriptionRef.get(guests.tiles), (tiles) =>
        Effect.forEach(
          tiles.filter(({ state }) => state !== "Waiting"),
          ({ peer }) => tell(peer.id, message),
          { discard: true }
        )
      ),
    begin: (guest, { connection, draining }) =>
      Effect.gen(function* () {
        const present = yield* greeting(guest)
        const { drain } = yield* outboxFor(guest)
        return yield* drain(present, connection.sendControl)
      }).pipe(FiberHandle.run(draining)),
    pause: ({ draining }) => FiberHandle.clear(draining),
    takes: (guest) =>
      Effect.gen(function* () {
        // A guest that writes without end must burden neither this page nor anybody else.
        const taken = isTaken(guest, yield* Clock.currentTimeMillis)
        if (!taken) yield* tell(guest, { type: "slow-down" })
        return taken
      })
  }
}
