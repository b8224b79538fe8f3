import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberHandle from "effect/FiberHandle"
import * as Queue from "effect/Queue"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { Wakeup } from "../browser/Wakeup.js"
import { makeConnectionId, Secrets } from "../signaling/Secrets.js"
import { type JoinedAsGuest, type Message, Signaling } from "../signaling/Signaling.js"
import type { PeerUnknown, RecipientUnknown, RequestRefused } from "../signaling/SignalingErrors.js"
import { type Connection, type ConnectionEvent, openConnection } from "./Connection.js"
import { decodeHostMessage, type GuestMessage, type HostMessage, makeReceiver } from "./control.js"
import type { GuestInput } from "./GuestInput.js"
import { makeGuestPolling } from "./guestPolling.js"
import { makeIceServers } from "./iceServers.js"
import { type KnownClaim, mayCall, unanswered } from "./knownClaim.js"
import { makeOutbox } from "./Outbox.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import { PeerConnections } from "./PeerConnections.js"
import type { Prepared } from "./prepared.js"
import { type Event, firstTransition, type RecoveryState, type Transition, timeoutOf, transition } from "./recovery.js"
import { refused } from "./refusals.js"
import type { GuestState, Path, Peer, Quality, WaitingReason } from "./States.js"
import { stateOf } from "./standings.js"
import { drawnWithin, iceServersMargin, pressHolds, relayMove } from "./timings.js"

/** A guest's call. It lives as long as the scope it was made in; closing the scope leaves the session. */
export interface GuestCall {
  readonly state: SubscriptionRef.SubscriptionRef<GuestState>
  /** The name of the host who has the room. Null while there is none. */
  readonly hostName: SubscriptionRef.SubscriptionRef<string | null>
  /** What the host sends back: a picture, and the voices of all others. */
  readonly incoming: SubscriptionRef.SubscriptionRef<MediaStream | null>
  /** The host's screen, only while the host says that it shares one. */
  readonly screen: SubscriptionRef.SubscriptionRef<MediaStream | null>
  /** Null while the connection is not up, and for its first 2 seconds. */
  readonly quality: SubscriptionRef.SubscriptionRef<Quality | null>
  /** Replaces what is sent, at once and in every later connection, with nothing renegotiated. */
  readonly setTrack: (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** Says it over the control channel; while none is open it waits for the next. */
  readonly say: (message: GuestMessage) => Effect.Effect<void>
  /**
   * This page closes, or is put aside, and may be back: the host hears of it, and the place is kept. To be run in the
   * handler of `pagehide`, where nothing is waited for.
   */
  readonly sayAway: Effect.Effect<void>
  /** A person's press: starts over with a new connection, or joins anew where the page has no place any more. */
  readonly retry: Effect.Effect<void>
}

export interface GuestCallOptions {
  /** Left out: the deployment's default room. */
  readonly room?: string | undefined
  readonly name?: string | undefined
  /** A person has just pressed *Join*. False for a page that was reloaded within a call, and takes its place again. */
  readonly pressed: boolean
  readonly known: KnownClaim
  /** What the press has found ready: its offer travels with the join. It is this call's to close. */
  readonly prepared?: Prepared | null
  readonly tracks: OutgoingTracks
  /** The present state of things: said anew whenever a control channel opens. */
  readonly greeting: Effect.Effect<ReadonlyArray<GuestMessage>>
  /** All that the host says, but its `bye`: that one changes the state. */
  readonly received: (message: HostMessage) => Effect.Effect<unknown>
}

/** Why there is nobody to call, by what the service says of the room. */
const withoutHost = { never: "NeverHosted", claimed: "NotStarted", ended: "SessionOver" } as const

const displaced: GuestState = {
  _tag: "Refused",
  refusal: "Replaced",
  message: "This conference was opened in another tab."
}

interface Open {
  readonly connection: Connection
  readonly scope: Scope.CloseableScope
}

/**
 * Joins at once, calls the host as soon as there is one, and mends the call by itself. It is given once the join is on its
 * way, so that whatever a page draws for it comes after; or in a second, where other pages of this browser are waited for.
 */
export const makeGuestCall = (
  options: GuestCallOptions
): Effect.Effect<GuestCall, never, Scope.Scope | Signaling | PeerConnections | Secrets | Wakeup> =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const peerConnections = yield* PeerConnections
    const wakeup = yield* Wakeup
    const secrets = yield* Secrets
    const state = yield* SubscriptionRef.make<GuestState>({ _tag: "Joining", offline: false })
    const hostName = yield* SubscriptionRef.make<string | null>(null)
    const incoming = yield* SubscriptionRef.make<MediaStream | null>(null)
    const screen = yield* SubscriptionRef.make<MediaStream | null>(null)
    const quality = yield* SubscriptionRef.make<Quality | null>(null)
    const outbox = makeOutbox<GuestMessage>()
    const read = makeReceiver(decodeHostMessage)
    const tracks = yield* Ref.make(options.tracks)
    const inputs = yield* Queue.unbounded<GuestInput>()
    const tell = (input: GuestInput) => Queue.offer(inputs, input)
    const own = yield* Effect.scope
    const iceServers = yield* makeIceServers(() => token)
    const joining = yield* FiberHandle.make()
    const waiting = yield* FiberHandle.make()
    const talking = yield* FiberHandle.make()
    const movingOn = yield* FiberHandle.make()
    const entered = yield* Effect.makeLatch(false)

