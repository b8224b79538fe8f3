import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import createClient from "openapi-fetch"
import { nextDeadSocket, Wakeup } from "../browser/Wakeup.js"
import type { components, paths } from "./api.gen.js"
import { request } from "./request.js"
import { makeIdempotencyKey } from "./Secrets.js"
import { type PeerUnknown, type RecipientUnknown, RequestRefused, type Transient } from "./SignalingErrors.js"
import { Transport } from "./Transport.js"
import {
  backoff,
  leaveTimeout,
  pollFloor,
  pollGrace,
  pollWait,
  requestTimeout,
  serviceSilence,
  spread
} from "./timings.js"

type Schemas = components["schemas"]
/** A message of an inbox. */
export type Message = Schemas["Message"]
/** What a guest's join is answered with. */
export type JoinedAsGuest = Schemas["JoinedAsGuest"]
/** ICE servers, and for how long they hold. */
export type IceConfiguration = Schemas["IceConfiguration"]
/** What one peer sends to another through the service. */
export type Outgoing = Schemas["Offer"] | Schemas["Answer"] | Schemas["Candidate"]
/** What a host says about who comes in and who goes. */
type Moderating = Schemas["Admit"] | Schemas["Remove"] | Schemas["Refuse"] | Schemas["Room"]
type Failure = PeerUnknown | RecipientUnknown | RequestRefused | Transient

const unexpected = () =>
  new RequestRefused({
    reason: "Unexpected",
    message: "The service answered with something that this page cannot use."
  })

/**
 * The service, as a peer sees it. Requests are repeated for as long as their failure is transient, with the same
 * idempotency key, and not before `Retry-After`; a wake cuts the waiting short. What fails here fails for good.
 */
