import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FiberHandle from "effect/FiberHandle"
import * as Queue from "effect/Queue"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { makeSecret } from "../signaling/Secrets.js"
import { type Message, Signaling } from "../signaling/Signaling.js"
import type { PeerUnknown, RecipientUnknown, RequestRefused } from "../signaling/SignalingErrors.js"
import { type Connection, type ConnectionEvent, type ConnectionMessage, openConnection } from "./Connection.js"
import { decodeGuestMessage, type GuestMessage, type HostMessage, makeReceiver } from "./control.js"
import { linesTaken, makeGate } from "./gates.js"
import { makeGuests } from "./HostCalls/guests.js"
import { makeOffers, newestOffers } from "./HostCalls/offers.js"
import { makeShowing } from "./HostCalls/showing.js"
import * as Tiles from "./HostCalls/tiles.js"
import { makeSharedIceServers } from "./iceServers.js"
import { inHeaps, makeOutbox, type Outbox } from "./Outbox.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import { PeerConnections } from "./PeerConnections.js"
import { refused } from "./refusals.js"
import type { GuestView, HostState, VideoQuality } from "./States.js"
import { iceServersMarginOfHost } from "./timings.js"

/** The host's side of a session: one connection for each guest. It lives as long as the scope it was made in. */
export interface HostCalls {
  readonly state: SubscriptionRef.SubscriptionRef<HostState>
  /** In the order in which guests first came. Who is being answered is shown once the answer is delivered. */
  readonly guests: SubscriptionRef.SubscriptionRef<ReadonlyArray<GuestView>>
  /** Replaces what one guest gets, with nothing renegotiated. What later connections begin with is `options.tracks`. */
  readonly setTrack: (guest: string, kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** How large a picture goes to this guest over the present connection. */
  readonly setVideoQuality: (guest: string, quality: VideoQuality) => Effect.Effect<void>
  /** Says it to one guest; while no channel is open it waits for the next. */
  readonly tell: (guest: string, message: HostMessage) => Effect.Effect<void>
  /** Says it to everybody who is in. */
  readonly tellAll: (message: HostMessage) => Effect.Effect<void>
  /** Lets a guest in who waits for it. */
  readonly admit: (guest: string) => Effect.Effect<Outcome>
  /** Lets in all who wait, in the order in which they came, until the room is full. */
  readonly admitAll: Effect.Effect<Outcome>
  /** Puts a guest out for the rest of the session, or refuses one who waits: media stops at once. `lock`: locks the room. */
  readonly remove: (guest: string, lock?: boolean) => Effect.Effect<void>
  /** Refuses everybody who waits, as `remove` does. */
  readonly refuseAll: Effect.Effect<void>
  /** Opens or closes the waiting room, and the room itself. */
  readonly setRoom: (room: RoomSettings) => Effect.Effect<Outcome>
  /**
   * This page closes, or is loaded anew: guests hear of it, and the room is kept. To be run in the handler of `pagehide`,
   * where nothing is waited for.
   */
  readonly sayAway: Effect.Effect<void>
  readonly lowerHand: (guest: string) => Effect.Effect<void>
  /** Leaves the room and keeps it: guests wait in it. */
  readonly leave: Effect.Effect<void>
  /** Ends the session for all and frees the room: `Ending` until the service has answered. */
  readonly end: Effect.Effect<void>
}

export interface HostCallsOptions {
  /** Left out: the deployment's default room. */
  readonly room?: string | undefined
  readonly name?: string | undefined
  readonly hostPassword?: string | undefined
  /** Keeps the session that this key already holds, as after a refresh; without it the join starts a fresh one. */
  readonly resume: boolean
  readonly hostKey: string
  /** The ids of guests who were away when this page was loaded anew: so they are until they call. */
  readonly away?: ReadonlySet<string>
  /** What a new connection of this guest begins with. */
  readonly tracks: (guest: string) => Effect.Effect<OutgoingTracks>
  /** The present state of things for this guest: said anew whenever its control channel opens. */
  readonly greeting: (guest: string) => Effect.Effect<ReadonlyArray<HostMessage>>
  /** All that a guest says, but its `bye` and `away`. What it says of itself stands in its tile. */
  readonly received: (guest: string, message: GuestMessage) => Effect.Effect<unknown>
}

/**
 * What came of a wish. `RoomFull`: the room holds its number of guests, and whoever did not fit waits on. `Refused`: the
 * service said no for another reason, which stands where developers look.
 */
export type Outcome = "Done" | "RoomFull" | "Refused"

/** Who may come in. What is left out stays as it is. */
export interface RoomSettings {
  readonly waitingRoom?: boolean
  readonly locked?: boolean
}

/** What happens to a session, one after the other: a single fiber takes these, so nothing of them races. */
type Input =
  | { readonly _tag: "Message"; readonly message: Message }
  | {
      readonly _tag: "Connection"
      readonly guest: string
      readonly connection: string
      readonly event: ConnectionEvent
    }
  /** Something that this page wants. */
  | { readonly _tag: "Do"; readonly effect: Effect.Effect<unknown> }

interface Open {
  readonly connection: Connection
  readonly scope: Scope.CloseableScope
  readonly talking: FiberHandle.FiberHandle
  media: Tiles.Media
}

/** What lasts over the connections of one guest. */
interface Talk {
  readonly outbox: Outbox<HostMessage>
  readonly read: (text: string) => Effect.Effect<GuestMessage | null>
}

const replaced: HostState = {
  _tag: "Refused",
  refusal: "Replaced",
  message: "This room was opened in another window."
}

/** The service forgets a host whom it has not seen for long, and anybody with the key may have opened the room since. */
const lapsed: HostState = {
  _tag: "Refused",
  refusal: "Lapsed",
  message: "This page slept or was offline for too long, and has lost its place."
}

/** Joins as host at once, and answers every guest. */
export const makeHostCalls = (
  options: HostCallsOptions
): Effect.Effect<HostCalls, never, Scope.Scope | Signaling | PeerConnections> =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const peerConnections = yield* PeerConnections
    // A new token for each start: a repeat of the join within it resets nothing.
    const token = yield* makeSecret
    const state = yield* SubscriptionRef.make<HostState>({ _tag: "Starting", offline: false })
    const inputs = yield* Queue.unbounded<Input>()
    const open = new Map<string, Open>()
    const talks = new Map<string, Talk>()
    const removed = new Set<string>()
    const isTaken = makeGate(linesTaken)
    /** The session is over for this page: what comes late finds nothing to do. */
    let over = false
    const { asking, servers: iceServers } = yield* makeSharedIceServers(() => token)

