import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import type { components } from "../signaling/api.gen.js"
import { type IceConfiguration, Signaling } from "../signaling/Signaling.js"
import type { LastingFailure } from "../signaling/SignalingErrors.js"
import { batchSize, makeRemoteCandidates, sendInBatches } from "./candidates.js"
import { encodeControl, type GuestMessage, type HostMessage } from "./control.js"
import { keepIceServersFresh } from "./iceServers.js"
import { kinds, type OutgoingTracks } from "./OutgoingTracks.js"
import {
  type Candidate,
  type DescriptionUnusable,
  type PeerConnection,
  type PeerConnectionEvent,
  PeerConnections
} from "./PeerConnections.js"
import type { Prepared } from "./prepared.js"
import type { Pictures } from "./quality/budget.js"
import { pathOf, receivedOf } from "./quality/connectionQuality.js"
import type { Limits } from "./quality/encoderLimits.js"
import { type Measured, makeQualityControl, type QualityControl } from "./quality/qualityControl.js"
import { makeRateLimit } from "./rateLimits.js"
import type { Facts } from "./recovery.js"
import type { Path } from "./States.js"
import { firstCandidateWait, localCandidatesWait, minConnectionInterval } from "./timings.js"

type Schemas = components["schemas"]
/** What the other side sends about one connection. */
export type ConnectionMessage = Schemas["OfferMessage"] | Schemas["AnswerMessage"] | Schemas["CandidateMessage"]

/** What a connection reports to its call. */
export type ConnectionEvent =
  | Exclude<PeerConnectionEvent, { readonly _tag: "Candidate" }>
  /** Every 2 seconds, only while connected, because losses in a gap say nothing about the network after it. */
  | ({ readonly _tag: "Measured" } & Measured)
  /** The service has taken the latest description. */
  | { readonly _tag: "Delivered" }
  /** The other side's answer is applied. */
  | { readonly _tag: "Answered" }
  | { readonly _tag: "Undeliverable"; readonly failure: LastingFailure }
  /** The browser could not make an offer. */
  | { readonly _tag: "Stuck" }
  /** The relay's credentials were renewed: a path that uses the old ones ends when they expire. */
  | { readonly _tag: "RelayRenewed" }

/** What a connection is opened with. */
export interface ConnectionOptions {
  readonly id: string
  readonly token: string
  /** The other side's peer id. */
  readonly to: string
  readonly relayOnly: boolean
  /** A connection whose offer the other side has already: it is used instead of a new one, and closed with this one. */
  readonly prepared?: Prepared | null
  /** Read when the connection is made, so that later changes of track are in it. */
  readonly tracks: Effect.Effect<OutgoingTracks>
  readonly iceServers: Effect.Effect<IceConfiguration>
  /** How long before their credentials expire new ICE servers are asked for. */
  readonly iceServersMargin: Duration.Duration
  readonly tell: (event: ConnectionEvent) => Effect.Effect<unknown>
}

/** One connection and its signaling: descriptions, then candidates in batches. */
export interface Connection extends Pick<QualityControl, "setWanted" | "setAllowance"> {
  readonly id: string
  readonly offer: (options: { readonly iceRestart: boolean }) => Effect.Effect<void>
  readonly receive: (message: ConnectionMessage) => Effect.Effect<void>
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** False: the channel is not open, or did not take the message. */
  readonly sendControl: (message: GuestMessage | HostMessage) => Effect.Effect<boolean>
  readonly path: Effect.Effect<Path>
  /** `receivedOf`; null if the browser does not count. */
  readonly received: Effect.Effect<number | null>
  readonly facts: Ref.Ref<Omit<Facts, "reachable">>
}

type Work = ConnectionMessage | { readonly type: "make-offer"; readonly iceRestart: boolean }

