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
/** ICE servers, and how long their credentials are valid. */
export type IceConfiguration = Schemas["IceConfiguration"]
/** What one peer sends to another through the service. */
export type Outgoing = Schemas["Offer"] | Schemas["Answer"] | Schemas["Candidate"]
/** The requests by which a host decides who is in the room. */
type Moderating = Schemas["Admit"] | Schemas["Remove"] | Schemas["Refuse"] | Schemas["Room"]
type Failure = PeerUnknown | RecipientUnknown | RequestRefused | Transient

const unexpected = () =>
  new RequestRefused({
    reason: "Unexpected",
    message: "The service answered with something that this page cannot use."
  })

/**
 * The service, as a peer sees it. Requests are repeated while their failure is transient, with the same idempotency
 * key. They wait out `Retry-After`; any other wait is cut short by a wake. What fails here fails for good.
 */
export class Signaling extends Effect.Service<Signaling>()("Signaling", {
  effect: Effect.gen(function* () {
    const transport = yield* Transport
    const wakeup = yield* Wakeup
    const client = createClient<paths>({ baseUrl: transport.baseUrl, fetch: transport.fetch })
    const reachable = yield* SubscriptionRef.make(true)
    /** When a request last succeeded. */
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

    /** If the service answers that it is asked too often, `putOff` gets the wait in milliseconds. */
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
     * Enters the room, before the host or after. `offer` is sent with the first attempt only: by the time of a repeat
     * another host may have the room, to whom the guest has not agreed. `putOff` gets the wait in milliseconds each
     * time the service answers that it is asked too often.
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

    /** Says goodbye, within `leaveTimeout` or not at all. */
    const leave = Effect.fn("Signaling.leave")((token: string, leaving: { readonly end: boolean }) =>
      retryWhileTransient(signal({ type: "leave", ...(leaving.end ? { end: true } : {}) }, bearer(token))).pipe(
        // Finalizers leave, too, and cannot be interrupted by default: a late goodbye would remove a peer that is back.
        Effect.interruptible,
        Effect.timeout(leaveTimeout),
        Effect.ignore
      )
    )

    /**
     * Announces that this guest's page closes, and that its place is to be kept. The request is sent before this
     * returns, and outlives the page; nobody waits for its answer.
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
        // Without it the host's page notices that this one is gone, only later.
        transport.fetch(request).catch(() => undefined)
      })

    /** Ends the session for all. Repeated until it is answered: until then guests wait and the room is not free. */
    const end = Effect.fn("Signaling.end")((token: string) =>
      retryWhileTransient(signal({ type: "leave", end: true }, bearer(token))).pipe(
        Effect.catchTag("PeerUnknown", ({ message }) => Effect.logDebug("The session had already ended.", message)),
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

    // After `online` or sleep the socket of a held poll may be dead without an error: poll again.
    const heldPoll = (token: string, after: number): Effect.Effect<Schemas["Messages"], Failure> =>
      Effect.raceFirst(
        pollOnce(token, after, pollWait),
        Effect.provideService(nextDeadSocket, Wakeup, wakeup).pipe(Effect.as(null))
      ).pipe(Effect.flatMap((answer) => (answer === null ? heldPoll(token, after) : Effect.succeed(answer))))

    /** Reads the inbox after the cursor, without a hold. It also shows the service that this peer is there. */
    const readInbox = Effect.fn("Signaling.readInbox")((token: string, after: number) =>
      retryWhileTransient(pollOnce(token, after, Duration.zero))
    )

    /** The inbox from the cursor on, by long polls back to back. Ends only by failing; on `PeerUnknown`, join again. */
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

    /** The host refuses all guests that wait, and gets `left` of each. */
    const refuseWaiting = Effect.fn("Signaling.refuseWaiting")((token: string) => moderate(token, { type: "refuse" }))

    /** The host sets who may come in. A rule that is left out stays as it is. */
    const setRoom = Effect.fn("Signaling.setRoom")((token: string, rules: Omit<Schemas["Room"], "type">) =>
      moderate(token, { type: "room", ...rules })
    )

    /** ICE servers for the network test before a join. Asked once: the test is not worth a wait for a retry. */
    const trialIceServers = Effect.fn("Signaling.trialIceServers")((room: string | undefined) =>
      request(
        (abort) => client.POST("/turn-credentials/trial", { body: room === undefined ? {} : { room }, signal: abort }),
        requestTimeout
      )
    )

    /** Whether no request has succeeded for so long that the page must have slept or been offline. */
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
