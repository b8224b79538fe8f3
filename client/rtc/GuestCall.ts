import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { Wakeup } from "../browser/Wakeup.js"
import { Secrets } from "../signaling/Secrets.js"
import { Signaling } from "../signaling/Signaling.js"
import type { GuestMessage, HostMessage } from "./control.js"
import { makeHostConnection } from "./GuestCall/connection.js"
import { type GuestInput, receive } from "./GuestCall/inputs.js"
import { makePlace } from "./GuestCall/place.js"
import { makeGuestPolling } from "./GuestCall/polling.js"
import { type Command, hangUp, initialState, pollModeOf, show, type Update, update, viewOf } from "./GuestCall/state.js"
import type { KnownClaim } from "./knownClaim.js"
import { makeOutbox } from "./Outbox.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import type { PeerConnections } from "./PeerConnections.js"
import type { Prepared } from "./prepared.js"
import type { GuestState, Quality } from "./States.js"
import { maxDrawDelay } from "./timings.js"

/** A guest's call. It lives as long as the scope it was made in; closing the scope leaves the session. */
export interface GuestCall {
  readonly state: SubscriptionRef.SubscriptionRef<GuestState>
  /** The name of the host who has the room. Null while there is none. */
  readonly hostName: SubscriptionRef.SubscriptionRef<string | null>
  /** What the host sends back: a picture, and the voices of all others. */
  readonly incoming: SubscriptionRef.SubscriptionRef<MediaStream | null>
  /** A shared screen, the host's or a guest's, only while the host announces one. */
  readonly screen: SubscriptionRef.SubscriptionRef<MediaStream | null>
  /** Null while the connection is not up, and for its first 2 seconds. */
  readonly quality: SubscriptionRef.SubscriptionRef<Quality | null>
  /** Replaces what is sent, at once and in every later connection, with nothing renegotiated. */
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** Sends it on the control channel; while none is open, it waits for the next. */
  readonly say: (message: GuestMessage) => Effect.Effect<void>
  /**
   * Tells the host that this page closes or is hidden, and may be back; the place is kept. To be run in the handler of
   * `pagehide`, where nothing can be awaited.
   */
  readonly sayAway: Effect.Effect<void>
  /** A person's press: starts over with a new connection, or joins again if the page has lost its place. */
  readonly retry: Effect.Effect<void>
}

export interface GuestCallOptions {
  /** Left out: the deployment's default room. */
  readonly room?: string | undefined
  readonly name?: string | undefined
  /** A person has just pressed *Join*. False for a page that was reloaded within a call, and takes its place again. */
  readonly pressed: boolean
  readonly known: KnownClaim
  /** The connection that was ready at the press: its offer is sent with the join. The call closes it. */
  readonly prepared?: Prepared | null
  readonly tracks: OutgoingTracks
  /** The present state: sent whenever a control channel opens. */
  readonly greeting: Effect.Effect<ReadonlyArray<GuestMessage>>
  /** Gets all messages of the host but `bye`, `away` and `wanted`. */
  readonly received: (message: HostMessage) => Effect.Effect<unknown>
}

/** Sets the reference if the value is another. */
const publish = <A>(ref: SubscriptionRef.SubscriptionRef<A>, value: A) =>
  Effect.flatMap(SubscriptionRef.get(ref), (now) => (now === value ? Effect.void : SubscriptionRef.set(ref, value)))

/**
 * Joins at once, calls the host as soon as there is one, and mends the call by itself. Returns once the join is on its
 * way, so that the page draws afterwards; or after a second, if other pages of this browser are waited for.
 *
 * All that happens is an input, and one fiber takes them, one after the other: `receive` returns what the input means,
 * and its commands are done before the next input is taken. So nothing races.
 */
