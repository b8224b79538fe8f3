import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { type Candidate, DescriptionUnusable, type PeerConnection } from "./PeerConnections.js"
import { batchInterval, firstBatchWindow } from "./timings.js"

/** The most that one message carries. */
export const batchSize = 64

/** The most remote candidates between two ICE restarts, in descriptions and beside them; a peer sends some 10 to 30. */
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
      return yield* from(batchInterval)
    })
  return from(firstBatchWindow)
}

/** The names of the ICE sessions in a description (RFC 8839, section 5.4). Firefox takes spaces in a line, and any case. */
const sessionsIn = (sdp: string) => [...sdp.matchAll(/^a=[ \t]*ice-ufrag[ \t]*:[ \t]*(\S+)/gim)].map(([, name]) => name)
/** How many candidates stand in a description (RFC 8839, section 5.1). */
const countIn = (sdp: string) => sdp.match(/^a=[ \t]*candidate\b/gim)?.length ?? 0

/** A remote description, and candidates that came with it. */
interface Description {
  readonly sdp: string
  readonly candidates?: ReadonlyArray<Candidate | null>
}

/**
 * Remote candidates wait here until the remote description is applied: adding them earlier is an error. Those beyond
 * `maxRemote` are dropped, and a description that has more is refused: a browser tries each against all of its own.
 */
export const makeRemoteCandidates = (connection: Pick<PeerConnection, "addCandidate">) => {
  let held: Array<Candidate | null> | null = []
  let left = maxRemote
  let sessions: ReadonlyArray<string | undefined> = []
  const add = (candidates: ReadonlyArray<Candidate | null>) =>
    Effect.suspend(() => {
      const taken = candidates.slice(0, left)
      left -= taken.length
      if (held === null) return Effect.forEach(taken, connection.addCandidate, { discard: true })
      held.push(...taken)
      return Effect.void
    })
  return {
    add,
    /** Has a description applied. That of an ICE restart has candidates of its own, which are counted anew. */
    apply: ({ candidates = [], sdp }: Description, applying: Effect.Effect<unknown, DescriptionUnusable>) =>
      Effect.gen(function* () {
        const named = sessionsIn(sdp)
        // An m-line that is bundled with another may name any session: where one goes on that is no restart.
        const restarts = held === null && !named.some((name) => sessions.includes(name))
        const rest = (restarts ? maxRemote : left) - countIn(sdp)
        if (rest < 0) return yield* new DescriptionUnusable({ message: `There are more than ${maxRemote} candidates.` })
        yield* applying
        left = rest
        sessions = named
        const waiting = held ?? []
        held = null
        yield* Effect.forEach(waiting, connection.addCandidate, { discard: true })
        yield* add(candidates)
      })
  }
}
