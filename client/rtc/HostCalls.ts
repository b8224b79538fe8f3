import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Queue from "effect/Queue"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { makeSecret } from "../signaling/Secrets.js"
import { type Message, Signaling } from "../signaling/Signaling.js"
import type { ConnectionEvent } from "./Connection.js"
import type { GuestMessage, HostMessage } from "./control.js"
import { makeConnections } from "./HostCalls/connections.js"
import { makeEvents } from "./HostCalls/events.js"
import { type KnownGuest, makeGuests } from "./HostCalls/guests.js"
import { makeHostCapacity } from "./HostCalls/hostCapacity.js"
import { makeHosting } from "./HostCalls/hosting.js"
import * as HostStates from "./HostCalls/hostStates.js"
import { makeInbox } from "./HostCalls/inbox.js"
import { type Moderation, makeModeration } from "./HostCalls/moderation.js"
import { makeOffers } from "./HostCalls/offers.js"
import * as Session from "./HostCalls/session.js"
import { makeShowing } from "./HostCalls/showing.js"
import { makeTalks, type Talks } from "./HostCalls/talks.js"
import * as Tiles from "./HostCalls/tiles.js"
import { makeSharedIceServers } from "./iceServers.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import type { PeerConnections } from "./PeerConnections.js"
import type { GuestView, HostState } from "./States.js"

export type { Outcome } from "./HostCalls/moderation.js"

