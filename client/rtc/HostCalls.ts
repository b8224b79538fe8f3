import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Queue from "effect/Queue"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { makeSecret } from "../signaling/Secrets.js"
import { type Message, Signaling } from "../signaling/Signaling.js"
import type { PeerUnknown, RecipientUnknown, RequestRefused } from "../signaling/SignalingErrors.js"
import { iceServersShared } from "../signaling/schedules.js"
import { type Connection, type ConnectionMessage, type News, openConnection } from "./Connection.js"
import { makeIceServers } from "./iceServers.js"
import type { OutgoingTracks } from "./OutgoingTracks.js"
import { PeerConnections } from "./PeerConnections.js"
import { refused } from "./refusals.js"
import type { GuestTile, HostState, Peer } from "./States.js"

/** The host's side of a session: one connection for each guest. It lives as long as the scope it was made in. */
export interface HostCalls {
  readonly state: SubscriptionRef.SubscriptionRef<HostState>
  /** In the order in which guests first came. */
  readonly guests: SubscriptionRef.SubscriptionRef<ReadonlyArray<GuestTile>>
  /** Ends the session for all and frees the room. */
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
  /** What every guest sees and hears of the host. */
  readonly tracks: OutgoingTracks
}

/** What happens to a session, one after the other: a single fiber takes these, so nothing of them races. */
type Input =
  | { readonly _tag: "Message"; readonly message: Message }
  | { readonly _tag: "News"; readonly guest: string; readonly connection: string; readonly news: News }

interface Open {
  readonly connection: Connection
  readonly scope: Scope.CloseableScope
}

