/** A real D1 with the real migrations, and what service tests say to it. */
import type { D1Database } from "@cloudflare/workers-types"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Layer from "effect/Layer"
import { Miniflare } from "miniflare"
import { Background } from "../Background.js"
import { HostKey, PeerToken, RoomId } from "../contract/Ids.js"
import type { GuestJoined, HostJoined, JoinGuest, JoinHost, SignalingRequest } from "../contract/Requests.js"
import { Database } from "../Database.js"
import { migrate } from "../local/migrate.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"

/** Runs a batch of statements, each its text and parameters, on the D1 binding. */
const script = `export default {
  async fetch(request, { DB }) {
    const statements = await request.json()
    try {
      const results = await DB.batch(statements.map(({ text, parameters }) => DB.prepare(text).bind(...parameters)))
      return Response.json(results)
    } catch (error) {
      return new Response(error.message, { status: 500 })
    }
  }
}`

/**
 * A D1 binding as seen from Node, with one request for each batch. Miniflare's own stand-in asks workerd, synchronously,
 * for each \`prepare\` and each \`bind\` too, which makes it several times slower.
 */
const inOneRequest = (db: D1Database, workerd: Miniflare): D1Database =>
  new Proxy(db, {
    get: (_, property) => {
      if (property === "prepare") {
        return (text: string) => ({ bind: (...parameters: ReadonlyArray<unknown>) => ({ text, parameters }) })
      }
      if (property === "batch") {
        return async (statements: unknown) => {
          const answer = await workerd.dispatchFetch("http://d1/", { method: "POST", body: JSON.stringify(statements) })
          if (!answer.ok) throw new Error(await answer.text())
          return answer.json()
        }
      }
      throw new Error(`The service uses prepare, bind and batch, and no ${String(property)}.`)
    }
  })

/** The D1 binding of a workerd that lives as long as the scope. */
export class D1 extends Context.Tag("D1")<D1, D1Database>() {
  static readonly layer = Layer.scoped(
    D1,
    Effect.gen(function* () {
      const workerd = yield* Effect.acquireRelease(
        Effect.sync(
          () =>
            new Miniflare({
              modules: true,
              script,
              compatibilityDate: "2026-04-01",
              d1Databases: ["DB"]
            })
        ),
        (miniflare) => Effect.promise(() => miniflare.dispose())
      )
      const db = yield* Effect.promise(() => workerd.getD1Database("DB"))
      yield* Effect.promise(() => migrate(db))
      return inOneRequest(db, workerd)
    })
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

const isHost = (answer: { readonly type: string }): answer is HostJoined => "guests" in answer
const isGuest = (answer: { readonly type: string }): answer is GuestJoined => "host" in answer

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

/** Reads an inbox from its start. */
export const inbox = (token: PeerToken) =>
  Effect.flatMap(Signaling, (service) => Effect.map(service.messages(token, {}), ({ messages }) => messages))
