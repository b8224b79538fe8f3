/** The limits by address, on the built Worker over HTTP. Addresses count separately, so tests are independent. */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { HostKey } from "../contract/Ids.js"
import { makeKey, makeRoom, makeToken } from "./callers.js"
import { type Answer, ask, BuiltWorker, signal } from "./server.js"

const from = (address: string) => ({ "cf-connecting-ip": address })
const joinGuest = (room: string, token: string, address: string) =>
  signal({ type: "join", role: "guest", token, room }, undefined, from(address))
const joinHost = (fields: Readonly<Record<string, unknown>>, address: string) =>
  signal(
    { type: "join", role: "host", token: makeToken(), hostKey: makeKey(), room: makeRoom(), ...fields },
    undefined,
    from(address)
  )
const poll = (token: string, address: string) =>
  ask("/messages", { headers: { authorization: `Bearer ${token}`, ...from(address) } })
const inTurn = <A, E, R>(many: number, request: (index: number) => Effect.Effect<A, E, R>) =>
  Effect.all(
    Array.from({ length: many }, (_, index) => request(index)),
    { concurrency: 10 }
  )
/** Runs the scene, and returns over how many windows of 10 seconds of a limit it ran. */
const windowsOf = <A, E, R>(scene: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const window = Effect.sync(() => Math.floor(Date.now() / 10_000))
    const before = yield* window
    const seen = yield* scene
    return { seen, windows: (yield* window) - before + 1 }
  })
/** Runs the scene within one window of a limit. If a new window begins, runs it again with other addresses. */
const within = <A, E, R>(seconds: 10 | 60, scene: (network: number) => Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const window = Effect.sync(() => Math.floor(Date.now() / (1000 * seconds)))
    for (let network = 1; ; network++) {
      const before = yield* window
      const seen = yield* scene(network)
      if ((yield* window) === before) return seen
    }
  })
const count = (answers: ReadonlyArray<Answer>, status: number) =>
  answers.filter((answer) => answer.status === status).length

layer(BuiltWorker.layer({ MAX_GUESTS: "100" }), { timeout: 60_000 })("an address", (it) => {
  it.effect("of a classroom lets 60 people join one room and talk there", () =>
    Effect.gen(function* () {
      const address = "2001:db8:1:1::1"
      const room = makeRoom()
      const host = yield* joinHost({ room }, "192.0.2.1")
      const to = String(Object(host.json.peer).id)
      const tokens = Array.from({ length: 60 }, () => makeToken())
      const joins = yield* inTurn(60, (i) => joinGuest(room, tokens[i] ?? "", address))
      assert.strictEqual(count(joins, 200), 60)
      const talk = yield* inTurn(180, (i) =>
        i % 3 === 0
          ? poll(tokens[i % 60] ?? "", address)
          : signal({ type: "offer", to, connection: `c${i}`, sdp: "v=0" }, tokens[i % 60], from(address))
      )
      assert.strictEqual(count(talk, 200), 180)
    })
  )

  it.effect("that joins room after room is stopped together with its /64, and no other is", () =>
    Effect.gen(function* () {
      const { seen: answers, windows } = yield* windowsOf(
        inTurn(250, (i) => joinGuest(makeRoom(), makeToken(), `2001:db8:2:2::${i.toString(16)}`))
      )
      assert.isAtMost(count(answers, 200), 60 * windows)
      assert.strictEqual(count(answers, 429), 250 - count(answers, 200))
      const [refused] = answers.filter(({ status }) => status === 429)
      assert.strictEqual(refused?.json._tag, "TooManyRequests")
      assert.strictEqual((yield* joinGuest(makeRoom(), makeToken(), "2001:db8:2:3::1")).status, 200)
    })
  )

  it.effect("may not join more often with host passwords that the deployment does not ask for", () =>
    Effect.gen(function* () {
      const answers = yield* within(10, (network) =>
        Effect.gen(function* () {
          const keys = Array.from({ length: 10 }, () => makeKey())
          return yield* inTurn(150, (i) =>
            joinHost({ hostPassword: "open sesame", hostKey: keys[i % 10] }, `203.0.117.${network}`)
          )
        })
      )
      assert.deepStrictEqual([count(answers, 200), count(answers, 429)], [60, 90])
    })
  )

  it.effect("whose guests send `away` over and over is stopped for all of them, and no other is", () =>
    Effect.gen(function* () {
      const { departures, other } = yield* within(10, (network) =>
        Effect.gen(function* () {
          const tokens = Array.from({ length: 8 }, () => makeToken())
          const room = makeRoom()
          for (const token of tokens) yield* joinGuest(room, token, `203.0.115.${network}`)
          const away = (token: string | undefined, address: string) => signal({ type: "away" }, token, from(address))
          // None of them exceeds the limit of its own.
          const departures = yield* inTurn(240, (i) => away(tokens[i % 8], `203.0.115.${network}`))
          return { departures, other: yield* away(tokens[0], `203.0.116.${network}`) }
        })
      )
      assert.deepStrictEqual([count(departures, 200), count(departures, 429), other.status], [200, 40, 200])
    })
  )

  it.effect("that polls with unknown tokens is stopped, and a known token there is not", () =>
    Effect.gen(function* () {
      const address = "198.51.100.7"
      const [room, token] = [makeRoom(), makeToken()]
      yield* joinGuest(room, token, address)
      // More than twice the limit, so that a new window cannot hide it.
      const answers = yield* inTurn(260, () => poll(makeToken(), address))
      assert.isAtLeast(count(answers, 429), 30)
      assert.isAtLeast(count(answers, 401), 100)
      assert.strictEqual((yield* poll(token, address)).status, 200)
      assert.strictEqual((yield* signal({ type: "leave" }, token, from(address))).status, 200)
      assert.strictEqual((yield* poll(makeToken(), "198.51.100.8")).status, 401)
    })
  )

  it.effect("whose waiting guests were refused cannot fill the waiting room again at once", () =>
    Effect.gen(function* () {
      const { again, crowd, room } = yield* within(10, (network) =>
        Effect.gen(function* () {
          // A new room each time: if a new window began, some guests wait in the previous one.
          const [room, token] = [makeRoom(), makeToken()]
          yield* joinHost({ room, token }, "192.0.2.2")
          yield* signal({ type: "room", waitingRoom: true }, token)
          const crowd = yield* inTurn(120, () => joinGuest(room, makeToken(), `203.0.113.${network}`))
          assert.strictEqual((yield* signal({ type: "refuse" }, token)).status, 200)
          return { room, crowd, again: yield* inTurn(10, () => joinGuest(room, makeToken(), `203.0.113.${network}`)) }
        })
      )
      assert.deepStrictEqual(
        [200, 409, 429].map((status) => count(crowd, status)),
        [50, 10, 60]
      )
      assert.strictEqual(count(again, 429), 10)
      assert.deepInclude(Object((yield* joinGuest(room, makeToken(), "203.0.114.1")).json.peer), { waiting: true })
    })
  )
})

