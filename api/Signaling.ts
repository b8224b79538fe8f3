import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Background } from "./Background.js"
import { InboxFull, NotAllowed } from "./contract/Errors.js"
import { Cursor, type IdempotencyKey, type PeerToken } from "./contract/Ids.js"
import { Message, type Messages, type Poll } from "./contract/Messages.js"
import type { Addressed, SignalingRequest } from "./contract/Requests.js"
import type { Accepted } from "./contract/Responses.js"
import { placeKeptMillis } from "./Database/places.js"
import { Doorbell } from "./Doorbell.js"
import { GuestJoin } from "./GuestJoin.js"
import { HostJoin } from "./HostJoin.js"
import { IsolateCache } from "./IsolateCache.js"
import { Moderation } from "./Moderation.js"
import { countCheck, countHeld } from "./RequestCost.js"
import { type SecretHash, Secrets } from "./Secrets.js"
import { Settings } from "./Settings.js"
import { PollRepo } from "./Signaling/PollRepo.js"
import { readEvery, SendRepo } from "./Signaling/SendRepo.js"
import { Turn } from "./Turn.js"

/** What is stored of a peer: when it was last seen, in milliseconds since 1970, and the cursor that it has read to. */
interface Seen {
  readonly seenAt: number
  readonly readTo: number
}

/** One isolate stores that a peer was seen at most this often, in milliseconds. */
const touchEvery = 60_000

/** Message ids are ahead of this isolate's clock by at most this, in microseconds: a minute. */
const clockSkew = 60_000_000

const decodeMessage = Schema.decodeUnknownSync(Message)

