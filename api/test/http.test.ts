import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeKey, makeRoom, makeToken } from "./callers.js"
import { ask, BuiltWorker, signal } from "./server.js"

/** Joins a host and a guest over HTTP. */
const meeting = Effect.gen(function* () {
  const room = makeRoom()
  const hostKey = makeKey()
  const hostToken = makeToken()
  const guestToken = makeToken()
  const host = yield* signal({ type: "join", role: "host", token: hostToken, hostKey, room })
  const guest = yield* signal({ type: "join", role: "guest", token: guestToken, room })
  return { room, hostKey, hostToken, guestToken, hostId: String(Object(host.json.peer).id), guest: guest.json }
})

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

/** Deep enough to overflow the stack of a recursive parser. */
const deep = "[".repeat(20_000) + "]".repeat(20_000)

/** A request that cannot decode, and the field that its error must name. */
const undecodable: ReadonlyArray<readonly [unknown, string]> = [
  [{ type: "dance" }, "type"],
  [{ type: "join", role: "guest", token: "short" }, "token"],
  [{ type: "join", role: "guest", token: "*".repeat(43) }, "token"],
  [{ type: "join", role: "king", token: makeToken() }, "role"],
  [{ type: "join", role: "host", token: makeToken() }, "hostKey"],
  [{ type: "join", role: "guest", token: makeToken(), room: "a room" }, "room"],
  [{ type: "join", role: "guest", token: makeToken(), room: "r".repeat(65) }, "room"],
  [{ type: "join", role: "guest", token: makeToken(), name: " \t " }, "name"],
  [{ type: "join", role: "guest", token: makeToken(), name: "n".repeat(65) }, "name"],
  [{ type: "join", role: "guest", token: makeToken(), name: "\u202e\u200d\0" }, "name"],
  [{ type: "join", role: "guest", token: makeToken(), name: "\ud800" }, "name"],
  [{ type: "offer", to: "p", connection: "c 1", sdp: "v=0" }, "connection"],
  [{ type: "offer", to: "p", connection: "c1", sdp: "" }, "sdp"],
  [{ type: "offer", to: "p", connection: "c1", sdp: "s".repeat(60_001) }, "sdp"],
  [`{"type":"join","role":"guest","token":${deep}}`, "levels"],
  [{ type: { toString: "x" } }, "field"],
  [{ type: "candidate", to: "p", connection: "c1", candidates: [] }, "candidates"],
  [{ type: "candidate", to: "p", connection: "c1", candidates: new Array(65).fill(null) }, "candidates"],
  [{ type: "candidate", to: "p", connection: "c1", candidates: [{ candidate: "c".repeat(1025) }] }, "candidates"]
]

const relayed = { TURN_URLS: "turn:127.0.0.1:9", TURN_SECRET: "north" }

