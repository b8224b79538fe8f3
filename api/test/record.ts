/** A real D1 with the real migrations, and what service tests say to it. */
import type { D1Database } from "@cloudflare/workers-types"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Layer from "effect/Layer"
import { openPlainD1 } from "../../scripts/plainD1.js"
import { Background } from "../Background.js"
import { Cleanup } from "../Cleanup.js"
import { ConnectionId, Cursor, HostKey, type PeerId, PeerToken, RoomId } from "../contract/Ids.js"
import type { JoinGuest, JoinHost, SignalingRequest } from "../contract/Requests.js"
import type { JoinedAsGuest, JoinedAsHost } from "../contract/Responses.js"
import { Database } from "../Database.js"
import { ModerationRepo } from "../Moderation/Repo.js"
import { Moderation } from "../Moderation.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"

/** The D1 binding of a workerd that lives as long as the scope. */
export class D1 extends Context.Tag("D1")<D1, D1Database>() {
  static readonly layer = Layer.scoped(
    D1,
    Effect.map(
      Effect.acquireRelease(
        Effect.promise(() => openPlainD1()),
        ({ close }) => Effect.promise(close)
      ),
      ({ db }) => db
    )
  )
}

/** Settings as a deployment would set them. */
export const settings = (values: Readonly<Record<string, string>> = {}) =>
  Settings.Default.pipe(Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(values))))))

/** The database over the test's D1. */
export const DatabaseLive = Layer.unwrapEffect(Effect.map(D1, Database.layer))

/** Nothing goes on behind a test's back: what is left for later is done at once. */
export const AtOnce = Layer.succeed(Background, { run: (effect) => effect })

/** No TURN provider can be reached. */
export const Offline = Layer.succeed(
  HttpClient.HttpClient,
  HttpClient.make((request) => Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport" })))
)

/** Signaling on a real D1. Give it settings to change them. */
export const signaling = (values: Readonly<Record<string, string>> = {}) =>
  Signaling.Default.pipe(
    Layer.provide([AtOnce, Offline]),
    Layer.provideMerge(Layer.mergeAll(DatabaseLive, settings(values)))
  )

/** The same with the cleanup. */
export const signalingAndCleanup = (values: Readonly<Record<string, string>> = {}) =>
  Cleanup.Default.pipe(
    Layer.provide([DatabaseLive, settings(values)]),
    Layer.merge(signaling(values)),
    Layer.provideMerge(D1.layer)
  )

/** What cron has done. */
export const cleanUp = Effect.flatMap(Cleanup, (cleanup) => cleanup.run())

/** Signaling, and the services that say who comes in. */
export const moderated = (values: Readonly<Record<string, string>> = {}) =>
  Layer.mergeAll(Moderation.Default, ModerationRepo.Default).pipe(
    Layer.provide([AtOnce, Offline]),
    Layer.provideMerge(signaling(values)),
    Layer.provideMerge(D1.layer)
  )

const random = (bytes: number) => Encoding.encodeBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))

export const makeToken = () => PeerToken.make(random(32))
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
export const setRoom = (token: PeerToken, wanted: { readonly waitingRoom?: boolean; readonly locked?: boolean }) =>
  tell(token, { type: "room", ...wanted })

/** Reads an inbox from its start. */
export const inbox = (token: PeerToken) =>
  Effect.flatMap(Signaling, (service) => Effect.map(service.messages(token, {}), ({ messages }) => messages))

/** The tags of what stands in an inbox. */
export const typesOf = (token: PeerToken) => Effect.map(inbox(token), (messages) => messages.map(({ type }) => type))

/** One poll: `after` a cursor, held for `wait` seconds at most. */
export const poll = (token: PeerToken, { after = Cursor.make(0), wait = 0 } = {}) =>
  Effect.flatMap(Signaling, (service) => service.messages(token, { after, wait }))

/** Whose token this is. */
export const caller = (token: PeerToken) => Effect.flatMap(Signaling, (service) => service.caller(token))

export const connection = ConnectionId.make("c1")

/** An offer to this peer. */
export const offer = (to: PeerId, sdp = "v=0") => ({ type: "offer", to, connection, sdp }) as const

/** The tag of the error that this fails with. */
export const failure = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)