/** How peers find each other: they join, send messages to inboxes, and read their own. */
export class Signaling extends Effect.Service<Signaling>()("Signaling", {
  dependencies: [
    SendRepo.Default,
    PollRepo.Default,
    GuestJoin.Default,
    HostJoin.Default,
    Moderation.Default,
    Secrets.Default,
    Doorbell.Default,
    Turn.Default
  ],
  effect: Effect.gen(function* () {
    const sends = yield* SendRepo
    const polls = yield* PollRepo
    const guestJoin = yield* GuestJoin
    const hostJoin = yield* HostJoin
    const moderation = yield* Moderation
    const secrets = yield* Secrets
    const doorbell = yield* Doorbell
    const turn = yield* Turn
    const background = yield* Background
    const { maxUnread } = yield* Settings
    const seen = new IsolateCache<Seen>()

    /** Puts a message into one inbox. A repeat with the same key is not delivered again, and returns the first id. */
    const send = Effect.fnUntraced(function* (
      token: PeerToken,
      request: Addressed,
      idempotencyKey: IdempotencyKey | undefined
    ) {
      const { to, type, ...rest } = request
      const sent = yield* sends.send(yield* secrets.hash(token), to, {
        type,
        body: JSON.stringify(rest),
        key: idempotencyKey ?? (yield* secrets.newIdempotencyKey),
        maxUnread,
        now: yield* Clock.currentTimeMillis
      })
      if (Option.isSome(sent)) {
        const { id, isNew, room } = sent.value
        // A repeat rings no bell, or its sender could keep the recipient polling.
        if (isNew) yield* doorbell.ring({ room, owners: [to] })
        return { type: "accepted", id } satisfies Accepted
      }
      return yield* new InboxFull({
        message:
          "Too many of your messages to this peer are unread or from the last two minutes. Wait for Retry-After seconds, and send again."
      })
    })

    /** Tells the host that a guest's page closes. The guest keeps its place. */
    const goAway = Effect.fn("Signaling.goAway")(function* (token: PeerToken) {
      const { role, room } = yield* sends.goAway(yield* secrets.hash(token), yield* Clock.currentTimeMillis)
      if (role !== "guest") {
        return yield* new NotAllowed({ message: "Only a guest can send `away`. A host leaves, and its room is kept." })
      }
      yield* doorbell.ring({ room, owners: ["host"] })
      return { type: "accepted" } satisfies Accepted
    })

    /** Leaves the session. Only the host may end it for all. */
    const leave = Effect.fn("Signaling.leave")(function* (token: PeerToken, end: boolean) {
      const left = yield* sends.leave(yield* secrets.hash(token), end, yield* Clock.currentTimeMillis)
      if (Option.isNone(left)) {
        return yield* new NotAllowed({ message: "Only the host can end the session. Leave without `end`." })
      }
      const { peer, role, room } = left.value
      yield* doorbell.ring({ room, owners: role === "host" ? "all" : ["host", peer] })
      yield* background.run(turn.revokeOrphans)
      return { type: "accepted" } satisfies Accepted
    })

    /** Handles one request. All but joins need the caller's token. */
    const handle = Effect.fnUntraced(function* <E, R>(
      request: SignalingRequest,
      caller: Effect.Effect<PeerToken, E, R>,
      idempotencyKey: IdempotencyKey | undefined
    ) {
      if (request.type === "join") {
        return yield* request.role === "host"
          ? Effect.tap(hostJoin.join(request), () => background.run(turn.revokeOrphans))
          : guestJoin.join(request)
      }
      const token = yield* caller
      switch (request.type) {
        case "away":
          return yield* goAway(token)
        case "leave":
          return yield* leave(token, request.end ?? false)
        case "admit":
        case "remove":
        case "refuse":
        case "room":
          return yield* moderation.handle(token, request)
        default:
          return yield* send(token, request, idempotencyKey)
      }
    })

    /**
     * Reads an inbox, and stores that its peer was seen if that is due. Does so in the same round trip if this isolate
     * knows from an earlier check that it is due.
     */
    const checkInbox = Effect.fnUntraced(function* (tokenHash: SecretHash, after: Cursor) {
      yield* countCheck
      const now = yield* Clock.currentTimeMillis
      // A cursor in the future is not trusted: it would mark messages as read before they come.
      const sighting = { now, after: after <= now * 1000 + clockSkew ? after : Cursor.make(0) }
      const isDue = ({ readTo, seenAt }: Seen) => now - seenAt >= touchEvery || sighting.after - readTo >= readEvery
      const last = seen.get(tokenHash)
      const isKnownDue = last !== undefined && isDue(last)
      const found = yield* polls.read(tokenHash, after, isKnownDue ? sighting : null)
      const isSighted = isKnownDue || isDue(found)
      if (isSighted && !isKnownDue) yield* polls.touch(tokenHash, sighting)
      const { readTo, seenAt } = found
      seen.set(tokenHash, isSighted ? { seenAt: now, readTo: Math.max(readTo, sighting.after) } : { seenAt, readTo })
      if (isSighted && now - seenAt >= placeKeptMillis) {
        yield* doorbell.ring({ room: found.address.room, owners: ["host"] })
      }
      return found
    })

    /** The caller's inbox after the cursor. The poll is held while there are no new messages. */
    const messages = Effect.fnUntraced(function* (token: PeerToken, poll: Poll) {
      const tokenHash = yield* secrets.hash(token)
      const after = poll.after ?? Cursor.make(0)
      const inbox = yield* doorbell
        .await({
          caller: tokenHash,
          cursor: after,
          check: checkInbox(tokenHash, after),
          hasMessages: (found) => found.messages.length > 0,
          hold: Duration.seconds(poll.wait ?? 0)
        })
        .pipe(countHeld)
      const { messages, session } = inbox
      // A stored message that does not decode is a defect.
      const found = messages.map(({ body, ...envelope }) => decodeMessage({ ...JSON.parse(body), ...envelope }))
      const cursor = found.length === 0 ? after : Cursor.make(Math.max(...found.map(({ id }) => id)))
      return { messages: found, cursor, session } satisfies Messages
    })

    /** The peer that holds the token, and whether it has somebody to call. */
    const caller = Effect.fn("Signaling.caller")(function* (token: PeerToken) {
      return yield* sends.findCaller(yield* secrets.hash(token))
    })

    return { handle, messages, caller } as const
  })
}) {}