    // Only the fiber that takes the inputs touches these.
    let { isNew, token } = yield* secrets.guestToken(options.room)
    /** Let go where this page has no place in the room, and asks for none. */
    let held: Scope.CloseableScope | null = null
    /** Until the join is answered, or nothing is to come of it. */
    let prepared = options.prepared ?? null
    /** When the person pressed, in milliseconds: a press that no answer of the service has met yet. */
    let pressed: number | null = null
    /** The token is unknown, and the join that makes it known again is under way. */
    let rejoining = false
    let joined: JoinedAsGuest | null = null
    /** The host has let this page in: a refusal from then on is a removal. */
    let wasIn = false
    let cursor = 0
    let open: Open | null = null
    let standing: RecoveryState | null = null
    let controlOpen = false
    let secondVideo: MediaStream | null = null
    let hostShares = false
    let path: Path = "unknown"
    let hostAway = false
    /** An ICE restart of a call that stands is under way: its answer comes by the service. */
    let moving = false
    let reachable = true
    let timer = 0

    const lost = (failure: PeerUnknown | RecipientUnknown | RequestRefused) => tell({ _tag: "Lost", failure })
    const show = (now: GuestState) => SubscriptionRef.set(state, now)

    /** Whether the person has pressed just now. */
    const isFresh = Effect.map(
      Clock.currentTimeMillis,
      (now) => pressed !== null && now - pressed <= Duration.toMillis(pressHolds)
    )

    const join = Effect.gen(function* () {
      if (standing?._tag !== "Steady") yield* show({ _tag: "Joining", offline: !reachable })
      const { name, room } = options
      // Only a press calls whoever has the room.
      const offer = prepared !== null && (yield* isFresh) ? yield* prepared.offer : null
      yield* signaling
        .joinAsGuest({ token, ...(room === undefined ? {} : { room }), ...(name === undefined ? {} : { name }) }, offer)
        .pipe(
          Effect.flatMap((answer) => tell({ _tag: "Joined", answer })),
          Effect.catchAll(lost),
          FiberHandle.run(joining)
        )
    })

    /** Other tabs of this browser may take the place now. */
    const release = Effect.suspend(() => {
      const closing = held
      held = null
      return closing === null ? Effect.void : Scope.close(closing, Exit.void)
    })

    /** Takes this browser's place in the room, unless another tab is there with it. */
    const enter = (steal: boolean) =>
      Effect.gen(function* () {
        yield* release
        const scope = yield* Scope.make()
        const kept = yield* secrets.guestToken(options.room)
        token = kept.token
        isNew = kept.isNew
        const place = yield* Scope.extend(secrets.holdGuestToken(token, steal), scope)
        if (place === null) return yield* Effect.zipRight(discardPrepared, show({ _tag: "Elsewhere" }))
        held = scope
        yield* Effect.forkIn(Effect.zipRight(place.lost, tell({ _tag: "Displaced" })), scope)
        yield* join
      })

    const polling = yield* makeGuestPolling({
      token: () => token,
      lost,
      receive: (message) => tell({ _tag: "Message", message })
    })
    /** A connected guest hears its host over the control channel, and only shows itself at the service. */
    const pollAsNeeded = Effect.suspend(() =>
      polling.use(
        joined === null || rejoining
          ? "none"
          : standing?._tag === "Steady" && controlOpen && !moving
            ? "keep"
            : "listen",
        () => cursor
      )
    )

    const showHost = Effect.suspend(() => SubscriptionRef.set(hostName, joined?.host?.name ?? null))

    const stopPolling = polling.use("none", () => cursor)

