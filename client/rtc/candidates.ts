import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type { Candidate, PeerConnection } from "./PeerConnections.js"
import { firstBatch, laterBatches } from "./timings.js"

/** The most that one message carries. */
export const batchSize = 64

/** The most remote candidates that one description has; a peer sends some 10 to 30. */
export const maxRemote = 256

/**
 * Whether the other side can do anything with it. An active TCP candidate has no port that anybody could connect to
 * (RFC 6544, 4.5): who accepts its checks learns of it by them.
 */
export const isReachable = (candidate: string): boolean => !candidate.includes(" tcptype active")

/**
 * Sends local candidates in batches: what is there 50 ms after the first, then every 200 ms. A null ends a gathering.
 * `ready` holds them back until their description is delivered.
 */
export const sendInBatches = (
  gathered: Queue.Dequeue<Candidate | null>,
  ready: Effect.Effect<void>,
  send: (candidates: Array<Candidate>, complete: boolean) => Effect.Effect<void>
): Effect.Effect<never> => {
  const from = (window: Duration.Duration): Effect.Effect<never> =>
    Effect.gen(function* () {
      // What is there by then goes with the description itself.
      yield* ready
      const first = yield* Queue.take(gathered)
      yield* Effect.sleep(window)
      yield* ready
      const batch = [first, ...(yield* Queue.takeUpTo(gathered, batchSize - 1))]
      const candidates = batch.filter((candidate) => candidate !== null)
      // The end alone is not worth a request: nobody waits for it.
      if (candidates.length > 0) yield* send(candidates, batch.includes(null))
      return yield* from(laterBatches)
    })
  return from(firstBatch)
}

/**
 * Remote candidates wait here until the remote description is applied: adding them earlier is an error. Those beyond
 * `maxRemote` are dropped: a browser tries each against all of its own.
 */
export const makeRemoteCandidates = (connection: Pick<PeerConnection, "addCandidate">) => {
  let held: Array<Candidate | null> | null = []
  let left = maxRemote
  return {
    add: (candidates: ReadonlyArray<Candidate | null>) =>
      Effect.suspend(() => {
        const taken = candidates.slice(0, left)
        left -= taken.length
        if (held === null) return Effect.forEach(taken, connection.addCandidate, { discard: true })
        held.push(...taken)
        return Effect.void
      }),
    /** A remote description is applied. That of an ICE restart has candidates of its own, which are counted anew. */
    open: Effect.suspend(() => {
      if (held === null) left = maxRemote
      const waiting = held ?? []
      held = null
      return Effect.forEach(waiting, connection.addCandidate, { discard: true })
    })
  }
}
