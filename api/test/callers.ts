/** Requests of hosts and guests to the service. */
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import { ConnectionId, Cursor, HostKey, type PeerId, PeerToken, RoomId } from "../contract/Ids.js"
import type { JoinGuest, JoinHost, SignalingRequest } from "../contract/Requests.js"
import type { JoinedAsGuest, JoinedAsHost } from "../contract/Responses.js"
import { Signaling } from "../Signaling.js"

const random = (bytes: number) => Encoding.encodeBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))

/** The token of a new peer. */
export const makeToken = () => PeerToken.make(random(32))
/** The key of a new host. */
export const makeKey = () => HostKey.make(random(32))
/** A room that no other test knows. */
export const makeRoom = () => RoomId.make(random(12))

const ask = (request: SignalingRequest, token?: PeerToken) =>
  Effect.flatMap(Signaling, (service) =>
    service.handle(request, token === undefined ? Effect.dieMessage("needs a token") : Effect.succeed(token), undefined)
  )

type Fields<Join> = Omit<Join, "type" | "role">

/** Joins as a host. */
export const joinHost = (fields: Fields<JoinHost>) =>
  ask({ type: "join", role: "host", ...fields }).pipe(
    Effect.flatMap((answer) => (isHost(answer) ? Effect.succeed(answer) : Effect.dieMessage("no host's answer")))
  )

/** Joins as a guest. */
export const joinGuest = (fields: Fields<JoinGuest>) =>
  ask({ type: "join", role: "guest", ...fields }).pipe(
    Effect.flatMap((answer) => (isGuest(answer) ? Effect.succeed(answer) : Effect.dieMessage("no guest's answer")))
  )

const isHost = (answer: { readonly type: string }): answer is JoinedAsHost => "guests" in answer
const isGuest = (answer: { readonly type: string }): answer is JoinedAsGuest => "host" in answer

/** A room with a host and a guest in it. */
export const meeting = Effect.gen(function* () {
  const room = makeRoom()
  const hostKey = makeKey()
  const hostToken = makeToken()
  const guestToken = makeToken()
  const host = yield* joinHost({ token: hostToken, hostKey, room })
  const guest = yield* joinGuest({ token: guestToken, room })
  return { room, hostKey, hostToken, guestToken, host, guest }
})

/** Sends any request that needs a token. */
export const tell = (token: PeerToken, request: SignalingRequest) => ask(request, token)

/** Sets who may come in, as the host with this token. */
export const setRoom = (token: PeerToken, rules: { readonly waitingRoom?: boolean; readonly locked?: boolean }) =>
  tell(token, { type: "room", ...rules })

/** Reads an inbox from its start. */
export const inbox = (token: PeerToken) =>
  Effect.flatMap(Signaling, (service) => Effect.map(service.messages(token, {}), ({ messages }) => messages))

/** The types of the messages in an inbox. */
export const typesOf = (token: PeerToken) => Effect.map(inbox(token), (messages) => messages.map(({ type }) => type))

/** One poll: `after` a cursor, held for `wait` seconds at most. */
export const poll = (token: PeerToken, { after = Cursor.make(0), wait = 0 } = {}) =>
  Effect.flatMap(Signaling, (service) => service.messages(token, { after, wait }))

/** The peer that holds this token. */
export const caller = (token: PeerToken) => Effect.flatMap(Signaling, (service) => service.caller(token))

/** The connection that `offer` is for. */
export const connection = ConnectionId.make("c1")

/** An offer to this peer. */
export const offer = (to: PeerId, sdp = "v=0") => ({ type: "offer", to, connection, sdp }) as const

/** The tag of the error with which the effect fails. */
export const failure = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

/** Acts as a guest's page: polls, and joins again if its token is unknown. Returns the tag of the last error. */
export const guestPage = (token: PeerToken, room: RoomId): Effect.Effect<string, never, Signaling> =>
  poll(token).pipe(
    Effect.catchTag("PeerUnknown", () => joinGuest({ token, room })),
    Effect.matchEffect({
      onFailure: ({ _tag }) => Effect.succeed(_tag),
      onSuccess: () =>
        Effect.zipRight(
          Effect.yieldNow(),
          Effect.suspend(() => guestPage(token, room))
        )
    })
  )