layer(BuiltWorker.layer(relayed), { timeout: 60_000 })("the service over HTTP", (it) => {
  it.effect("is up when its database answers", () =>
    Effect.gen(function* () {
      const { headers, json, status } = yield* ask("/health")
      assert.deepStrictEqual([status, json], [200, { status: "ok" }])
      assert.strictEqual(headers.get("cache-control"), "no-store")
    })
  )

  it.effect("carries an offer from guest to host", () =>
    Effect.gen(function* () {
      const { guestToken, hostId, hostToken } = yield* meeting
      const sent = yield* signal({ type: "offer", to: hostId, connection: "c1", sdp: "v=0" }, guestToken)
      assert.deepInclude(sent, { status: 200 })
      const { json } = yield* ask("/messages?after=1&wait=1", bearer(hostToken))
      assert.strictEqual(json.cursor, sent.json.id)
    })
  )

  it.effect("reports which field does not decode, without repeating its value", () =>
    Effect.gen(function* () {
      for (const [body, field] of undecodable) {
        const { json, status, text } = yield* signal(body)
        assert.deepStrictEqual([status, json._tag], [400, "HttpApiDecodeError"], text)
        assert.include(String(json.message), `${field}`)
        assert.isBelow(text.length, 600)
      }
    })
  )

  it.effect("ignores fields that it does not know", () =>
    Effect.gen(function* () {
      const { status } = yield* signal({ type: "join", role: "guest", token: makeToken(), room: makeRoom(), mood: 1 })
      assert.strictEqual(status, 200)
    })
  )

  it.effect("trims names, and keeps all their letters", () =>
    Effect.gen(function* () {
      const join = { type: "join", role: "guest", token: makeToken(), room: makeRoom(), name: "  <b>Åsa</b> 👩‍🚀 \n" }
      const { json } = yield* signal(join)
      assert.strictEqual(Object(json.peer).name, "<b>Åsa</b> 👩‍🚀")
    })
  )

  it.effect("answers each kind of wrong request with its own error", () =>
    Effect.gen(function* () {
      const { guestToken, hostId, hostKey, room } = yield* meeting
      const offer = { type: "offer", to: hostId, connection: "c1", sdp: "v=0" }
      const text = { "content-type": "text/plain" }
      const wrongRequests = [
        [401, "PeerUnknown", signal(offer)],
        [401, "PeerUnknown", signal(offer, makeToken())],
        [401, "PeerUnknown", signal(offer, "not-a-token")],
        [401, "PeerUnknown", ask("/messages")],
        [401, "PeerUnknown", ask("/turn-credentials", { method: "POST" })],
        [403, "NotAllowed", signal({ type: "leave", end: true }, guestToken)],
        [403, "NotAllowed", signal({ type: "join", role: "host", token: guestToken, hostKey, room })],
        [404, "RecipientUnknown", signal({ ...offer, to: "nobody" }, guestToken)],
        [404, "RouteNotFound", ask("/nowhere")],
        [404, "RouteNotFound", ask("/signaling/", { method: "POST" })],
        [405, "MethodNotAllowed", ask("/signaling")],
        [405, "MethodNotAllowed", ask("/messages", { method: "DELETE" })],
        [409, "RoomTaken", signal({ type: "join", role: "host", token: makeToken(), hostKey: makeKey(), room })],
        [413, "BodyTooLarge", signal({ ...offer, sdp: "s".repeat(70_000) }, guestToken)],
        [415, "UnsupportedMediaType", signal(offer, guestToken, text)],
        [400, "HttpApiDecodeError", signal("{", guestToken)],
        [400, "HttpApiDecodeError", signal("", guestToken)],
        [400, "HttpApiDecodeError", signal("[".repeat(60_000), guestToken)],
        [400, "HttpApiDecodeError", ask("/messages?after=-1", bearer(guestToken))],
        [400, "HttpApiDecodeError", ask("/messages?after=1e400", bearer(guestToken))],
        [400, "HttpApiDecodeError", ask("/messages?wait=26", bearer(guestToken))],
        [400, "HttpApiDecodeError", signal(offer, guestToken, { "idempotency-key": "k".repeat(65) })]
      ] as const
      for (const [status, tag, request] of wrongRequests) {
        const answer = yield* request
        assert.deepStrictEqual([answer.status, answer.json._tag], [status, tag], answer.text)
        assert.isAbove(String(answer.json.message).length, 10)
        assert.include(answer.headers.get("content-type"), "application/json")
        assert.strictEqual(answer.headers.get("access-control-allow-origin"), "*")
      }
    })
  )

  it.effect("lets pages of any origin send requests, with their headers", () =>
    Effect.gen(function* () {
      const { headers, status } = yield* ask("/signaling", {
        method: "OPTIONS",
        headers: {
          origin: "https://example.com",
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type,idempotency-key"
        }
      })
      assert.strictEqual(status, 204)
      assert.strictEqual(headers.get("access-control-allow-origin"), "*")
      assert.include(headers.get("access-control-allow-headers"), "idempotency-key")
      assert.include((yield* ask("/health")).headers.get("access-control-expose-headers"), "retry-after")
    })
  )

  it.effect("stops only the client in a loop, with 429 and Retry-After", () =>
    Effect.gen(function* () {
      const { room } = yield* meeting
      const join = signal({ type: "join", role: "guest", token: makeToken(), room })
      // The token is known from then on, and counted separately from others at its address.
      yield* join
      // Many times the limit, so that neither a new window nor a slow machine can hide it.
      const answers = yield* Effect.all(
        Array.from({ length: 420 }, () => join),
        { concurrency: 20 }
      )
      const refused = answers.filter(({ status }) => status === 429)
      assert.isAbove(refused.length, 0)
      assert.deepStrictEqual([...new Set(answers.map(({ status }) => status))].sort(), [200, 429])
      assert.strictEqual(refused[0]?.json._tag, "TooManyRequests")
      const wait = Number(refused[0]?.headers.get("retry-after"))
      assert.isTrue(wait >= 1 && wait <= 10)
      const elsewhere = { type: "join", role: "guest", token: makeToken(), room: makeRoom() }
      assert.strictEqual((yield* signal(elsewhere)).status, 200)
    })
  )

  it.effect("checks the health of the database at most once a second", () =>
    Effect.gen(function* () {
      const { logs } = yield* BuiltWorker
      const before = Date.now()
      const answers = yield* Effect.forEach(Array.from({ length: 40 }), () => ask("/health"))
      const seconds = Math.ceil((Date.now() - before) / 1000)
      assert.isTrue(answers.every(({ json, status }) => status === 200 && json.status === "ok"))
      const ids = answers.map(({ headers }) => headers.get("x-request-id") ?? "no id")
      const lines = yield* Effect.repeat(
        Effect.sync(() =>
          logs()
            .split("\n")
            .filter((line) => line.endsWith("}") && ids.some((id) => line.includes(id)))
        ),
        { until: (found) => found.length === ids.length }
      )
      const looked = lines.filter((line) => JSON.parse(line).annotations.trips > 0)
      assert.isAtMost(looked.length, 1 + seconds)
    })
  )

  it.effect("gives no relay to a guest before there is a host to call", () =>
    Effect.gen(function* () {
      const token = makeToken()
      const room = makeRoom()
      const credentials = ask("/turn-credentials", { method: "POST", ...bearer(token) })
      yield* signal({ type: "join", role: "guest", token, room })
      assert.deepInclude((yield* credentials).json, { relay: false })
      yield* signal({ type: "join", role: "host", token: makeToken(), hostKey: makeKey(), room })
      yield* signal({ type: "join", role: "guest", token, room })
      assert.deepInclude((yield* credentials).json, { relay: true })
    })
  )

  it.effect("logs each request with its id, without secrets, SDP or addresses", () =>
    Effect.gen(function* () {
      const { logs } = yield* BuiltWorker
      const { guestToken, hostId, hostKey, hostToken } = yield* meeting
      const candidates = [{ candidate: "candidate:1 1 udp 1 192.0.2.7 54321 typ host" }]
      const sdp = "v=0 unmistakable"
      const { headers } = yield* signal({ type: "offer", to: hostId, connection: "c1", sdp }, guestToken)
      yield* signal({ type: "candidate", to: hostId, connection: "c1", candidates }, guestToken)
      yield* signal({ type: "offer", to: hostId, connection: "c1", sdp: 7, token: hostToken }, guestToken)
      const id = headers.get("x-request-id") ?? "no id"
      yield* Effect.repeat(
        Effect.sync(() => logs().includes(id)),
        { until: (found) => found }
      )
      for (const hidden of [guestToken, hostToken, hostKey, sdp, "192.0.2.7", "127.0.0.1"]) {
        assert.notInclude(logs(), hidden)
      }
      for (const line of logs()
        .split("\n")
        .filter((text) => text !== ""))
        JSON.parse(line)
    })
  )
})

