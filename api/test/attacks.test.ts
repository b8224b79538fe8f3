/** Ways in which a guest may try to overload an inbox. The others must not notice any of them. */
import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { Cursor, type PeerId } from "../contract/Ids.js"
import { Database } from "../Database.js"
import { inbox, joinGuest, makeToken, meeting, offer, poll, tell } from "./callers.js"
import { D1, signaling } from "./services.js"

/** The number or the size of a sender's messages in an inbox. */
const measure = (column: "count(*)" | "sum(length(body))", recipient: PeerId, sender: PeerId) =>
  Effect.gen(function* () {
    const { batch, sql } = yield* Database
    const [rows] = yield* batch([
      sql`SELECT ${sql.literal(column)} AS value FROM messages WHERE recipient = ${recipient} AND sender = ${sender}`
    ])
    return Number(Object(rows?.[0]).value)
  })

/** Puts messages of a sender into an inbox, bypassing the service: half a millisecond apart, until `now`. */
const pile = (recipient: PeerId, sender: PeerId, count: number, now: number) =>
  Effect.gen(function* () {
    const { batch, sql } = yield* Database
    yield* batch([
      sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
        INSERT INTO messages (recipient, id, sender, key, type, body, sent)
        SELECT ${recipient}, ${now * 1000 - count * 500 - 1} + i * 500, ${sender}, 'pile' || i, 'candidate',
          '{"connection":"c1","candidates":[],"complete":true}', 4096 * i FROM n`
    ])
  })

const attackable = signaling().pipe(Layer.provideMerge(D1.layer))

layer(attackable, { timeout: 60_000 })("a sender that never stops", (it) => {
  it.effect("reaches only its own limit in number, and can be removed", () =>
    Effect.gen(function* () {
      yield* TestClock.adjust("1 hour")
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      const other = makeToken()
      yield* joinGuest({ token: other, room })
      yield* pile(host.peer.id, guest.peer.id, 9999, 3_600_000)
      assert.strictEqual((yield* Effect.flip(tell(guestToken, offer(host.peer.id))))._tag, "InboxFull")
      yield* tell(other, offer(host.peer.id))
      // The host has read all, but messages of the last two minutes still count.
      yield* TestClock.adjust("61 seconds")
      yield* poll(hostToken, { after: Cursor.make(3_600_000_100) })
      assert.strictEqual((yield* Effect.flip(tell(guestToken, offer(host.peer.id))))._tag, "InboxFull")
      yield* tell(other, offer(host.peer.id))
      yield* tell(hostToken, { type: "remove", peer: guest.peer.id })
      assert.strictEqual(yield* measure("count(*)", host.peer.id, guest.peer.id), 0)
      assert.isTrue((yield* inbox(hostToken)).every(({ from }) => from !== guest.peer.id))
    })
  )

  it.effect(
    "may send again once its messages are read and two minutes old, and those are deleted, the oldest first",
    () =>
      Effect.gen(function* () {
        yield* TestClock.adjust("1 hour")
        const { guest, guestToken, host, hostToken } = yield* meeting
        yield* pile(host.peer.id, guest.peer.id, 1200, 3_600_000)
        yield* TestClock.adjust("130 seconds")
        assert.strictEqual((yield* Effect.flip(tell(guestToken, offer(host.peer.id))))._tag, "InboxFull")
        const end = Cursor.make(3_600_000_000)
        const counts: Array<number> = []
        for (let round = 0; round < 3; round++) {
          yield* poll(hostToken, { after: end })
          counts.push(yield* measure("count(*)", host.peer.id, guest.peer.id))
          yield* TestClock.adjust("61 seconds")
        }
        // Only the `joined`, which came last, is left.
        assert.deepStrictEqual(counts, [701, 201, 1])
        yield* tell(guestToken, offer(host.peer.id))
      })
  )

  it.effect("reaches a limit in bytes, too: of 60 offers of 60 kB a megabyte is in the inbox", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      const other = makeToken()
      yield* joinGuest({ token: other, room })
      const large = offer(host.peer.id, "v".repeat(60_000))
      const answers = yield* Effect.all(
        Array.from({ length: 60 }, () => Effect.either(tell(guestToken, large))),
        { concurrency: 8 }
      )
      assert.deepStrictEqual(
        [...new Set(answers.flatMap((answer) => (answer._tag === "Left" ? [answer.left._tag] : [])))],
        ["InboxFull"]
      )
      const bytes = yield* measure("sum(length(body))", host.peer.id, guest.peer.id)
      assert.isTrue(bytes > 900_000 && bytes < 1_200_000, `${bytes}`)
      yield* tell(other, offer(host.peer.id, "v".repeat(60_000)))
      // What others send, and what is sent to this guest, is counted separately.
      yield* tell(hostToken, offer(guest.peer.id, "v".repeat(60_000)))
    })
  )
})

layer(attackable, { timeout: 60_000 })("guests who come and go endlessly", (it) => {
  it.effect("do not fill the inbox, and do not hide that a guest known to the host leaves", () =>
    Effect.gen(function* () {
      yield* TestClock.adjust("1 hour")
      const { guest, guestToken, host, hostToken, room } = yield* meeting
      const known = Cursor.make((yield* inbox(hostToken)).at(-1)?.id ?? 0)
      yield* TestClock.adjust("61 seconds")
      yield* poll(hostToken, { after: known })
      // As if 195 had come and gone already.
      const { batch, sql } = yield* Database
      yield* batch([
        sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 195)
          INSERT INTO messages (recipient, id, sender, type, body)
          SELECT ${host.peer.id}, 3_600_000_100 + i, 'stranger' || i, 'left', '{}' FROM n`
      ])
      const passer = Effect.gen(function* () {
        const token = makeToken()
        yield* joinGuest({ token, room })
        yield* tell(token, { type: "away" })
        yield* tell(token, { type: "leave" })
      })
      yield* Effect.replicateEffect(passer, 12)
      yield* tell(guestToken, { type: "leave" })
      let cursor = known
      const received: Array<string> = []
      for (let page = 0; page < 4; page++) {
        const answer = yield* poll(hostToken, { after: cursor })
        cursor = answer.cursor
        received.push(...answer.messages.map(({ from, type }) => (from === guest.peer.id ? "known " : "") + type))
      }
      assert.strictEqual(received.length, 201)
      assert.strictEqual(received.at(-1), "known left")
    })
  )

  it.effect("leave no ghost with a host who keeps reading, although its cursor is stored late", () =>
    Effect.gen(function* () {
      yield* TestClock.adjust("10 hours")
      const { host, hostToken, room } = yield* meeting
      const now = yield* Clock.currentTimeMillis
      const { batch, sql } = yield* Database
      yield* batch([
        sql`UPDATE peers SET read_to = ${now * 1000} WHERE id = ${host.peer.id}`,
        sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
          INSERT INTO messages (recipient, id, sender, type, body)
          SELECT ${host.peer.id}, ${now * 1000 + 1000} + i, 'stranger' || i, 'left', '{}' FROM n`
      ])
      yield* TestClock.adjust("1 second")
      const token = makeToken()
      const { peer } = yield* joinGuest({ token, room })
      yield* tell(token, { type: "leave" })
      const last = Cursor.make((yield* Clock.currentTimeMillis) * 1000 - 1)
      const { messages } = yield* poll(hostToken, { after: last })
      assert.deepStrictEqual(
        messages.map(({ from, type }) => [from, type]),
        [[peer.id, "left"]]
      )
    })
  )

  it.effect("leave none of their messages behind", () =>
    Effect.gen(function* () {
      const { guest, guestToken, host, hostToken } = yield* meeting
      yield* tell(guestToken, offer(host.peer.id))
      yield* tell(guestToken, { type: "leave" })
      assert.deepStrictEqual(
        (yield* inbox(hostToken)).map(({ from, type }) => [from, type]),
        [[guest.peer.id, "left"]]
      )
    })
  )
})