    const perform = (effect: Effect.Effect<unknown>) => Queue.offer(inputs, { _tag: "Do", effect })
    /** Only of guests that have a tile: it goes with them. */
    const talkOf = (guest: string): Talk => {
      const known = talks.get(guest) ?? { outbox: makeOutbox(inHeaps), read: makeReceiver(decodeGuestMessage) }
      talks.set(guest, known)
      return known
    }

    const hangUp = (guest: string) =>
      Effect.suspend(() => {
        const closing = open.get(guest)
        open.delete(guest)
        showing.answered(guest)
        return closing === undefined ? Effect.void : Scope.close(closing.scope, Exit.void)
      })
    const hangUpAll = Effect.suspend(() => Effect.forEach([...open.keys()], hangUp, { discard: true }))
    /** At once, ahead of all that waits to be said. */
    const sayToAll = (message: HostMessage) =>
      Effect.suspend(() =>
        Effect.forEach([...open.values()], ({ connection }) => connection.sendControl(message), { discard: true })
      )
    const guests = yield* makeGuests({ hangUp, away: options.away ?? new Set(), due: perform(Effect.void) })
    const showing = yield* makeShowing(guests.tiles)
    const { change } = guests
    const tell = (guest: string, message: HostMessage) =>
      Effect.flatMap(guests.tile(guest), (tile) =>
        tile === undefined ? Effect.void : talkOf(guest).outbox.say(message)
      )
    const forget = (guest: string) =>
      offers
        .drop(guest)
        .pipe(
          Effect.zipRight(hangUp(guest)),
          Effect.zipRight(guests.forget(guest)),
          Effect.zipRight(Effect.sync(() => talks.delete(guest)))
        )