layer(BuiltWorker.layer({ HOST_PASSWORD: "open sesame" }), { timeout: 60_000 })("a host password", (it) => {
  const guess = (hostPassword: string, address: string, hostKey = makeKey()) =>
    joinHost({ hostPassword, hostKey }, address)

  it.effect("can be guessed only a few times from one /48", () =>
    Effect.gen(function* () {
      const answers = yield* inTurn(30, (i) => guess("open barley", `2001:db8:3:${i.toString(16)}::1`))
      assert.isAtMost(count(answers, 403), 20)
      assert.isAtLeast(count(answers, 429), 10)
    })
  )

  it.effect("cannot be guessed more often with guests' tokens as host keys", () =>
    Effect.gen(function* () {
      const address = "2001:db8:4:4::1"
      const { learned, tried } = yield* within(60, (attempt) =>
        Effect.gen(function* () {
          const tokens = Array.from({ length: 3 }, () => makeToken())
          for (const token of tokens) yield* joinGuest(makeRoom(), token, address)
          const tried = yield* inTurn(30, (i) =>
            guess("open barley", `2001:db8:${attempt}4:4::1`, HostKey.make(tokens[i % 3] ?? ""))
          )
          return { tried, learned: count(tried, 403) }
        })
      )
      assert.isAtMost(learned, 10)
      assert.strictEqual(learned + count(tried, 429), 30)
    })
  )

  it.effect("can be guessed only slowly from many addresses, while the right one is always accepted", () =>
    Effect.gen(function* () {
      const hostKey = makeKey()
      // Each address guesses five times, which is below its limit.
      const rounds = yield* within(60, (attempt) =>
        Effect.forEach(
          Array.from({ length: 12 }, (_, index) => index + 1),
          (network) =>
            inTurn(5, () => guess("open barley", `203.0.${attempt}.${network}`)).pipe(
              Effect.zip(guess("open sesame", `198.51.${attempt}.${network}`, network === 2 ? hostKey : makeKey()))
            )
        )
      )
      assert.isTrue(rounds.every(([, right]) => right.status === 200))
      assert.strictEqual(count(rounds.at(-1)?.[0] ?? [], 403), 2)
      // Nor is a host refused who gave the right password before, however often the page is reloaded.
      const back = yield* inTurn(6, () => guess("open sesame", "198.51.1.2", hostKey))
      assert.strictEqual(count(back, 200), 6)
    })
  )
})
