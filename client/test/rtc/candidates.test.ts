import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as TestClock from "effect/TestClock"
import { batchSize, isReachable, makeRemoteCandidates, maxRemote, sendInBatches } from "../../rtc/candidates.js"
import { type Candidate, DescriptionUnusable } from "../../rtc/PeerConnections.js"

const line = (n: number): Candidate => ({ candidate: `candidate:${n}` })

/** A description with an m-line for each of these ICE sessions. */
const described = (...sessions: ReadonlyArray<string>) =>
  ["v=0", ...sessions.flatMap((name) => ["m=audio 9 UDP/TLS/RTP/SAVPF 111", `a=ice-ufrag:${name}`]), ""].join("\r\n")

/** A sender that notes the size of each batch, and whether it ended the gathering. */
const sender = Effect.gen(function* () {
  const gathered = yield* Queue.unbounded<Candidate | null>()
  const ready = yield* Effect.makeLatch(true)
  const sent: Array<readonly [number, boolean]> = []
  yield* Effect.fork(
    sendInBatches(gathered, ready.await, (candidates, complete) =>
      Effect.sync(() => void sent.push([candidates.length, complete]))
    )
  )
  return { gathered, ready, sent }
})

describe("local candidates", () => {
  it.effect("are sent 50 ms after the first, and every 200 ms from then on", () =>
    Effect.gen(function* () {
      const { gathered, sent } = yield* sender
      yield* Queue.offerAll(gathered, [line(1), line(2)])
      yield* TestClock.adjust("50 millis")
      assert.deepStrictEqual(sent, [[2, false]])
      yield* Queue.offerAll(gathered, [line(3), null])
      yield* TestClock.adjust("199 millis")
      assert.strictEqual(sent.length, 1)
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(sent, [
        [2, false],
        [1, true]
      ])
    })
  )

  it.effect("wait for the delivery of their description, and are sent at most 64 at a time", () =>
    Effect.gen(function* () {
      const { gathered, ready, sent } = yield* sender
      yield* ready.close
      yield* Queue.offerAll(
        gathered,
        Array.from({ length: 70 }, (_, n) => line(n))
      )
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(sent, [])
      yield* ready.open
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(sent, [
        [batchSize, false],
        [6, false]
      ])
    })
  )
})

describe("a local candidate", () => {
  it("is not sent if nobody can connect to it", () => {
    const tcp = "candidate:1 1 tcp 1518214911 192.0.2.2 9 typ host tcptype"
    assert.isFalse(isReachable(`${tcp} active generation 0`))
    assert.isTrue(isReachable(`${tcp} passive generation 0`))
    assert.isTrue(isReachable("candidate:1 1 udp 2122194687 192.0.2.2 56753 typ host generation 0"))
  })
})

describe("remote candidates", () => {
  it.effect("wait for their description, then are added in order", () =>
    Effect.gen(function* () {
      const added: Array<string | undefined> = []
      const remote = makeRemoteCandidates({
        addCandidate: (candidate) => Effect.sync(() => void added.push(candidate?.candidate))
      })
      yield* remote.add([line(1)])
      yield* remote.add([line(2)])
      assert.deepStrictEqual(added, [])
      yield* remote.apply({ sdp: described("one"), candidates: [line(3)] }, Effect.void)
      yield* remote.add([line(4)])
      assert.deepStrictEqual(added, ["candidate:1", "candidate:2", "candidate:3", "candidate:4"])
    })
  )

  it.effect("are limited until ICE restarts, whether they come before their description or after", () =>
    Effect.gen(function* () {
      let added = 0
      const remote = makeRemoteCandidates({ addCandidate: () => Effect.sync(() => void added++) })
      const flood = Effect.forEach(Array(20).fill(Array(batchSize).fill(line(1))), remote.add)
      yield* remote.add(Array(100).fill(line(1)))
      yield* remote.apply({ sdp: described("one") }, Effect.void)
      assert.strictEqual(added, 100)
      yield* flood
      assert.strictEqual(added, maxRemote)
      const refused = Effect.fail(new DescriptionUnusable({ message: "" }))
      yield* Effect.flip(remote.apply({ sdp: described("two") }, refused))
      for (const sdp of [described("one"), described("two", "one"), described("one")]) {
        yield* remote.apply({ sdp }, Effect.void)
        yield* flood
        assert.strictEqual(added, maxRemote)
      }
      yield* remote.apply({ sdp: described("two") }, Effect.void)
      yield* flood
      assert.strictEqual(added, 2 * maxRemote)
    })
  )

  it.effect("count in a description, too, which is refused if it has too many", () =>
    Effect.gen(function* () {
      let applied = 0
      let added = 0
      const remote = makeRemoteCandidates({ addCandidate: () => Effect.sync(() => void added++) })
      const apply = (sdp: string) =>
        remote.apply(
          { sdp },
          Effect.sync(() => void applied++)
        )
      const lines = (count: number) => "a=candidate:1 1 udp 1 192.0.2.2 56753 typ host\r\n".repeat(count)
      yield* Effect.flip(apply(described("one") + lines(maxRemote + 1)))
      yield* apply(described("one") + lines(maxRemote - 1))
      yield* remote.add([line(1), line(2)])
      assert.deepStrictEqual([applied, added], [1, 1])
      // In any case and with any spaces that a browser accepts.
      for (const written of ["a=Candidate", "a= candidate", "a=\tcandidate "]) {
        yield* Effect.flip(apply(described("one") + lines(1).replace("a=candidate", written)))
      }
      yield* Effect.flip(apply(described("one").replaceAll("a=", "a= ") + lines(1)))
      yield* apply(described("one"))
      yield* apply(described("two") + lines(maxRemote))
      assert.strictEqual(applied, 3)
    })
  )

  it.effect("beyond the limit before their description are dropped", () =>
    Effect.gen(function* () {
      let added = 0
      const remote = makeRemoteCandidates({ addCandidate: () => Effect.sync(() => void added++) })
      yield* Effect.forEach(Array(20).fill(Array(batchSize).fill(line(1))), remote.add)
      yield* remote.apply({ sdp: described("one") }, Effect.void)
      yield* remote.add([line(2)])
      assert.strictEqual(added, maxRemote)
    })
  )
})
