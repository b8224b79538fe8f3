import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { performance } from "node:perf_hooks"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { builtConfig, paths } from "../../scripts/paths.js"
import { makeKey, makeRoom, makeToken } from "./callers.js"
import { type Answer, ask, BuiltWorker, signal } from "./server.js"

/** If nothing rings, the next check is at least this many milliseconds away. */
const slowCheck = 5000

const read = (token: string, after: number, wait: number) =>
  ask(`/messages?after=${after}&wait=${wait}`, { headers: { authorization: `Bearer ${token}` } })

const idOf = ({ json }: Answer) => String(Object(json.peer).id)
const cursorOf = ({ json }: Answer) => Number(json.cursor)
const messagesOf = ({ json }: Answer): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  Array.isArray(json.messages) ? json.messages : []

/** A room with a host, a guest, and a second guest. */
const meeting = Effect.gen(function* () {
  const [room, hostKey] = [makeRoom(), makeKey()]
  const [hostToken, guestToken, otherToken] = [makeToken(), makeToken(), makeToken()]
  const host = yield* signal({ type: "join", role: "host", token: hostToken, hostKey, room })
  const guest = yield* signal({ type: "join", role: "guest", token: guestToken, room })
  const other = yield* signal({ type: "join", role: "guest", token: otherToken, room })
  const inbox = yield* read(hostToken, 0, 0)
  return { room, hostKey, hostToken, guestToken, otherToken, host, guest, other, cursor: cursorOf(inbox) }
})

/** Holds a poll, acts after some milliseconds, and returns the poll's answer and how long it took after the act. */
const answerTo = <A, E, R>(held: Effect.Effect<Answer, E, R>, act: Effect.Effect<A, E, R>, after: number) =>
  Effect.gen(function* () {
    let acted = Number.NaN
    const acting = Effect.zipRight(
      Effect.sync(() => {
        acted = performance.now()
      }),
      act
    )
    const [answer] = yield* Effect.all([held, Effect.delay(acting, after)], { concurrency: "unbounded" })
    return { answer, milliseconds: performance.now() - acted }
  })

/** The cost of a request according to the log. */
const costOf = (answer: Answer) =>
  Effect.gen(function* () {
    const { logs } = yield* BuiltWorker
    const id = answer.headers.get("x-request-id") ?? "no id"
    const lines = Effect.sync(() =>
      logs()
        .split("\n")
        .filter((line) => line.includes(id) && line.includes('"message":"request"'))
    )
    const [line] = yield* Effect.repeat(lines, { until: (found) => found.length > 0 })
    return Object(JSON.parse(line ?? "{}").annotations)
  })

layer(BuiltWorker.layer(), { timeout: 60_000, excludeTestServices: true })("the doorbell of a room", (it) => {
  it.effect(
    "wakes a held poll for one check when something is written to its inbox, and for 3 checks where nothing is",
    () =>
      Effect.gen(function* () {
        const { cursor, guestToken, host, hostToken, otherToken } = yield* meeting
        // If a bell does not open in time the schedule checks more often, so a busy machine gets three tries.
        const idle = yield* Effect.fork(
          Effect.all([read(otherToken, 0, 20), read(otherToken, 0, 20), read(otherToken, 0, 20)], {
            concurrency: "unbounded"
          })
        )
        const checks: Array<number> = []
        const times: Array<number> = []
        let after = cursor
        for (let round = 0; round < 12; round++) {
          const offer = signal({ type: "offer", to: idOf(host), connection: `c${round}`, sdp: "v=0" }, guestToken)
          const held = yield* answerTo(read(hostToken, after, 25), offer, (round * 270) % 1000)
          assert.deepStrictEqual(
            messagesOf(held.answer).map(({ connection }) => connection),
            [`c${round}`]
          )
          checks.push(Number((yield* costOf(held.answer)).checks))
          after = cursorOf(held.answer)
          times.push(held.milliseconds)
        }
        assert.isBelow(times.toSorted((a, b) => a - b)[6] ?? Number.NaN, 1000)
        assert.isBelow(Math.max(...times), slowCheck)
        // Only the check that finds it: the previous one saw everything, and the bell reports that nothing has rung
        // since.
        assert.strictEqual(checks.toSorted((a, b) => a - b)[6], 1)
        const nothing = yield* Fiber.join(idle)
        for (const answer of nothing) assert.deepStrictEqual(messagesOf(answer), [])
        const costs = yield* Effect.forEach(nothing, costOf)
        assert.include(
          costs.map((cost) => `${cost.checks} checks, ${cost.trips} trips`),
          "3 checks, 3 trips"
        )
      })
  )

  it.effect("wakes a host when guests come or go, and a guest when the host acts on it or ends the session", () =>
    Effect.gen(function* () {
      const { cursor, guest, guestToken, hostKey, hostToken, other, otherToken, room } = yield* meeting
      const newToken = makeToken()
      const late = makeToken()
      const resumed = makeToken()
      const typesOf = (answer: Answer) => messagesOf(answer).map(({ type }) => type)
      const atOnce = <A, E, R>(held: Effect.Effect<Answer, E, R>, act: Effect.Effect<A, E, R>) =>
        Effect.map(answerTo(held, act, 300), ({ answer, milliseconds }) => {
          assert.isBelow(milliseconds, slowCheck - 300)
          return answer
        })
      const joining = (token: string) => signal({ type: "join", role: "guest", token, room })
      const hosting = (token: string, resume: boolean) =>
        signal({ type: "join", role: "host", token, hostKey, room, resume })

      const joined = yield* atOnce(read(hostToken, cursor, 25), joining(newToken))
      assert.deepStrictEqual(typesOf(joined), ["joined"])
      const away = yield* atOnce(read(hostToken, cursorOf(joined), 25), signal({ type: "away" }, newToken))
      assert.deepStrictEqual(typesOf(away), ["away"])
      const left = yield* atOnce(read(hostToken, cursorOf(away), 25), signal({ type: "leave" }, newToken))
      assert.deepStrictEqual(typesOf(left), ["left"])

      yield* signal({ type: "room", waitingRoom: true }, hostToken)
      const peer = idOf(yield* joining(late))
      const admitted = yield* atOnce(read(late, 0, 25), signal({ type: "admit", peer }, hostToken))
      assert.deepStrictEqual(typesOf(admitted), ["admitted"])
      const removed = yield* atOnce(read(late, cursorOf(admitted), 25), signal({ type: "remove", peer }, hostToken))
      assert.strictEqual(removed.status, 401)
      const knocking = makeToken()
      yield* joining(knocking)
      const refused = yield* atOnce(read(knocking, 0, 25), signal({ type: "refuse" }, hostToken))
      assert.strictEqual(refused.status, 401)
      const waiting = makeToken()
      yield* joining(waiting)
      const open = yield* atOnce(read(waiting, 0, 25), signal({ type: "room", waitingRoom: false }, hostToken))
      assert.deepStrictEqual(typesOf(open), ["admitted"])

      const called = yield* atOnce(read(guestToken, 0, 25), hosting(resumed, true))
      assert.deepStrictEqual(typesOf(called), ["host-joined"])
      assert.strictEqual((yield* read(hostToken, 0, 0)).status, 401)
      const ended = yield* atOnce(read(otherToken, cursorOf(called), 25), signal({ type: "leave", end: true }, resumed))
      assert.strictEqual(ended.status, 410)
      assert.notStrictEqual(idOf(guest), idOf(other))

      const [first, again] = [makeToken(), makeToken()]
      yield* hosting(first, false)
      const reset = yield* atOnce(read(first, 0, 25), hosting(again, false))
      assert.strictEqual(reset.status, 401)
    })
  )
})