export class Signaling extends Effect.Service<Signaling>()("Signaling", {
  effect: Effect.gen(function* () {
    const transport = yield* Transport
    const wakeup = yield* Wakeup
    const client = createClient<paths>({ baseUrl: transport.baseUrl, fetch: transport.fetch })
    const reachable = yield* SubscriptionRef.make(true)
    /** When the service last gave what it was asked for. */
    let lastAnswerAt = yield* Clock.currentTimeMillis

    const setReachable = (now: boolean) =>
      Effect.flatMap(SubscriptionRef.get(reachable), (before) =>
        before === now ? Effect.void : SubscriptionRef.set(reachable, now)
      )
    const trackReachable = <A>(request: Effect.Effect<A, Failure>) =>
      Effect.tapBoth(request, {
        onSuccess: () =>
          Effect.flatMap(Clock.currentTimeMillis, (now) => {
            lastAnswerAt = now
            return setReachable(true)
          }),
        onFailure: (failure) => setReachable(failure._tag !== "Transient" || !failure.offline)
      })
    const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

    /** `putOff` hears for how many milliseconds, where the service says that it is asked too often. */
    const retryWhileTransient = <A>(
      request: Effect.Effect<A, Failure>,
      putOff: (wait: number) => Effect.Effect<unknown> = () => Effect.void
    ) =>
      Effect.gen(function* () {
        const waits = yield* Schedule.driver(backoff)
        const wait = ({ offline, retryAfter }: Transient) =>
          retryAfter === null
            ? Effect.raceFirst(Effect.ignore(waits.next(undefined)), wakeup.next)
            : Effect.flatMap(spread(retryAfter), (longer) =>
                Effect.zipRight(offline ? Effect.void : putOff(longer), Effect.sleep(longer))
              )
        const attempt: Effect.Effect<A, Exclude<Failure, Transient>> = trackReachable(request).pipe(
          Effect.catchTag("Transient", (failure) =>
            Effect.zipRight(
              wait(failure),
              Effect.suspend(() => attempt)
            )
          )
        )
        return yield* attempt
      })

    const signal = (
      body: Schemas["JoinHost"] | Schemas["JoinGuest"] | Outgoing | Schemas["Leave"] | Moderating,
      headers: Record<string, string> = {}
    ) => request((abort) => client.POST("/signaling", { body, headers, signal: abort }), requestTimeout)

    const asRefusal = (failure: PeerUnknown | RecipientUnknown) =>
      Effect.fail(new RequestRefused({ reason: failure._tag, message: failure.message }))
    const joinWith = (
      body: Effect.Effect<Schemas["JoinHost"] | Schemas["JoinGuest"]>,
      putOff?: (wait: number) => Effect.Effect<unknown>
    ) =>
      retryWhileTransient(
        Effect.flatMap(body, (now) => signal(now)),
        putOff
      ).pipe(Effect.catchTags({ PeerUnknown: asRefusal, RecipientUnknown: asRefusal }))

    /** Claims the room and starts a fresh session, or resumes the one that the key holds. */
    const joinAsHost = Effect.fn("Signaling.joinAsHost")(function* (join: Omit<Schemas["JoinHost"], "type" | "role">) {
      const answer = yield* joinWith(Effect.succeed({ type: "join", role: "host", ...join }))
      return answer.type === "joined" && "guests" in answer ? answer : yield* unexpected()
    })

    /**
     * Enters the room, before the host or after. `offer` goes along with the first attempt alone: by the time of a repeat
     * another host may have the room, whom the guest has not said yes to. `putOff` hears for how many milliseconds, each
     * time that the service is asked too often.
     */
    const joinAsGuest = Effect.fn("Signaling.joinAsGuest")(function* (
      join: Omit<Schemas["JoinGuest"], "type" | "role" | "offer">,
      offer: Schemas["JoinOffer"] | null = null,
      putOff?: (wait: number) => Effect.Effect<unknown>
    ) {
      let unsent = offer
      const body = Effect.sync((): Schemas["JoinGuest"] => {
        const first = unsent
        unsent = null
        return { type: "join", role: "guest", ...join, ...(first === null ? {} : { offer: first }) }
      })
      const answer = yield* joinWith(body, putOff)
      return answer.type === "joined" && "host" in answer ? answer : yield* unexpected()
    })

    /** Delivers a message once, however often it has to be sent. */
    const send = Effect.fn("Signaling.send")(function* (token: string, message: Outgoing) {
      const key = yield* makeIdempotencyKey
      yield* retryWhileTransient(signal(message, { ...bearer(token), "Idempotency-Key": key }))
    })

    /** Says good-bye, if that can be done in short time. */
    const leave = Effect.fn("Signaling.leave")((token: string, leaving: { readonly end: boolean }) =>
      retryWhileTransient(signal({ type: "leave", ...(leaving.end ? { end: true } : {}) }, bearer(token))).pipe(
        // Finalizers say it too, and those cannot be interrupted: a goodbye that comes late would put out who is back.
        Effect.interruptible,
        Effect.timeout(leaveTimeout),
        Effect.ignore
      )
    )

    /**
     * Says that this guest's page closes, and that its place is to be kept. The request outlives the page, and nobody
     * waits for its answer: it goes out before this returns.
     */
    const away = (token: string) =>
      Effect.sync(() => {
        const body: Schemas["Away"] = { type: "away" }
        const request = new Request(new URL("/signaling", transport.baseUrl), {
          method: "POST",
          headers: { ...bearer(token), "Content-Type": "application/json" },
          body: JSON.stringify(body),
          keepalive: true
        })
        // The host's page sees by itself, only later, that this one is gone.
        transport.fetch(request).catch(() => undefined)
      })

    /** Ends the session for all: asked until it is answered, since until then guests wait and the room is not free. */
    const end = Effect.fn("Signaling.end")((token: string) =>
      retryWhileTransient(signal({ type: "leave", end: true }, bearer(token))).pipe(
        Effect.catchTag("PeerUnknown", ({ message }) => Effect.logDebug("The session was over already.", message)),
        Effect.catchAll(({ message }) => Effect.logError("The session could not be ended.", message)),
        Effect.asVoid
      )
    )

    const pollOnce = (token: string, after: number, wait: Duration.Duration) =>
      request(
        (abort) =>
          client.GET("/messages", {
            params: { query: { after, wait: Duration.toSeconds(wait) } },
            headers: bearer(token),
            signal: abort
          }),
        Duration.sum(wait, pollGrace)
      )

    // After `online` or sleep the socket of a held poll may be dead without saying so: ask again.
    const heldPoll = (token: string, after: number): Effect.Effect<Schemas["Messages"], Failure> =>
      Effect.raceFirst(
        pollOnce(token, after, pollWait),
        Effect.provideService(nextDeadSocket, Wakeup, wakeup).pipe(Effect.as(null))
      ).pipe(Effect.flatMap((answer) => (answer === null ? heldPoll(token, after) : Effect.succeed(answer))))

    /** What the inbox holds after the cursor, at once. Shows the service that this peer is there. */
    const readInbox = Effect.fn("Signaling.readInbox")((token: string, after: number) =>
      retryWhileTransient(pollOnce(token, after, Duration.zero))
    )

    /** The inbox from the cursor on, by long polls chained back to back. Ends only by failing: `PeerUnknown` says join. */
    const messages = (token: string, cursor: number): Stream.Stream<Message, Exclude<Failure, Transient>> =>
      Stream.paginateChunkEffect(cursor, (after) =>
        Effect.gen(function* () {
          const begun = yield* Clock.currentTimeMillis
          const answer = yield* retryWhileTransient(heldPoll(token, after))
          const rest = Duration.toMillis(pollFloor) - ((yield* Clock.currentTimeMillis) - begun)
          if (answer.messages.length === 0 && rest > 0) yield* Effect.sleep(rest)
          return [Chunk.fromIterable(answer.messages), Option.some(answer.cursor)] as const
        })
      )

    /** ICE servers for the connections of a call. */
    const turnCredentials = Effect.fn("Signaling.turnCredentials")((token: string) =>
      retryWhileTransient(
        request((abort) => client.POST("/turn-credentials", { headers: bearer(token), signal: abort }), requestTimeout)
      )
    )

    const moderate = (token: string, request: Moderating) =>
      Effect.asVoid(retryWhileTransient(signal(request, bearer(token))))

    /** The host lets in a guest that waits. */
    const admit = Effect.fn("Signaling.admit")((token: string, peer: string) =>
      moderate(token, { type: "admit", peer })
    )

    /** The host puts a guest out for the rest of the session. */
    const remove = Effect.fn("Signaling.remove")((token: string, peer: string) =>
      moderate(token, { type: "remove", peer })
    )

    /** The host refuses all guests that wait, and hears `left` of each. */
    const refuseWaiting = Effect.fn("Signaling.refuseWaiting")((token: string) => moderate(token, { type: "refuse" }))

    /** The host says who may come in. What is left out stays as it is. */
    const setRoom = Effect.fn("Signaling.setRoom")((token: string, rules: Omit<Schemas["Room"], "type">) =>
      moderate(token, { type: "room", ...rules })
    )

    /** ICE servers to try the network with before a join. Asked once: what cannot be tried now is not worth a wait. */
    const trialIceServers = Effect.fn("Signaling.trialIceServers")((room: string | undefined) =>
      request(
        (abort) => client.POST("/turn-credentials/trial", { body: room === undefined ? {} : { room }, signal: abort }),
        requestTimeout
      )
    )

    /** Whether the service has given this page nothing for so long that the page must have slept or been offline. */
    const wasSilent = Effect.map(
      Clock.currentTimeMillis,
      (now) => now - lastAnswerAt >= Duration.toMillis(serviceSilence)
    )

    return {
      reachable,
      wasSilent,
      joinAsHost,
      joinAsGuest,
      send,
      leave,
      end,
      away,
      readInbox,
      messages,
      turnCredentials,
      admit,
      remove,
      refuseWaiting,
      setRoom,
      trialIceServers
    } as const
  })
}) {}