const replaced: HostState = {
  _tag: "Refused",
  refusal: "Replaced",
  message: "This room was opened in another window."
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
    const guests = yield* SubscriptionRef.make<ReadonlyArray<GuestTile>>([])
    const inputs = yield* Queue.unbounded<Input>()
    const open = new Map<string, Open>()
    // On a fiber of its own: a guest who goes while the answer is awaited takes it from no other, and waits for nothing.
    const asking = yield* Effect.cachedWithTTL(
      Effect.forkIn(Effect.interruptible(yield* makeIceServers(token)), yield* Effect.scope),
      iceServersShared
    )
    // Awaited and not joined: a join would bring along that fiber's context, and the connection that asked first would
    // be opened in the scope of the whole session.
    const iceServers = Effect.flatMap(asking, (fiber) => Effect.flatten(Fiber.await(fiber)))

    const change = (guest: string, update: (tile: GuestTile) => GuestTile) =>
      SubscriptionRef.update(guests, (tiles) => tiles.map((tile) => (tile.peer.id === guest ? update(tile) : tile)))
    const welcome = (peer: Peer) =>
      SubscriptionRef.update(guests, (tiles) =>
        tiles.some((tile) => tile.peer.id === peer.id)
          ? tiles.map((tile) => (tile.peer.id === peer.id ? { ...tile, peer } : tile))
          : [...tiles, { peer, state: "Joined" as const, path: "unknown" as const, stream: null }]
      )

    const hangUp = (guest: string) =>
      Effect.suspend(() => {
        const closing = open.get(guest)
        open.delete(guest)
        return closing === undefined ? Effect.void : Scope.close(closing.scope, Exit.void)
      })
    const hangUpAll = Effect.suspend(() => Effect.forEach([...open.keys()], hangUp, { discard: true }))
    const sayBye = (end: boolean) =>
      Effect.suspend(() =>
        Effect.forEach([...open.values()], ({ connection }) => connection.sendControl({ type: "bye", end }), {
          discard: true
        })
      )
    const remove = (guest: string) =>
      Effect.zipRight(
        hangUp(guest),
        SubscriptionRef.update(guests, (tiles) => tiles.filter((tile) => tile.peer.id !== guest))
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
          tracks: Effect.succeed(options.tracks),
          iceServers,
          tell: (news) => Queue.offer(inputs, { _tag: "News", guest, connection: id, news })
        }).pipe(
          Scope.extend(scope),
          Effect.provideService(Signaling, signaling),
          Effect.provideService(PeerConnections, peerConnections)
        )
        open.set(guest, { connection, scope })
        yield* change(guest, (tile) => ({ ...tile, state: "Connecting", path: "unknown", stream: null }))
        return connection
      })

    const hearAboutConnection = (message: ConnectionMessage) =>
      Effect.gen(function* () {
        const there = open.get(message.from)?.connection
        if (there?.id === message.connection) return yield* there.receive(message)
        if (message.type === "answer") return
        if (message.type === "offer") {
          // A guest that is known by its offer alone: its `joined` stood before the cursor of this host's join.
          const known = (yield* SubscriptionRef.get(guests)).some((tile) => tile.peer.id === message.from)
          if (!known) yield* welcome({ id: message.from, role: "guest", name: "Guest" })
          const early = earlyOf(message.from, message.connection)
          const connection = yield* connect(message.from, message.connection)
          yield* connection.receive(message)
          yield* Effect.forEach(early, connection.receive, { discard: true })
          return
        }
        keepEarly(message)
      })

    // Candidates that came before the offer of their connection. Bounded for each guest: they come from others.
    let early: ReadonlyArray<ConnectionMessage> = []
    const keepEarly = (message: ConnectionMessage) => {
      if (early.filter(({ from }) => from === message.from).length < 64) early = [...early, message]
    }
    const earlyOf = (guest: string, connection: string) => {
      const mine = early.filter((message) => message.from === guest && message.connection === connection)
      early = early.filter((message) => message.from !== guest)
      return mine
    }

    const hearMessage = (message: Message) => {
      switch (message.type) {
        case "joined":
          return welcome(message.peer)
        case "left":
          return remove(message.from)
        case "host-joined":
          return Effect.void
        default:
          return hearAboutConnection(message)
      }
    }

    const hearNews = (guest: string, connection: Connection, news: News) => {
      switch (news._tag) {
        case "State":
          if (news.state === "connected") {
            return Effect.flatMap(connection.path, (path) =>
              change(guest, (tile) => ({ ...tile, state: "Live", path }))
            )
          }
          return news.state === "disconnected" || news.state === "failed"
            ? change(guest, (tile) => ({ ...tile, state: "Interrupted" }))
            : Effect.void
        case "Stream":
          return change(guest, (tile) => ({ ...tile, stream: news.stream }))
        case "ControlMessage":
          return remove(guest)
        default:
          // A channel that closed or an answer that could not be delivered: the guest's page sees to it.
          return Effect.void
      }
    }

    const handle = (input: Input) => {
      if (input._tag === "Message") return hearMessage(input.message)
      const there = open.get(input.guest)?.connection
      return there?.id === input.connection ? hearNews(input.guest, there, input.news) : Effect.void
    }

    const stop = (now: HostState) =>
      hangUpAll.pipe(Effect.zipRight(SubscriptionRef.set(guests, [])), Effect.zipRight(SubscriptionRef.set(state, now)))

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
      yield* Effect.forEach(answer.guests, welcome, { discard: true })
      const offline = !(yield* SubscriptionRef.get(signaling.reachable))
      yield* SubscriptionRef.set(state, { _tag: "Listening", room: answer.room, offline })
      yield* Stream.runForEach(signaling.messages(token, answer.cursor), (message) =>
        Queue.offer(inputs, { _tag: "Message", message })
      )
    }).pipe(
      Effect.catchAll((failure: PeerUnknown | RecipientUnknown | RequestRefused) =>
        // Two windows with one key would take the room from each other for ever: the later one keeps it.
        stop(failure._tag === "RequestRefused" ? refused(failure) : replaced)
      )
    )

    const isOver = Effect.map(SubscriptionRef.get(state), (now) => now._tag === "Refused" || now._tag === "Ended")
    const leave = (end: boolean) =>
      Effect.unlessEffect(
        sayBye(end).pipe(Effect.zipRight(signaling.leave(token, { end })), Effect.zipRight(stop({ _tag: "Ended" }))),
        isOver
      )

    yield* Effect.addFinalizer(() => Effect.zipRight(leave(false), hangUpAll))
    yield* Effect.forkScoped(Effect.forever(Effect.flatMap(Queue.take(inputs), handle)))
    const listening = yield* Effect.forkScoped(listen)
    yield* Effect.forkScoped(
      Stream.runForEach(signaling.reachable.changes, (reachable) =>
        SubscriptionRef.update(state, (now) =>
          now._tag === "Starting" || now._tag === "Listening" ? { ...now, offline: !reachable } : now
        )
      )
    )

    return {
      state,
      guests,
      end: Effect.zipRight(Fiber.interruptFork(listening), leave(true))
    }
  })