    const connect = (guest: string, id: string) =>
      Effect.gen(function* () {
        yield* hangUp(guest)
        const scope = yield* Scope.make()
        const connection = yield* openConnection({
          id,
          token,
          to: guest,
          relayOnly: false,
          tracks: options.tracks(guest),
          iceServers,
          iceServersMargin: iceServersMarginOfHost,
          tell: (event) => Queue.offer(inputs, { _tag: "Connection", guest, connection: id, event })
        }).pipe(
          Scope.extend(scope),
          Effect.provideService(Signaling, signaling),
          Effect.provideService(PeerConnections, peerConnections)
        )
        const talking = yield* Scope.extend(FiberHandle.make(), scope)
        open.set(guest, { connection, scope, talking, media: { stream: null, second: null } })
        yield* guests.note(guest, "Called")
        yield* change(guest, Tiles.connecting)
        return connection
      })

    /** The ids of all who wait. */
    const waiting = Effect.map(SubscriptionRef.get(guests.tiles), (tiles) =>
      tiles.flatMap(({ peer, state }) => (state === "Waiting" ? [peer.id] : []))
    )

    const offers = yield* makeOffers({
      perform,
      answer: (offer, early) =>
        Effect.gen(function* () {
          const connection = yield* connect(offer.from, offer.connection)
          showing.answering(offer.from)
          yield* connection.receive(offer)
          yield* Effect.forEach(early, connection.receive, { discard: true })
        })
    })

    const receiveForConnection = (message: ConnectionMessage) =>
      Effect.gen(function* () {
        if (removed.has(message.from)) return
        const there = open.get(message.from)
        if (there?.connection.id === message.connection) {
          if (message.type === "offer") {
            yield* offers.drop(message.from)
            yield* guests.note(message.from, "Restarting")
            const isAway = (yield* guests.tile(message.from))?.state === "Away"
            if (isAway) yield* change(message.from, Tiles.back(there.media, "Interrupted"))
          }
          return yield* there.connection.receive(message)
        }
        if (message.type === "answer") return
        // A guest that is known by its offer alone: its `joined` stood before the cursor of this host's join.
        const known = yield* guests.tile(message.from)
        if (known === undefined && message.type === "candidate") return
        if (known === undefined) yield* guests.welcome({ id: message.from, role: "guest", name: "Guest" })
        yield* offers.receive(message)
      })

    const receiveMessage = (message: Message): Effect.Effect<unknown> => {
      if (over) return Effect.void
      switch (message.type) {
        case "joined":
          if (removed.has(message.peer.id)) return Effect.void
          // Its offer follows, or is there already: the servers are asked for meanwhile.
          return Effect.zipRight(message.peer.waiting === true ? Effect.void : asking, guests.welcome(message.peer))
        case "left":
          return forget(message.from)
        case "away":
          return Effect.flatMap(guests.tile(message.from), (tile) =>
            tile === undefined ? Effect.void : guests.note(message.from, "Announced")
          )
        case "host-joined":
        case "admitted":
          return Effect.void
        default:
          return receiveForConnection(message)
      }
    }

    /** Says how things stand, and then what comes up, for as long as the channel is open. */
    const talk = (guest: string, { connection, talking }: Open) =>
      Effect.flatMap(options.greeting(guest), (greeting) =>
        talkOf(guest).outbox.drain(greeting, connection.sendControl)
      ).pipe(FiberHandle.run(talking))

    const closing = (guest: string) => Effect.zipRight(guests.note(guest, "Closing"), change(guest, Tiles.interrupted))

    /** A page that was only put aside is back with its connection as it was. */
    const spoke = (guest: string, { media }: Open) =>
      Effect.flatMap(guests.note(guest, "Spoke"), ({ there }) =>
        there ? change(guest, Tiles.resumed(media)) : Effect.void
      )

    const receiveFromGuest = (guest: string, message: GuestMessage, there: Open): Effect.Effect<unknown> => {
      if (message.type === "bye") return forget(guest)
      if (message.type === "away") return closing(guest)
      return Effect.gen(function* () {
        yield* spoke(guest, there)
        const now = yield* Clock.currentTimeMillis
        // Neither this page nor anybody else is burdened by one who writes without end.
        if (message.type === "chat" && !isTaken(guest, now)) return yield* tell(guest, { type: "slow-down" })
        yield* change(guest, Tiles.said(message, now, there.media))
        yield* options.received(guest, message)
      })
    }