/** The host's side of a session: one connection for each guest. It lives as long as the scope it was made in. */
export interface HostCalls extends Moderation, Pick<Talks, "tell" | "tellAll"> {
  readonly state: SubscriptionRef.SubscriptionRef<HostState>
  /** In the order in which guests first came. One that is being answered is shown once the answer is delivered. */
  readonly guests: SubscriptionRef.SubscriptionRef<ReadonlyArray<GuestView>>
  /** Replaces what one guest gets, with nothing renegotiated. Later connections begin with `options.tracks`. */
  readonly setTrack: (guest: string, kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => Effect.Effect<void>
  /** The share of the wanted encoding that this machine can do: 1/2, 1/4 or 1/8 if it is overloaded. Infinity: all. */
  readonly machineShare: SubscriptionRef.SubscriptionRef<number>
  /**
   * Tells guests that this page closes or is reloaded, and that the room is kept. To be run in the handler of
   * `pagehide`, where nothing can be awaited.
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
  /** The host's name as guests see it: `name`, or what is shown without one. No guest is called the same. */
  readonly called?: string
  /** What this page knew of its guests before it was reloaded, by peer id. */
  readonly known?: ReadonlyMap<string, KnownGuest>
  /** What a new connection of this guest begins with. */
  readonly tracks: (guest: string) => Effect.Effect<OutgoingTracks>
  /** The present state for this guest: sent whenever its control channel opens. */
  readonly greeting: (guest: string) => Effect.Effect<ReadonlyArray<HostMessage>>
  /**
   * Gets all messages of a guest but `bye`, `away` and `wanted`. What the guest reports of itself is in its tile, too.
   */
  readonly received: (guest: string, message: GuestMessage) => Effect.Effect<unknown>
}

/** The inputs of a session. A single fiber takes them one after the other, so nothing races. */
type Input =
  | { readonly _tag: "Message"; readonly message: Message }
  | {
      readonly _tag: "Connection"
      readonly guest: string
      readonly connection: string
      readonly event: ConnectionEvent
    }
  /** Something that this page does itself. */
  | { readonly _tag: "Do"; readonly effect: Effect.Effect<unknown> }

const joinOf = ({ hostKey, hostPassword, name, resume, room }: HostCallsOptions, token: string) => ({
  token,
  hostKey,
  ...(room === undefined ? {} : { room }),
  ...(name === undefined ? {} : { name }),
  ...(hostPassword === undefined ? {} : { hostPassword }),
  ...(resume ? { resume } : {})
})

/** Joins as host at once, and answers every guest. */
export const makeHostCalls = (
  options: HostCallsOptions
): Effect.Effect<HostCalls, never, Scope.Scope | Signaling | PeerConnections> =>
  Effect.gen(function* () {
    const { reachable } = yield* Signaling
    // A new token for each start: a repeated join with the same token resets nothing.
    const token = yield* makeSecret
    const state = yield* SubscriptionRef.make<HostState>({ _tag: "Starting", offline: false })
    const session = yield* Ref.make(Session.fresh)
    const inputs = yield* Queue.unbounded<Input>()
    const perform = (effect: Effect.Effect<unknown>) => Queue.offer(inputs, { _tag: "Do", effect })
    /** Attendance is settled after every input, this one included. */
    const due = perform(Effect.void)
    const { asking, servers: iceServers } = yield* makeSharedIceServers(() => token)

    const connections = yield* makeConnections({
      session,
      token,
      iceServers,
      tracks: options.tracks,
      tell: (guest, connection, event) => Queue.offer(inputs, { _tag: "Connection", guest, connection, event })
    })
    const { hangUp, hangUpAll, use, useAll } = connections
    const guests = yield* makeGuests({ hangUp, host: options.called, known: options.known ?? new Map(), due })
    const showing = yield* makeShowing(guests.tiles, session)
    const offers = yield* makeOffers({
      perform,
      answer: (offer, early) =>
        Effect.gen(function* () {
          const { receive } = yield* connections.open(offer.from, offer.connection)
          yield* guests.note(offer.from, "Called")
          yield* guests.change(offer.from, Tiles.connecting)
          yield* receive(offer)
          yield* Effect.forEach(early, receive, { discard: true })
        })
    })
    const talks = makeTalks({ session, guests, greeting: options.greeting })
    const sayToAll = (message: HostMessage) => useAll(({ sendControl }) => sendControl(message))
    const forget = (guest: string) =>
      offers
        .drop(guest)
        .pipe(
          Effect.zipRight(hangUp(guest)),
          Effect.zipRight(guests.forget(guest)),
          Effect.zipRight(Ref.update(session, Session.withoutOutbox(guest)))
        )

    const receiveMessage = makeInbox({ session, guests, offers, asking, forget })
    const capacity = yield* makeHostCapacity(session)
    const receiveEvent = makeEvents({ session, guests, capacity, talks, forget, received: options.received })
    const moderation = yield* makeModeration({ token, state, session, guests, forget, perform })
    const hosting = yield* makeHosting({
      join: joinOf(options, token),
      state,
      guests,
      due,
      show: showing.show,
      receive: (message) => Queue.offer(inputs, { _tag: "Message", message }),
      sayToAll,
      dropSession: Ref.update(session, Session.withEnd).pipe(
        Effect.zipRight(offers.clear),
        Effect.zipRight(hangUpAll),
        Effect.zipRight(guests.clear),
        Effect.zipRight(Ref.update(session, Session.withoutOutboxes))
      )
    })

    const handle = (input: Input): Effect.Effect<unknown> => {
      switch (input._tag) {
        case "Message":
          return receiveMessage(input.message)
        case "Do":
          return input.effect
        case "Connection":
          return Effect.flatMap(Ref.get(session), (now) => {
            const open = Session.connectionOf(now, input.guest)
            // Events of a connection that is closed by now are dropped.
            return open?.connection.id === input.connection ? receiveEvent(input.guest, open, input.event) : Effect.void
          })
      }
    }

    yield* Effect.addFinalizer(() => Effect.zipRight(hosting.leave, hangUpAll))
    /** Guests are shown once all inputs are handled. */
    const settle = Effect.zipRight(guests.settle, Effect.whenEffect(showing.show, Queue.isEmpty(inputs)))
    const step = Effect.flatMap(Queue.take(inputs), handle).pipe(
      Effect.zipRight(settle),
      // A defect in what one guest caused stops nobody else's call.
      Effect.catchAllDefect((defect) =>
        Effect.logError("An event of one guest could not be handled; the calls of the others go on.", defect)
      )
    )
    yield* Effect.forkScoped(Effect.forever(step))
    const listening = yield* Effect.forkScoped(hosting.listen)
    yield* Effect.forkScoped(
      Stream.runForEach(reachable.changes, (now) => SubscriptionRef.update(state, HostStates.withReachable(now)))
    )

    return {
      ...moderation,
      state,
      guests: showing.shown,
      setTrack: (guest, kind, track) => use(guest, ({ setTrack }) => setTrack(kind, track)),
      machineShare: capacity.machineShare,
      tell: talks.tell,
      tellAll: talks.tellAll,
      sayAway: sayToAll({ type: "away" }),
      lowerHand: (guest) =>
        Effect.zipRight(
          perform(guests.change(guest, (tile) => ({ ...tile, hand: null }))),
          talks.tell(guest, { type: "lower-hand" })
        ),
      leave: Effect.zipRight(Fiber.interruptFork(listening), hosting.leave),
      end: Effect.zipRight(Fiber.interruptFork(listening), hosting.end)
    }
  })