    const hangUp = Effect.suspend(() => {
      const closing = open
      open = null
      standing = null
      controlOpen = false
      secondVideo = null
      hostShares = false
      path = "unknown"
      moving = false
      timer++
      if (closing === null) return Effect.void
      return Effect.all([
        FiberHandle.clear(talking),
        SubscriptionRef.set(incoming, null),
        SubscriptionRef.set(screen, null),
        SubscriptionRef.set(quality, null),
        Scope.close(closing.scope, Exit.void)
      ])
    })

    const connect = (host: string, relayOnly: boolean) =>
      Effect.gen(function* () {
        const scope = yield* Scope.make()
        const ready = prepared
        prepared = null
        const id = ready?.id ?? (yield* makeConnectionId)
        const connection = yield* openConnection({
          id,
          token,
          to: host,
          relayOnly,
          prepared: ready,
          tracks: Ref.get(tracks),
          iceServers,
          iceServersMargin,
          tell: (event) => tell({ _tag: "Connection", connection: id, event })
        }).pipe(
          Scope.extend(scope),
          Effect.provideService(Signaling, signaling),
          Effect.provideService(PeerConnections, peerConnections)
        )
        open = { connection, scope }
        // What was prepared is offered already.
        if (ready === null) yield* connection.offer({ iceRestart: false })
      })
    const discardPrepared = Effect.suspend(() => {
      const closing = prepared
      prepared = null
      return closing === null ? Effect.void : closing.close
    })

    /** A relay drops a call whose credentials end. Before that a relayed one moves to the new ones, and nobody notices. */
    const moveToNewRelay = Effect.suspend(() => {
      if (open === null || standing?._tag !== "Steady" || path !== "relay") return Effect.void
      moving = true
      return Effect.zipRight(
        open.connection.offer({ iceRestart: true }),
        FiberHandle.run(movingOn, Effect.delay(tell({ _tag: "Moved" }), relayMove))
      )
    })

    /** Gives the present standing its time. Of the timers only the latest counts. */
    const startTimer = Effect.suspend(() => {
      const patience = standing === null ? null : timeoutOf(standing)
      timer++
      if (patience === null) return FiberHandle.clear(waiting)
      return FiberHandle.run(waiting, Effect.delay(tell({ _tag: "TimeUp", timer }), patience))
    })

    const showStanding = Effect.gen(function* () {
      if (standing === null) return
      if (standing._tag === "Steady" && open !== null && path === "unknown") path = yield* open.connection.path
      yield* show(stateOf(standing, { hostAway, path }))
    })
    const showScreen = Effect.suspend(() => SubscriptionRef.set(screen, hostShares ? secondVideo : null))

    const take = (step: Transition) =>
      Effect.gen(function* () {
        const host = joined?.host?.id
        if (host === undefined) return
        if (step.action === "Connect" || step.action === "ConnectByRelay") {
          yield* hangUp
          yield* connect(host, step.action === "ConnectByRelay")
        }
        standing = step.standing
        if (step.action === "RestartIce" && open !== null) yield* open.connection.offer({ iceRestart: true })
        // An attempt's time begins when its offer is delivered: until then the fault is the service's.
        if (step.action === "Wait") yield* startTimer
        else yield* FiberHandle.clear(waiting)
        yield* showStanding
      })

    const happen = (event: Event) =>
      Effect.gen(function* () {
        if (standing === null || open === null) return
        const facts = { ...(yield* Ref.get(open.connection.facts)), reachable }
        if (event === "TimeUp" && standing._tag === "Trying" && reachable) hostAway = !facts.answered
        if (event === "Answered" || event === "Connected") hostAway = false
        const step = transition(standing, event, facts)
        if (step !== null) yield* take(step)
      })

    const startOver = Effect.suspend(() => {
      hostAway = false
      return take(firstTransition)
    })

    const wait = (reason: WaitingReason) =>
      Effect.gen(function* () {
        yield* hangUp
        if (joined !== null) joined = { ...joined, host: null }
        yield* show({ _tag: "Waiting", reason })
      })

    /** Whatever this page had in the room is over: it does nothing more without a press. */
    const finish = (now: GuestState) =>
      Effect.gen(function* () {
        yield* hangUp
        yield* discardPrepared
        joined = null
        pressed = null
        rejoining = false
        yield* FiberHandle.clear(joining)
        yield* stopPolling
        yield* release
        yield* show(now)
      })

    /** The token is given up at once, so that nothing joins with it again: the next press makes another. */
    const end = Effect.gen(function* () {
      yield* secrets.forgetGuestToken(options.room, token)
      yield* finish({ _tag: "Ended" })
    })