    const receiveEvent = (guest: string, there: Open, event: ConnectionEvent): Effect.Effect<unknown> => {
      const { connection } = there
      switch (event._tag) {
        case "State":
          if (event.state === "connected") {
            return Effect.gen(function* () {
              yield* guests.note(guest, "Connected")
              const path = yield* connection.path
              yield* change(guest, (tile) => ({ ...Tiles.back(there.media, "Live")(tile), path }))
            })
          }
          return event.state === "disconnected" || event.state === "failed"
            ? Effect.zipRight(guests.note(guest, "Broken"), change(guest, Tiles.broken))
            : Effect.void
        case "Stream":
          there.media = { ...there.media, stream: event.stream }
          return change(guest, Tiles.bring(there.media))
        case "Screen":
          there.media = { ...there.media, second: event.stream }
          return change(guest, Tiles.bring(there.media))
        case "Measured":
          return change(guest, Tiles.measured(event.quality))
        case "Delivered":
          return Effect.sync(() => showing.answered(guest))
        case "Control":
          // One that closed is the guest's to mend.
          return event.open ? talk(guest, there) : Effect.zipRight(FiberHandle.clear(there.talking), closing(guest))
        case "ControlText":
          return Effect.flatMap(talkOf(guest).read(event.text), (message) =>
            message === null ? Effect.void : receiveFromGuest(guest, message, there)
          )
        default:
          // An answer that could not be delivered: the guest's page sees to it.
          return Effect.void
      }
    }

    const handle = (input: Input) => {
      if (input._tag === "Message") return receiveMessage(input.message)
      if (input._tag === "Do") return input.effect
      const there = open.get(input.guest)
      return there?.connection.id === input.connection ? receiveEvent(input.guest, there, input.event) : Effect.void
    }

    const stop = (now: HostState) =>
      Effect.gen(function* () {
        over = true
        yield* offers.clear
        yield* hangUpAll
        yield* guests.clear
        talks.clear()
        yield* showing.show
        yield* SubscriptionRef.set(state, now)
      })

    const listen = Effect.gen(function* () {
      const { hostKey, hostPassword, name, resume, room } = options
      const answer = yield* signaling.joinAsHost({
        token,
        hostKey,
        ...(room === undefined ? {} : { room }),
        ...(name === undefined ? {} : { name }),
        ...(hostPassword === undefined ? {} : { hostPassword }),
        ...(resume ? { resume } : {})
      })
      yield* Effect.forEach(answer.guests, guests.list, { discard: true })
      yield* showing.show
      const offline = !(yield* SubscriptionRef.get(signaling.reachable))
      const { locked, room: opened, session, waitingRoom } = answer
      yield* SubscriptionRef.set(state, { _tag: "Listening", room: opened, session, offline, waitingRoom, locked })
      // Those who are listed and do not call are away before long.
      yield* perform(Effect.void)
      yield* Stream.runForEach(Stream.mapChunks(signaling.messages(token, answer.cursor), newestOffers), (message) =>
        Queue.offer(inputs, { _tag: "Message", message })
      )
    }).pipe(
      Effect.catchAll((failure: PeerUnknown | RecipientUnknown | RequestRefused) =>
        // Two windows with one key would take the room from each other for ever: the later one keeps it.
        Effect.flatMap(signaling.wasSilent, (silent) =>
          stop(failure._tag === "RequestRefused" ? refused(failure) : silent ? lapsed : replaced)
        )
      )
    )

    /** A page that goes while it ends the session still says so, as far as there is time. */
    const leave = Effect.gen(function* () {
      const { _tag } = yield* SubscriptionRef.get(state)
      if (_tag === "Refused" || _tag === "Left" || _tag === "Ended") return
      const ending = _tag === "Ending"
      yield* sayToAll({ type: "bye", end: ending })
      yield* signaling.leave(token, { end: ending })
      yield* stop({ _tag: ending ? "Ended" : "Left" })
    })
    const end = Effect.gen(function* () {
      yield* sayToAll({ type: "bye", end: true })
      yield* stop({ _tag: "Ending", offline: !(yield* SubscriptionRef.get(signaling.reachable)) })
      yield* signaling.end(token)
      yield* SubscriptionRef.set(state, { _tag: "Ended" })
    })