const locked = BuiltWorker.layer({ HOST_PASSWORD: "open sesame", ALLOWED_ORIGINS: "https://example.com" })

layer(locked, { timeout: 60_000 })("the service with a host password and allowed origins", (it) => {
  it.effect("refuses a host without the password", () =>
    Effect.gen(function* () {
      const join = { type: "join", role: "host", token: makeToken(), hostKey: makeKey(), room: makeRoom() }
      for (const given of [{}, { hostPassword: "open barley" }]) {
        const { json, status, text } = yield* signal({ ...join, ...given })
        assert.deepStrictEqual([status, json._tag], [403, "HostPasswordWrong"])
        assert.notInclude(text, "sesame")
      }
      assert.strictEqual((yield* signal({ ...join, hostPassword: "open sesame" })).status, 200)
    })
  )

  it.effect("limits guesses of the password", () =>
    Effect.gen(function* () {
      const guess = () =>
        signal({
          type: "join",
          role: "host",
          token: makeToken(),
          hostKey: makeKey(),
          room: makeRoom(),
          hostPassword: "open barley"
        })
      const answers = yield* Effect.all(Array.from({ length: 30 }, guess), { concurrency: 10 })
      assert.isAbove(answers.filter(({ status }) => status === 429).length, 0)
    })
  )

  it.effect("lets only pages of those origins read its answers", () =>
    Effect.gen(function* () {
      for (const [origin, allowed] of [
        ["https://example.com", "https://example.com"],
        ["https://evil.example", null]
      ] as const) {
        const { headers } = yield* ask("/health", { headers: { origin } })
        assert.strictEqual(headers.get("access-control-allow-origin"), allowed)
      }
    })
  )
})