    /** Nobody gets this guest's camera by claiming the room. */
    const refuseHost = Effect.gen(function* () {
      yield* Effect.forkIn(signaling.leave(token, { end: false }), own)
      yield* finish({ _tag: "AnotherHost" })
    })

    /** Calls this host, where the guest has said yes to it. */
    const meet = (host: Peer) =>
      Effect.suspend((): Effect.Effect<unknown> => {
        if (joined === null) return Effect.void
        if (!mayCall(options.known.get(), host.claim)) return refuseHost
        options.known.set(host.claim ?? null)
        joined = { ...joined, host }
        wasIn = true
        return startOver
      })

    /** Says how things stand, and then what comes up, for as long as the channel is open. */
    const talk = (connection: Connection) =>
      Effect.flatMap(options.greeting, (greeting) => outbox.drain(greeting, connection.sendControl)).pipe(
        FiberHandle.run(talking)
      )

    /** The host's page closes, or is gone. Its place is kept, and this page looks for it from now on. */
    const loseHost = Effect.suspend(() => {
      hostAway = true
      return standing?._tag === "Steady" ? happen("Disconnected") : showStanding
    })

    const receiveFromHost = (message: HostMessage): Effect.Effect<unknown> => {
      switch (message.type) {
        case "bye":
          return message.end === true ? end : wait("HostLeft")
        case "away":
          return loseHost
        case "quality":
          return Effect.zipRight(
            open === null ? Effect.void : open.connection.setVideoQuality(message.video),
            options.received(message)
          )
        case "sharing":
          hostShares = message.on
          return Effect.zipRight(showScreen, options.received(message))
        default:
          return options.received(message)
      }
    }

    const receiveEvent = (event: ConnectionEvent, connection: Connection): Effect.Effect<unknown> => {
      switch (event._tag) {
        case "State":
          if (event.state === "connected") return happen("Connected")
          if (event.state === "disconnected") return happen("Disconnected")
          return event.state === "failed" ? happen("ConnectionFailed") : Effect.void
        case "Control":
          controlOpen = event.open
          if (event.open) return talk(connection)
          // A network that fails closes no channel: the host's page is gone. ICE notices later, if ever.
          return Effect.zipRight(FiberHandle.clear(talking), loseHost)
        case "Stream":
          return SubscriptionRef.set(incoming, event.stream)
        case "Screen":
          secondVideo = event.stream
          return showScreen
        case "ControlText":
          return Effect.flatMap(read(event.text), (message) =>
            message === null ? Effect.void : receiveFromHost(message)
          )
        case "Measured": {
          const moved = path !== event.quality.path && standing?._tag === "Steady"
          path = event.quality.path
          return Effect.zipRight(SubscriptionRef.set(quality, event.quality), moved ? showStanding : Effect.void)
        }
        case "Delivered":
          return standing?._tag === "Trying" ? startTimer : Effect.void
        case "Answered":
          return happen("Answered")
        case "Stuck":
          return happen("Stuck")
        case "RelayRenewed":
          return moveToNewRelay
        case "Undeliverable":
          return receiveLost(event.failure)
      }
    }

    const receiveMessage = (message: Message) => {
      // A poll that was cut short may have left messages that the next one brings again.
      if (message.id <= cursor) return Effect.void
      cursor = message.id
      switch (message.type) {
        case "host-joined":
          return meet(message.peer)
        case "admitted":
          return meet(message.host)
        case "left":
          return wait("HostLeft")
        case "answer":
        case "candidate":
          // Those of an older connection are dropped.
          return open?.connection.id === message.connection ? open.connection.receive(message) : Effect.void
        default:
          return Effect.void
      }
    }

    const retry = Effect.gen(function* () {
      if (joined !== null) return yield* joined.host === null ? Effect.void : startOver
      const now = yield* SubscriptionRef.get(state)
      const elsewhere = now._tag === "Elsewhere" || (now._tag === "Refused" && now.refusal === "Replaced")
      return yield* tell({ _tag: "Enter", pressed: true, steal: elsewhere })
    })

    const receiveJoined = (answer: JoinedAsGuest) =>
      Effect.flatMap(isFresh, (fresh): Effect.Effect<unknown> => {
        // Where nobody has ever been, a press of any age can have meant nobody else than the first to come.
        if (fresh || (options.known.get() === unanswered && answer.hosting === "never")) options.known.set(answer.claim)
        else if (answer.claim !== null && !mayCall(options.known.get(), answer.claim)) return refuseHost
        pressed = null
        rejoining = false
        // A call that stands in the same session with the same host needs nothing: media never stops for a poll.
        const same =
          joined?.session === answer.session && joined.peer.id === answer.peer.id && joined.host?.id === answer.host?.id
        joined = answer
        cursor = answer.cursor
        if (answer.peer.waiting === true) {
          wasIn = false
          return wait("Admission")
        }
        if (answer.host === null) return wait(withoutHost[answer.hosting])
        return same && standing?._tag === "Steady" ? Effect.void : meet(answer.host)
      })

