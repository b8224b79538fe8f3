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
import { placeKept } from "./Database/places.js"
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

/** When a peer was last written down as seen, in milliseconds since 1970, and how far it had read. */
interface Seen {
  readonly seenAt: number
  readonly readTo: number
}

/** A peer is written down as seen at most this often by one isolate, in milliseconds. */
const touchEvery = 60_000

/** Ids run ahead of this clock by no more than this, in microseconds: a minute. */
const clockSkew = 60_000_000

const decodeMessage = Schema.decodeUnknownSync(Message)

/** How peers find each other: joins, messages from inbox to inbox, and their reading. */
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

    /** Puts a message into one inbox. A repeat with the same key is delivered once, and answers with the first id. */
    const send = Effect.fnUntraced(function* (
      token: PeerToken,
      request: Addressed,
      idempotencyKey: IdempotencyKey | undefined
    ) {
      const { to, type, ...rest } = request
      const sent = yield* sends.send(yield* secrets.hash(token), to, {
        type,
        body: JSON.stringify(rest),
        key: idempotencyKey ?? (yield* secrets.idempotencyKey),
        maxUnread,
        now: yield* Clock.currentTimeMillis
      })
      if (Option.isSome(sent)) {
        const { id, isNew, room } = sent.value
        // A repeat is no news: its sender could keep the recipient reading.
        if (isNew) yield* doorbell.ring({ room, owners: [to] })
        return { type: "accepted", id } satisfies Accepted
      }
      return yield* new InboxFull({
        message:
          "You have sent this peer more within two minutes, or more that it has not read, than its inbox takes from one sender. Wait for Retry-After seconds, and send again."
      })
    })

    /** Tells the host that a guest's page closes, whose place is kept. */
    const goAway = Effect.fn("Signaling.goAway")(function* (token: PeerToken) {
      const { role, room } = yield* sends.goAway(yield* secrets.hash(token), yield* Clock.currentTimeMillis)
      if (role !== "guest") {
        return yield* new NotAllowed({ message: "Only a guest goes away. A host leaves, and its room is kept." })
      }
      yield* doorbell.ring({ room, owners: ["host"] })
      return { type: "accepted" } satisfies Accepted
    })

    /** Leaves the session. The host alone may end it for all. */
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

    /** Any request but a guest's or a host's join needs the caller's token. */
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
     * Reads an inbox, and writes its peer down as seen where that is due: in the same round trip where this isolate
     * knows from an earlier check that it is.
     */
    const checkInbox = Effect.fnUntraced(function* (tokenHash: SecretHash, after: Cursor) {
      yield* countCheck
      const now = yield* Clock.currentTimeMillis
      // A cursor of the future is not trusted: believed, it would call all that comes read.
      const sighting = { now, after: after <= now * 1000 + clockSkew ? after : Cursor.make(0) }
      const isDue = ({ readTo, seenAt }: Seen) => now - seenAt >= touchEvery || sighting.after - readTo >= readEvery
      const last = seen.get(tokenHash)
      const isKnownDue = last !== undefined && isDue(last)
      const found = yield* polls.read(tokenHash, after, isKnownDue ? sighting : null)
      const isSighted = isKnownDue || isDue(found)
      if (isSighted && !isKnownDue) yield* polls.touch(tokenHash, sighting)
      const { readTo, seenAt } = found
      seen.set(tokenHash, isSighted ? { seenAt: now, readTo: Math.max(readTo, sighting.after) } : { seenAt, readTo })
      if (isSighted && now - seenAt >= placeKept) {
        yield* doorbell.ring({ room: found.address.room, owners: ["host"] })
      }
      return found
    })

    /** The caller's inbox after the cursor, held while there is nothing to give. */
    const messages = Effect.fnUntraced(function* (token: PeerToken, poll: Poll) {
      const tokenHash = yield* secrets.hash(token)
      const after = poll.after ?? Cursor.make(0)
      const inbox = yield* doorbell
        .await({
          caller: tokenHash,
          cursor: after,
          check: checkInbox(tokenHash, after),
          isNews: (found) => found.messages.length > 0,
          hold: Duration.seconds(poll.wait ?? 0)
        })
        .pipe(countHeld)
      const { messages, session } = inbox
      // A message of the database that does not decode is a defect.
      const found = messages.map(({ body, ...envelope }) => decodeMessage({ ...JSON.parse(body), ...envelope }))
      const cursor = found.length === 0 ? after : Cursor.make(Math.max(...found.map(({ id }) => id)))
      return { messages: found, cursor, session } satisfies Messages
    })

    /** The peer that holds the token, and whether there is somebody whom it may call. */
    const caller = Effect.fn("Signaling.caller")(function* (token: PeerToken) {
      return yield* sends.find(yield* secrets.hash(token))
    })

    return { handle, messages, caller } as const
  })
}) {}