export const makeGuestCall = (
  options: GuestCallOptions
): Effect.Effect<GuestCall, never, Scope.Scope | Signaling | PeerConnections | Secrets | Wakeup> =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const wakeup = yield* Wakeup
    const secrets = yield* Secrets
    const { known, name, room } = options
    const inputs = yield* Queue.unbounded<GuestInput>()
    const tell = (input: GuestInput) => Queue.offer(inputs, input)
    const entered = yield* Effect.makeLatch(false)
    const outbox = makeOutbox<GuestMessage>()

    /** Only the fiber that takes the inputs replaces it. */
    let call = initialState({ ...(yield* secrets.guestToken(room)), known: known.get() })
    const token = () => call.token
    const shown = {
      state: yield* SubscriptionRef.make(call.shown),
      hostName: yield* SubscriptionRef.make<string | null>(null),
      incoming: yield* SubscriptionRef.make<MediaStream | null>(null),
      screen: yield* SubscriptionRef.make<MediaStream | null>(null),
      quality: yield* SubscriptionRef.make<Quality | null>(null)
    }

    const place = yield* makePlace({ room, name, token, tell })
    const connection = yield* makeHostConnection({
      token,
      prepared: options.prepared ?? null,
      tracks: options.tracks,
      greeting: options.greeting,
      outbox,
      tell
    })
    const polling = yield* makeGuestPolling({
      token,
      cursor: () => call.cursor,
      lost: (failure) => tell({ _tag: "Lost", failure }),
      receive: (message) => tell({ _tag: "Message", message })
    })

    const perform = (command: Command): Effect.Effect<unknown> => {
      switch (command._tag) {
        case "TakePlace":
          return Effect.flatMap(place.take(command.steal), handle)
        case "Join":
          return command.withOffer ? Effect.flatMap(connection.preparedOffer, place.join) : place.join(null)
        case "JoinLater":
          return place.joinLater
        case "GiveUpPlace":
          return place.giveUp
        case "ForgetToken":
          return place.forgetToken
        case "Leave":
          return place.leaveAside
        case "StopPolling":
          return polling.use("none")
        case "DiscardPrepared":
          return connection.discardPrepared
        case "Connect":
          return connection.connect(command.host, command.relayOnly)
        case "HangUp":
          return connection.hangUp
        case "RestartIce":
          return connection.restartIce
        case "AwaitMove":
          return connection.awaitMove
        case "WatchPacketSilence":
          return connection.watchPacketSilence
        case "ReadPath":
          return Effect.flatMap(connection.path, (path) => handle({ _tag: "PathRead", path }))
        case "StartTimer":
          return connection.startTimer(command.timer, command.after)
        case "StopTimer":
          return connection.stopTimer
        case "Talk":
          return connection.talk
        case "StopTalking":
          return connection.stopTalking
        case "Receive":
          return connection.receive(command.message)
        case "SetWanted":
          return connection.setWanted(command.wanted)
        case "Deliver":
          return options.received(command.message)
      }
    }

    const become = ({ commands, state }: Update): Effect.Effect<void> =>
      Effect.gen(function* () {
        // Stored before anything is done: a page that is reloaded meanwhile calls nobody else.
        if (state.known !== call.known) known.set(state.known)
        call = state
        yield* Effect.forEach(commands, perform, { discard: true })
      })
    const handle = (input: GuestInput): Effect.Effect<void> =>
      Effect.gen(function* () {
        // Events of an older connection are dropped.
        if ("connection" in input && !connection.isOpen(input.connection)) return
        const now = yield* Clock.currentTimeMillis
        yield* become(receive(call, input, { now, facts: yield* connection.facts }))
      })
    const publishAll = Effect.suspend(() => {
      const { hostName, incoming, quality, screen, state } = viewOf(call)
      return Effect.all([
        publish(shown.state, state),
        publish(shown.hostName, hostName),
        publish(shown.incoming, incoming),
        publish(shown.screen, screen),
        publish(shown.quality, quality)
      ])
    })

    yield* Effect.addFinalizer(() =>
      Effect.gen(function* () {
        yield* connection.sayNow({ type: "bye" })
        yield* polling.use("none")
        yield* become(hangUp(call))
        yield* publishAll
        yield* connection.discardPrepared
        if (call.joined !== null) yield* place.leave
        // Another tab takes the place once the service knows that this one has left it.
        yield* place.giveUp
        yield* become(update(show(call, { _tag: "Left" })))
        yield* publishAll
      })
    )
    const takeNext = Effect.gen(function* () {
      const input = yield* Queue.take(inputs)
      yield* handle(input)
      yield* publishAll
      if (input._tag === "Enter") yield* entered.open
      yield* polling.use(pollModeOf(call))
    })
    yield* Effect.forkScoped(Effect.forever(takeNext))
    yield* Effect.forkScoped(Stream.runForEach(signaling.reachable.changes, (now) => tell({ _tag: "Reachable", now })))
    yield* Effect.forkScoped(Effect.forever(Effect.zipRight(wakeup.next, tell({ _tag: "Woke" }))))
    yield* tell({ _tag: "Enter", pressed: options.pressed, steal: false })
    yield* Effect.timeoutOption(entered.await, maxDrawDelay)

    return {
      ...shown,
      say: outbox.say,
      sayAway: Effect.suspend(() =>
        call.joined === null
          ? Effect.void
          : Effect.zipRight(connection.sayNow({ type: "away" }), signaling.away(call.token))
      ),
      setTrack: connection.setTrack,
      retry: tell({ _tag: "Retry" })
    }
  })