    const receiveLost = (failure: PeerUnknown | RecipientUnknown | RequestRefused) =>
      Effect.flatMap(isFresh, (fresh): Effect.Effect<unknown> => {
        if (failure._tag === "PeerUnknown") {
          // An ended session leaves nothing to come back to.
          if (joined === null || rejoining) return Effect.void
          rejoining = true
          return Effect.zipRight(stopPolling, join)
        }
        if (failure._tag === "RecipientUnknown") return wait("HostLeft")
        if (failure.reason === "Removed") {
          return finish(wasIn ? refused(failure) : { ...refused(failure), refusal: "NotAdmitted" })
        }
        if (failure.reason !== "SessionEnded") return finish(refused(failure))
        // A token that was kept is of an earlier session of this room, and the press is for the present one.
        if (!fresh || isNew) return end
        pressed = null
        return secrets
          .forgetGuestToken(options.room, token)
          .pipe(Effect.zipRight(tell({ _tag: "Enter", pressed: true, steal: false })))
      })

    const handle = (input: GuestInput): Effect.Effect<unknown> => {
      switch (input._tag) {
        case "Enter":
          return Effect.flatMap(Clock.currentTimeMillis, (now) => {
            pressed = input.pressed ? now : null
            if (input.pressed && options.known.get() === null) options.known.set(unanswered)
            return Effect.zipRight(enter(input.steal), entered.open)
          })
        case "Displaced":
          return finish(displaced)
        // What comes late finds no place any more.
        case "Joined":
          if (held === null) return Effect.void
          // Where the host has nothing of it, it is called anew as soon as there is one.
          return Effect.zipRight(
            input.answer.offered === null ? discardPrepared : Effect.void,
            receiveJoined(input.answer)
          )
        case "Lost":
          return held === null ? Effect.void : receiveLost(input.failure)
        case "Message":
          return held === null ? Effect.void : receiveMessage(input.message)
        case "Connection":
          return open?.connection.id === input.connection ? receiveEvent(input.event, open.connection) : Effect.void
        case "Moved":
          moving = false
          return Effect.void
        case "TimeUp":
          return input.timer === timer ? happen("TimeUp") : Effect.void
        case "Reachable":
          reachable = input.now
          return SubscriptionRef.update(state, (now) =>
            now._tag === "Joining" ? { ...now, offline: !reachable } : now
          )
        case "Woke":
          return happen("Woke")
        case "Retry":
          return retry
      }
    }

    yield* Effect.addFinalizer(() =>
      Effect.gen(function* () {
        if (open !== null) yield* open.connection.sendControl({ type: "bye" })
        yield* stopPolling
        yield* hangUp
        yield* discardPrepared
        if (joined !== null) yield* signaling.leave(token, { end: false })
        yield* release
        yield* show({ _tag: "Left" })
      })
    )
    yield* Queue.take(inputs).pipe(
      Effect.flatMap(handle),
      Effect.zipRight(showHost),
      Effect.zipRight(pollAsNeeded),
      Effect.forever,
      Effect.forkScoped
    )
    yield* Effect.forkScoped(Stream.runForEach(signaling.reachable.changes, (now) => tell({ _tag: "Reachable", now })))
    yield* Effect.forkScoped(Effect.forever(Effect.zipRight(wakeup.next, tell({ _tag: "Woke" }))))
    yield* tell({ _tag: "Enter", pressed: options.pressed, steal: false })
    yield* Effect.timeoutOption(entered.await, drawnWithin)

    return {
      state,
      hostName,
      incoming,
      screen,
      quality,
      say: outbox.say,
      sayAway: Effect.suspend(() => {
        if (joined === null) return Effect.void
        const said = open === null ? Effect.void : open.connection.sendControl({ type: "away" })
        return Effect.zipRight(said, signaling.away(token))
      }),
      setTrack: (kind, track) =>
        Effect.zipRight(
          Ref.update(tracks, (now) => ({ ...now, [kind]: track })),
          Effect.suspend(() => (open === null ? Effect.void : open.connection.setTrack(kind, track)))
        ),
      retry: tell({ _tag: "Retry" })
    }
  })