/** Opens a connection. It returns at once, and works until its scope closes. */
export const openConnection = (
  options: ConnectionOptions
): Effect.Effect<Connection, never, Scope.Scope | Signaling | PeerConnections> =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const peerConnections = yield* PeerConnections
    const { id, prepared = null, to, tell, token } = options
    if (prepared !== null) yield* Effect.addFinalizer(() => prepared.close)
    // Descriptions and candidates are applied one after the other, in the order in which they came.
    const work = yield* Queue.unbounded<Work>()
    /** The newest offer of the other side: older ones that still wait need no answer. */
    let newest: ConnectionMessage | null = null
    const answers = makeRateLimit({ burst: 1, every: Duration.toMillis(minConnectionInterval) })
    /** An offer waits until `minConnectionInterval` after the previous answer, and so does everything behind it. */
    const answerPause = Effect.gen(function* () {
      const rest = answers.rest(yield* Clock.currentTimeMillis)
      if (rest > 0) yield* Effect.sleep(rest)
    })
    const gathered = yield* Queue.unbounded<Candidate | null>()
    const anyGathered = yield* Effect.makeLatch(false)
    const delivered = yield* Effect.makeLatch(false)
    const facts = yield* Ref.make<Omit<Facts, "reachable">>({
      answered: false,
      relay: false,
      relayRequired: false,
      relayGathered: false
    })
    const made = yield* Ref.make<PeerConnection | null>(null)
    const withConnection = <A>(otherwise: A, use: (connection: PeerConnection) => Effect.Effect<A>): Effect.Effect<A> =>
      Effect.flatMap(Ref.get(made), (connection) => (connection === null ? Effect.succeed(otherwise) : use(connection)))
    const measuring = yield* FiberHandle.make<never>()
    /** One description at a time: retries of an older one, as for a full inbox, end when a newer one is delivered. */
    const delivering = yield* FiberHandle.make()
    /** For the encoders: only the latest counts, and nothing waits until the browser has applied it. */
    const limits = yield* Queue.sliding<Pictures<Limits>>(1)
    const qualityControl = makeQualityControl((next) => Effect.asVoid(Queue.offer(limits, next)))
    /** Tells the quality control what is sent at first. */
    const noteTracks = (tracks: OutgoingTracks) =>
      Effect.forEach(kinds, (kind) => qualityControl.setTrack(kind, tracks[kind]), { discard: true })

    const run = Effect.gen(function* () {
      const servers = prepared?.servers ?? (yield* options.iceServers)
      const relayRequired = servers.policy === "relay"
      yield* Ref.update(facts, (known) => ({ ...known, relay: servers.relay, relayRequired }))
      const make = Effect.flatMap(options.tracks, (tracks) =>
        peerConnections.make({
          iceServers: servers.iceServers,
          relayOnly: options.relayOnly || relayRequired,
          tracks
        })
      )
      const connection = prepared?.peer ?? (yield* make)
      yield* Ref.set(made, connection)
      yield* Effect.flatMap(options.tracks, noteTracks)
      const remote = makeRemoteCandidates(connection)

      /** Sends the description with the first candidates: the other side needs some, and this saves a message. */
      const deliver = (message: { readonly type: "offer" | "answer"; readonly sdp: string }) =>
        Effect.gen(function* () {
          const gatheredOne = yield* Effect.timeoutOption(anyGathered.await, firstCandidateWait)
          if (Option.isSome(gatheredOne)) yield* Effect.sleep(localCandidatesWait)
          const candidates = [...(yield* Queue.takeUpTo(gathered, batchSize))]
          const withCandidates = candidates.length === 0 ? {} : { candidates }
          yield* signaling.send(token, { ...message, to, connection: id, ...withCandidates })
          yield* delivered.open
          yield* tell({ _tag: "Delivered" })
        }).pipe(
          Effect.catchAll((failure) => tell({ _tag: "Undeliverable", failure })),
          FiberHandle.run(delivering)
        )
      const handle = (item: Work): Effect.Effect<unknown, DescriptionUnusable> => {
        switch (item.type) {
          case "make-offer":
            return delivered.close.pipe(
              Effect.zipRight(Ref.update(facts, (known) => ({ ...known, answered: false }))),
              Effect.zipRight(connection.offer({ iceRestart: item.iceRestart })),
              Effect.flatMap((sdp) => deliver({ type: "offer", sdp })),
              Effect.tapError(() => tell({ _tag: "Stuck" }))
            )
          case "offer":
            return Effect.gen(function* () {
              if (item === newest) yield* answerPause
              if (item !== newest) return
              answers.pass(yield* Clock.currentTimeMillis)
              yield* delivered.close
              const answer = Effect.flatMap(connection.answer(item.sdp), (sdp) => deliver({ type: "answer", sdp }))
              yield* remote.apply(item, answer)
            })
          case "answer":
            return remote
              .apply(item, connection.applyAnswer(item.sdp))
              .pipe(
                Effect.zipRight(Ref.update(facts, (known) => ({ ...known, answered: true }))),
                Effect.zipRight(tell({ _tag: "Answered" }))
              )
          case "candidate":
            return remote.add(item.candidates)
        }
      }
      const noteRelay = (candidate: Candidate | null) =>
        candidate?.candidate?.includes(" typ relay")
          ? Ref.update(facts, (known) => ({ ...known, relayGathered: true }))
          : Effect.void
      const receiveEvent = (event: PeerConnectionEvent): Effect.Effect<unknown> => {
        switch (event._tag) {
          case "Candidate":
            return noteRelay(event.candidate).pipe(
              Effect.zipRight(Queue.offer(gathered, event.candidate)),
              Effect.zipRight(anyGathered.open)
            )
          case "State": {
            const measured = qualityControl.watch(connection.statistics, (latest) =>
              tell({ _tag: "Measured", ...latest })
            )
            const isConnected = event.state === "connected"
            const measure = isConnected
              ? FiberHandle.run(measuring, measured, { onlyIfMissing: true })
              : FiberHandle.clear(measuring)
            return Effect.zipRight(tell(event), measure)
          }
          default:
            return tell(event)
        }
      }

      yield* Effect.forkScoped(Effect.forever(Effect.flatMap(Queue.take(connection.events), receiveEvent)))
      yield* Effect.forkScoped(Effect.forever(Effect.flatMap(Queue.take(limits), (next) => connection.setLimits(next))))
      yield* Effect.forkScoped(
        sendInBatches(gathered, delivered.await, (candidates, complete) =>
          signaling
            .send(token, { type: "candidate", to, connection: id, candidates, ...(complete ? { complete } : {}) })
            .pipe(Effect.catchAll((failure) => Effect.logDebug("Candidates could not be sent.", failure)))
        )
      )
      if (prepared !== null) {
        const { candidates = [] } = yield* prepared.offer
        yield* Effect.forEach(candidates, (candidate) => noteRelay(candidate), { discard: true })
        yield* delivered.open
        yield* tell({ _tag: "Delivered" })
        // Devices may have been turned on or off since the press.
        const currentTracks = yield* options.tracks
        for (const kind of kinds) yield* prepared.setTrack(kind, currentTracks[kind])
      }
      yield* Effect.forkScoped(
        keepIceServersFresh(connection, servers, options.iceServers, {
          margin: options.iceServersMargin,
          renewed: Effect.zipRight(
            Ref.update(facts, (known) => ({ ...known, relay: true })),
            tell({ _tag: "RelayRenewed" })
          )
        })
      )
      return yield* Effect.forever(
        Effect.flatMap(Queue.take(work), (item) =>
          handle(item).pipe(
            Effect.catchAll((failure) => Effect.logDebug("A description could not be used.", failure.message))
          )
        )
      )
    })
    yield* Effect.forkScoped(run)

    return {
      id,
      facts,
      offer: ({ iceRestart }) => Effect.asVoid(Queue.offer(work, { type: "make-offer", iceRestart })),
      receive: (message) =>
        Effect.suspend(() => {
          if (message.type === "offer") newest = message
          return Effect.asVoid(Queue.offer(work, message))
        }),
      setTrack: (kind, track) =>
        Effect.zipRight(
          withConnection(undefined, (connection) => connection.setTrack(kind, track)),
          qualityControl.setTrack(kind, track)
        ),
      setWanted: qualityControl.setWanted,
      setAllowance: qualityControl.setAllowance,
      sendControl: (message) => withConnection(false, (connection) => connection.sendControl(encodeControl(message))),
      path: withConnection<Path>("unknown", (connection) =>
        Effect.map(connection.statistics, (statistics) => (statistics === null ? "unknown" : pathOf(statistics.report)))
      ),
      received: withConnection<number | null>(null, (connection) =>
        Effect.map(connection.statistics, (statistics) => (statistics === null ? null : receivedOf(statistics.report)))
      )
    }
  })