/** A Worker whose doorbell loses every third ring, closes all sockets at every seventh, and often does not open. */
const faultyDoorbell = `import worker, { RoomDoorbell as Sound } from "./index.js"
export default worker
let calls = 0
export class RoomDoorbell extends Sound {
  constructor(context, env) {
    super(context, env)
    this.sockets = () => context.getWebSockets()
  }
  fetch(request) {
    calls += 1
    if (request.headers.get("upgrade") === "websocket") {
      if (calls % 4 === 0) throw new Error("out of order")
      return super.fetch(request)
    }
    if (calls % 7 === 0) for (const socket of this.sockets()) socket.close(1012, "replaced")
    return calls % 3 === 0 || calls % 7 === 0 ? new Response(null, { status: 204 }) : super.fetch(request)
  }
}
`

/** A copy of the build, with this doorbell. */
const FaultyBuild = Layer.unwrapScoped(
  Effect.gen(function* () {
    const build = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "conference-"))),
      (directory) => Effect.promise(() => rm(directory, { recursive: true, force: true }))
    )
    yield* Effect.promise(async () => {
      await cp(dirname(builtConfig(paths.build)), dirname(builtConfig(build)), { recursive: true })
      await symlink(paths.assets, join(build, "client"))
      const config = JSON.parse(await readFile(builtConfig(build), "utf8"))
      await writeFile(builtConfig(build), JSON.stringify({ ...config, main: "faulty.js" }))
      await writeFile(join(dirname(builtConfig(build)), "faulty.js"), faultyDoorbell)
    })
    return BuiltWorker.layer({}, build)
  })
)

layer(FaultyBuild, { timeout: 60_000, excludeTestServices: true })("a doorbell that fails all the time", (it) => {
  it.effect("loses and duplicates no message: acknowledged means delivered once, in order", () =>
    Effect.gen(function* () {
      const { logs } = yield* BuiltWorker
      const count = 12
      const meetings = yield* Effect.replicateEffect(meeting, 5)
      const converse = ({ cursor, guestToken, host, hostToken, otherToken }: (typeof meetings)[number]) =>
        Effect.gen(function* () {
          const accepted: Array<number> = []
          const speak = (token: string) =>
            Effect.forEach(
              Array.from({ length: count }, (_, index) => `${token.slice(0, 5)}-${index}`),
              (connection, index) =>
                signal({ type: "offer", to: idOf(host), connection, sdp: "v=0" }, token).pipe(
                  Effect.tap(({ json }) => Effect.sync(() => accepted.push(Number(json.id)))),
                  Effect.delay((index * 67) % 400)
                )
            )
          const seen: Array<number> = []
          const listen = Effect.gen(function* () {
            let after = cursor
            while (seen.length < 2 * count) {
              const answer = yield* read(hostToken, after, 25)
              assert.strictEqual(answer.status, 200, answer.text)
              after = cursorOf(answer)
              seen.push(...messagesOf(answer).map(({ id }) => Number(id)))
            }
          })
          yield* Effect.all([listen, speak(guestToken), speak(otherToken)], { concurrency: "unbounded" })
          assert.deepStrictEqual(
            seen,
            accepted.toSorted((a, b) => a - b)
          )
        })
      yield* Effect.forEach(meetings, converse, { concurrency: "unbounded" })
      // The doorbell did fail, and the log reports it.
      assert.include(logs(), "out of order")
    })
  )
})
