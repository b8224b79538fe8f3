import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { type Candidate, DescriptionUnusable, type PeerConnection } from "./PeerConnections.js"
import { batchInterval, firstBatchWindow } from "./timings.js"

/** The most candidates in one message. */
export const batchSize = 64

/** The most remote candidates between two ICE restarts, in descriptions and messages; a peer sends some 10 to 30. */
export const maxRemote = 256

/**
 * Whether the other side can use this candidate. An active TCP candidate has no port to connect to (RFC 6544, 4.5): a
 * peer that accepts its checks learns of it by them.
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
  const sendNext = (window: Duration.Duration): Effect.Effect<never> =>
    Effect.gen(function* () {
      // What is there by then goes with the description itself.
      yield* ready
      const first = yield* Queue.take(gathered)
      yield* Effect.sleep(window)
      yield* ready
      const batch = [first, ...(yield* Queue.takeUpTo(gathered, batchSize - 1))]
      const candidates = batch.filter((candidate) => candidate !== null)
      // The end of gathering is not worth a request of its own: nobody waits for it.
      if (candidates.length > 0) yield* send(candidates, batch.includes(null))
      return yield* sendNext(batchInterval)
    })
  return sendNext(firstBatchWindow)
}

/**
 * The ICE sessions in a description, by username fragment (RFC 8839, section 5.4). Firefox accepts spaces and any case.
 */
const sessionsIn = (sdp: string) => [...sdp.matchAll(/^a=[ \t]*ice-ufrag[ \t]*:[ \t]*(\S+)/gim)].map(([, name]) => name)
/** How many candidates are in a description (RFC 8839, section 5.1). */
const countIn = (sdp: string) => sdp.match(/^a=[ \t]*candidate\b/gim)?.length ?? 0

/** A remote description, and candidates that came with it. */
interface Description {
  readonly sdp: string
  readonly candidates?: ReadonlyArray<Candidate | null>
}

/**
 * Remote candidates wait here until the remote description is applied: adding them earlier is an error. Those beyond
 * `maxRemote` are dropped, and a description that has more is refused: a browser pairs each with all of its own.
 */
export const makeRemoteCandidates = (connection: Pick<PeerConnection, "addCandidate">) => {
  let held: Array<Candidate | null> | null = []
  let remaining = maxRemote
  let sessions: ReadonlyArray<string | undefined> = []
  const add = (candidates: ReadonlyArray<Candidate | null>) =>
    Effect.suspend(() => {
      const taken = candidates.slice(0, remaining)
      remaining -= taken.length
      if (held === null) return Effect.forEach(taken, connection.addCandidate, { discard: true })
      held.push(...taken)
      return Effect.void
    })
  return {
    add,
    /** Applies a description. The candidates of an ICE restart are counted anew. */
    apply: ({ candidates = [], sdp }: Description, applying: Effect.Effect<unknown, DescriptionUnusable>) =>
      Effect.gen(function* () {
        const newSessions = sessionsIn(sdp)
        // A bundled m-line may name any session: if one session goes on, that is no restart.
        const restarts = held === null && !newSessions.some((name) => sessions.includes(name))
        const remainingAfter = (restarts ? maxRemote : remaining) - countIn(sdp)
        if (remainingAfter < 0)
          return yield* new DescriptionUnusable({ message: `There are more than ${maxRemote} candidates.` })
        yield* applying
        remaining = remainingAfter
        sessions = newSessions
        const waiting = held ?? []
        held = null
        yield* Effect.forEach(waiting, connection.addCandidate, { discard: true })
        yield* add(candidates)
      })
  }
}
