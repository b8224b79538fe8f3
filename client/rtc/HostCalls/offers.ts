import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberMap from "effect/FiberMap"
import type * as Scope from "effect/Scope"
import type { Message } from "../../signaling/Signaling.js"
import type { ConnectionMessage } from "../Connection.js"
import { minConnectionInterval } from "../timings.js"

type Offer = Extract<ConnectionMessage, { readonly type: "offer" }>

/**
 * At most this many messages with candidates wait for a guest's connection, the latest ones: guests are not trusted.
 */
const maxEarly = 32

/** What guests send for connections that are not open yet. */
export interface Offers {
  /**
   * Keeps candidates for the offer of their connection; answers an offer, at once or when the guest's pause is over.
   */
  readonly receive: (message: ConnectionMessage) => Effect.Effect<void>
  /** Forgets what waits from this guest. */
  readonly drop: (guest: string) => Effect.Effect<void>
  readonly clear: Effect.Effect<void>
}

interface OffersOptions {
  /** Opens the offered connection, with the candidates that came early. */
  readonly answer: (offer: Offer, early: ReadonlyArray<ConnectionMessage>) => Effect.Effect<unknown>
  /** Does it in turn with all other inputs of the session. */
  readonly perform: (effect: Effect.Effect<unknown>) => Effect.Effect<unknown>
}

/** Of each guest only the newest offer counts, and makes at most one connection in each `minConnectionInterval`. */
export const makeOffers = ({ answer, perform }: OffersOptions): Effect.Effect<Offers, never, Scope.Scope> =>
  Effect.gen(function* () {
    const offers = new Map<string, Offer>()
    const early = new Map<string, ReadonlyArray<ConnectionMessage>>()
    // Kept when a guest leaves: otherwise one that comes and goes would get a new connection each time.
    const answered = new Map<string, number>()
    const pauses = yield* FiberMap.make<string>()

    const settle = (guest: string): Effect.Effect<void> =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        for (const [other, time] of answered) {
          if (time > now || now - time >= Duration.toMillis(minConnectionInterval)) answered.delete(other)
        }
        const offer = offers.get(guest)
        if (offer === undefined) return
        const last = answered.get(guest)
        if (last !== undefined) {
          const pause = last + Duration.toMillis(minConnectionInterval) - now
          yield* FiberMap.run(pauses, guest, Effect.delay(perform(settle(guest)), Duration.millis(pause)))
          return
        }
        const earlyCandidates = (early.get(guest) ?? []).filter(({ connection }) => connection === offer.connection)
        offers.delete(guest)
        early.delete(guest)
        answered.set(guest, now)
        yield* answer(offer, earlyCandidates)
      })

    return {
      receive: (message) =>
        Effect.suspend(() => {
          const { from } = message
          if (message.type === "offer") {
            offers.set(from, message)
            return settle(from)
          }
          early.set(from, [...(early.get(from) ?? []), message].slice(-maxEarly))
          return Effect.void
        }),
      drop: (guest) =>
        Effect.suspend(() => {
          offers.delete(guest)
          early.delete(guest)
          return FiberMap.remove(pauses, guest)
        }),
      clear: Effect.suspend(() => {
        offers.clear()
        early.clear()
        return FiberMap.clear(pauses)
      })
    }
  })

/** The messages of one poll, with only the newest offer of each guest. */
export const newestOffers = (messages: Chunk.Chunk<Message>): Chunk.Chunk<Message> => {
  const newest = new Map<string, number>()
  for (const { from, id, type } of messages) if (type === "offer") newest.set(from, id)
  return Chunk.filter(messages, ({ from, id, type }) => type !== "offer" || newest.get(from) === id)
}
