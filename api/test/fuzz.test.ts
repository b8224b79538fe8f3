/** Whatever is sent to the built Worker, it answers as spec/openapi.json documents. */
import { assert, layer } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { Poll } from "../contract/Messages.js"
import { SignalingRequest } from "../contract/Requests.js"
import { makeKey, makeRoom, makeToken } from "./callers.js"
import { check, documented } from "./documented.js"
import { anyBody, anyHeaders, anyPath, anyQuery, change, changed, marker, method, write } from "./hostile.js"
import { post, type Sent, send } from "./sending.js"
import { BuiltWorker } from "./server.js"

/** The time limit of one property. On a busy machine it makes fewer runs. */
const bounds = { interruptAfterTimeLimit: 11_000, markInterruptAsFailure: false } as const

/** Joins a host and two guests to a room of their own, for requests to refer to. */
const meet = async (url: string) => {
  const [room, hostKey] = [makeRoom(), makeKey()]
  const tokens = [makeToken(), makeToken(), makeToken()]
  const [hostToken, ...guestTokens] = tokens
  const joins = [
    { type: "join", role: "host", token: hostToken, hostKey, room },
    ...guestTokens.map((token) => ({ type: "join", role: "guest", token, room }))
  ]
  const ids: Array<string> = []
  for (const join of joins) {
    const { json, status, text } = await send(url, post(join))
    assert.strictEqual(status, 200, text)
    ids.push(String(Object(json.peer).id))
  }
  return { room, hostKey, tokens, ids }
}

type Meeting = Awaited<ReturnType<typeof meet>>

/** Which peer, recipient and token of the meeting a request refers to, if any. */
const aim = FastCheck.record({
  peer: FastCheck.nat(2),
  to: FastCheck.constantFrom(0, 1, 2, undefined),
  known: FastCheck.boolean(),
  token: FastCheck.constantFrom("known", "known", "known", "unknown", "malformed", "none"),
  key: FastCheck.option(FastCheck.stringMatching(/^[\x21-\x7e]{1,64}$/), { freq: 2, nil: undefined })
})
type Aim = typeof aim extends FastCheck.Arbitrary<infer A> ? A : never

/** Makes a generated request refer to the meeting, so that it gets further than the first lookup. */
const pointed = (request: Readonly<Record<string, unknown>>, meeting: Meeting, { known, peer, to }: Aim) => ({
  ...request,
  ...("to" in request && to !== undefined ? { to: meeting.ids[to] } : {}),
  ...("token" in request && known ? { token: meeting.tokens[peer] } : {}),
  ...("hostKey" in request && known ? { hostKey: meeting.hostKey } : {}),
  ...("room" in request || known ? { room: meeting.room } : {})
})

const bearer = (meeting: Meeting, { peer, token }: Aim): string | undefined =>
  ({ known: meeting.tokens[peer], unknown: makeToken(), malformed: `${marker} ${peer}`, none: undefined })[token]

const validRequest = Arbitrary.make(SignalingRequest).map(
  (request): Readonly<Record<string, unknown>> => Schema.encodeSync(SignalingRequest)(request)
)
/** A hold ends before patience does, and few hold at all. */
const validPoll = Arbitrary.make(Poll).map(
  (poll) =>
    new URLSearchParams(
      Schema.encodeSync(Poll)("wait" in poll ? { ...poll, wait: (poll.wait ?? 0) % 10 === 9 ? 1 : 0 } : poll)
    )
)

layer(BuiltWorker.layer(), { timeout: 60_000 })("the service under any request", (it) => {
  /** Checks a property within its bounds. A failure reports its seed and its smallest example. */
  const holds = <A>(
    numRuns: number,
    arbitrary: FastCheck.Arbitrary<A>,
    requests: (example: A, meeting: Meeting) => ReadonlyArray<Sent>
  ) =>
    Effect.gen(function* () {
      const { url } = yield* BuiltWorker
      const document = yield* documented
      const property = FastCheck.asyncProperty(arbitrary, async (example) => {
        const meeting = await meet(url)
        for (const sent of requests(example, meeting)) check(document, url, sent, await send(url, sent))
        // The requests have not broken the service for others.
        const { status, text } = await send(url, { method: "GET", path: "/health", headers: {} })
        assert.strictEqual(status, 200, text)
      })
      yield* Effect.promise(() => FastCheck.assert(property, { ...bounds, numRuns }))
    })

  it.effect("answers valid requests as documented", () =>
    holds(
      60,
      FastCheck.array(FastCheck.tuple(validRequest, validPoll, aim), { minLength: 1, maxLength: 6 }),
      (steps, meeting) =>
        steps.flatMap(([request, poll, aimed], index) => {
          const token = bearer(meeting, aimed)
          const secrets = [...meeting.tokens, meeting.hostKey]
          const sent = post(pointed(request, meeting, aimed), token, secrets)
          const { "content-type": _, ...headers } = sent.headers
          return [
            {
              ...sent,
              headers: { ...sent.headers, ...(aimed.key === undefined ? {} : { "idempotency-key": aimed.key }) }
            },
            { method: index % 2 === 0 ? "GET" : "HEAD", path: `/messages?${poll}`, headers, secrets },
            ...(index === 0 ? [{ method: "POST", path: "/turn-credentials", headers, secrets }] : [])
          ]
        })
    )
  )

  it.effect("answers broken requests as documented, without repeating their content", () =>
    holds(
      120,
      FastCheck.array(FastCheck.tuple(validRequest, FastCheck.array(change, { minLength: 1, maxLength: 2 }), aim), {
        minLength: 1,
        maxLength: 6
      }),
      (steps, meeting) =>
        steps.map(([request, changes, aimed]) =>
          post(write(changes.reduce<unknown>(changed, pointed(request, meeting, aimed))), bearer(meeting, aimed), [
            ...meeting.tokens,
            meeting.hostKey
          ])
        )
    )
  )

  it.effect("answers any method, path, query, header and body as documented", () =>
    holds(
      120,
      FastCheck.array(FastCheck.tuple(method, anyPath, anyQuery, anyHeaders, anyBody), { minLength: 1, maxLength: 6 }),
      (steps, meeting) =>
        steps.map(([method, path, query, headers, body]): Sent => {
          const given = Object.entries(headers).flatMap(([name, value]) =>
            typeof value === "string"
              ? [[name, value.replace(/@(\d)$/, (_, peer) => meeting.tokens[peer] ?? "")] as const]
              : []
          )
          return {
            method,
            path: path + query,
            headers: Object.fromEntries(given),
            secrets: meeting.tokens,
            ...(body === undefined ? {} : { body })
          }
        })
    )
  )
})