    yield* Effect.addFinalizer(() => Effect.zipRight(leave, hangUpAll))
    /** Shown once all that has come is dealt with. */
    const settle = Effect.zipRight(guests.settle, Effect.whenEffect(showing.show, Queue.isEmpty(inputs)))
    yield* Effect.forkScoped(Effect.forever(Effect.zipRight(Effect.flatMap(Queue.take(inputs), handle), settle)))
    const listening = yield* Effect.forkScoped(listen)
    yield* Effect.forkScoped(
      Stream.runForEach(signaling.reachable.changes, (reachable) =>
        SubscriptionRef.update(state, (now) =>
          now._tag === "Starting" || now._tag === "Listening" || now._tag === "Ending"
            ? { ...now, offline: !reachable }
            : now
        )
      )
    )

    /** A guest who is gone already needs nothing; what else the service says no to is told where developers look. */
    const ask = (
      request: Effect.Effect<void, PeerUnknown | RecipientUnknown | RequestRefused>
    ): Effect.Effect<Outcome> =>
      Effect.matchEffect(request, {
        onSuccess: () => Effect.succeed("Done"),
        onFailure: (failure) => {
          if (failure._tag === "RecipientUnknown") return Effect.succeed("Done")
          if (failure._tag === "RequestRefused" && failure.reason === "RoomFull") return Effect.succeed("RoomFull")
          return Effect.as(Effect.logError("The service refused.", failure.message), "Refused")
        }
      })
    /** What the page shows follows once the service has granted it. */
    const granted = (request: ReturnType<typeof signaling.setRoom>, then: Effect.Effect<unknown>) =>
      Effect.tap(ask(request), (outcome) => Effect.when(then, () => outcome === "Done"))

    const admit = (guest: string) => granted(signaling.admit(token, guest), perform(guests.admit(guest)))
    const admitAll: Effect.Effect<Outcome> = Effect.gen(function* () {
      for (const guest of yield* waiting) if ((yield* admit(guest)) === "RoomFull") return "RoomFull"
      return "Done"
    })
    /** Whoever knocks meanwhile goes with the service's `left`. */
    const refuseAll = Effect.flatMap(waiting, (refused) =>
      granted(signaling.refuseWaiting(token), perform(Effect.forEach(refused, forget, { discard: true })))
    )
    const setRoom = (wanted: RoomSettings) =>
      granted(
        signaling.setRoom(token, wanted),
        Effect.zipRight(
          SubscriptionRef.update(state, (now) => (now._tag === "Listening" ? { ...now, ...wanted } : now)),
          Effect.when(perform(guests.admitAll), () => wanted.waitingRoom === false)
        )
      )

    return {
      state,
      guests: showing.shown,
      setTrack: (guest, kind, track) =>
        Effect.suspend(() => open.get(guest)?.connection.setTrack(kind, track) ?? Effect.void),
      setVideoQuality: (guest, quality) =>
        Effect.suspend(() => open.get(guest)?.connection.setVideoQuality(quality) ?? Effect.void),
      tell,
      tellAll: (message) =>
        Effect.flatMap(SubscriptionRef.get(guests.tiles), (tiles) =>
          Effect.forEach(
            tiles.filter((tile) => tile.state !== "Waiting"),
            (tile) => tell(tile.peer.id, message),
            { discard: true }
          )
        ),
      admit,
      admitAll,
      remove: (guest, lock = false) =>
        Effect.gen(function* () {
          removed.add(guest)
          yield* perform(forget(guest))
          // The lock first, or whoever is out could be in again, with another browser, before it holds.
          if (lock) yield* setRoom({ locked: true })
          yield* ask(signaling.remove(token, guest))
        }),
      refuseAll: Effect.asVoid(refuseAll),
      setRoom,
      sayAway: sayToAll({ type: "away" }),
      lowerHand: (guest) =>
        Effect.zipRight(
          perform(change(guest, (tile) => ({ ...tile, hand: null }))),
          tell(guest, { type: "lower-hand" })
        ),
      leave: Effect.zipRight(Fiber.interruptFork(listening), leave),
      end: Effect.zipRight(Fiber.interruptFork(listening), end)
    }
  })
