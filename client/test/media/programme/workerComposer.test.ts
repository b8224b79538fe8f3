import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"
import type { ToComposer } from "../../../media/programme/composer.worker.js"
import type { ComposerEvent } from "../../../media/programme/composerEvents.js"
import type { InsertableStreams } from "../../../media/programme/insertableStreams.js"
import { openWorkerComposer } from "../../../media/programme/workerComposer.js"
import { person } from "./fakes.js"

/** A track, and the clones that were made of it. */
class FakeTrack {
  readyState: MediaStreamTrackState = "live"
  readonly clones: Array<FakeTrack> = []
  readonly writable = new WritableStream<VideoFrame>()
  clone() {
    const clone = new FakeTrack()
    this.clones.push(clone)
    return clone
  }
  stop() {
    this.readyState = "ended"
  }
}

const isTrack = (one: unknown): one is MediaStreamTrack => one instanceof FakeTrack
const trackOf = (fake: FakeTrack): MediaStreamTrack => {
  if (!isTrack(fake)) throw new Error("It is one.")
  return fake
}

class FakeWorker extends EventTarget {
  readonly heard: Array<ToComposer> = []
  ended = false
  postMessage(message: ToComposer) {
    this.heard.push(message)
  }
  terminate() {
    this.ended = true
  }
  say(data: ComposerEvent) {
    this.dispatchEvent(new MessageEvent("message", { data }))
  }
  /** The messages about pictures: of whom, and whether there are frames. */
  pictures() {
    return this.heard.flatMap((told) => (told.type === "picture" ? [[told.of, told.frames !== null]] : []))
  }
}

const isStreams = (one: unknown): one is InsertableStreams => one !== null
const isWorker = (one: unknown): one is Worker => one instanceof FakeWorker

const make = Effect.sync(() => {
  const worker = new FakeWorker()
  const generated: Array<FakeTrack> = []
  const streams: unknown = {
    MediaStreamTrackGenerator: class extends FakeTrack {
      constructor() {
        super()
        generated.push(this)
      }
    },
    MediaStreamTrackProcessor: class {
      readonly readable = new ReadableStream<VideoFrame>()
    }
  }
  if (!isStreams(streams) || !isWorker(worker)) throw new Error("They are.")
  return { worker, generated, streams, open: openWorkerComposer(streams, () => worker) }
})

const opened = Effect.gen(function* () {
  const { generated, open, worker } = yield* make
  const opening = yield* Effect.fork(open)
  yield* Effect.yieldNow()
  worker.say({ type: "out", scene: null })
  return { composer: yield* Fiber.join(opening), generated, worker }
})

describe("a composer in a worker", () => {
  it.effect("takes frames of clones, and stops those that are replaced or gone, never a track itself", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const { composer, generated, worker } = yield* Scope.extend(opened, scope)
      const [ada, grace, other, screen] = [new FakeTrack(), new FakeTrack(), new FakeTrack(), new FakeTrack()]
      const live = () => [ada, grace, other, screen].map(({ clones }) => clones.map(({ readyState }) => readyState))
      composer.show({ layout: "screen", people: ["ada", "grace"].map((id) => person(id)), large: null, sharer: "ada" })
      const set = (cameras: ReadonlyArray<readonly [string, FakeTrack]>, shared: FakeTrack | null = null) =>
        composer.setPictures({
          cameras: new Map(cameras.map(([id, track]) => [id, trackOf(track)])),
          screen: shared && trackOf(shared)
        })

      set(
        [
          ["ada", ada],
          ["grace", grace]
        ],
        screen
      )
      set(
        [
          ["ada", ada],
          ["grace", other]
        ],
        screen
      )
      assert.deepStrictEqual(live(), [["live"], ["ended"], ["live"], ["live"]])
      set([["grace", other]])
      assert.deepStrictEqual(live(), [["ended"], ["ended"], ["live"], ["ended"]])
      assert.deepStrictEqual(worker.pictures(), [
        ["ada", true],
        ["grace", true],
        [null, true],
        ["grace", true],
        ["ada", false],
        [null, false]
      ])
      yield* Scope.close(scope, Exit.void)
      assert.deepStrictEqual(live(), [["ended"], ["ended"], ["ended"], ["ended"]])
      assert.deepStrictEqual([worker.ended, generated[0]?.readyState], [true, "ended"])
      assert.isTrue([ada, grace, other, screen].every(({ readyState }) => readyState === "live"))
    })
  )

  it.scoped("takes nothing from a track that has ended, and drops the previous picture", () =>
    Effect.gen(function* () {
      const { composer, worker } = yield* opened
      const [ada, dead] = [new FakeTrack(), new FakeTrack()]
      dead.stop()
      composer.show({ layout: "one", people: [person("ada")], large: null, sharer: null })
      composer.setPictures({ cameras: new Map([["ada", trackOf(ada)]]), screen: null })
      composer.setPictures({ cameras: new Map([["ada", trackOf(dead)]]), screen: null })
      assert.deepStrictEqual(worker.pictures(), [
        ["ada", true],
        ["ada", false]
      ])
      assert.deepStrictEqual(dead.clones, [])
    })
  )

  it.scoped("is ready with the first picture of a scene, and reports counts and its end", () =>
    Effect.gen(function* () {
      const { composer, worker } = yield* opened
      const ready = yield* Effect.fork(composer.ready)
      const broken = yield* Effect.fork(Effect.flip(composer.broken))
      worker.say({ type: "counts", composed: 20, dropped: 4 })
      assert.deepStrictEqual(composer.counts.get(), { composed: 20, dropped: 4 })
      const scene = { layout: "one", people: [person("ada")], large: null, sharer: null } as const
      worker.say({ type: "out", scene })
      yield* Fiber.join(ready)
      assert.strictEqual(composer.scene.get(), scene)
      worker.say({ type: "broken", message: "out of memory" })
      assert.strictEqual((yield* Fiber.join(broken)).message, "out of memory")
    })
  )

  it.scoped("does not open if the browser refuses it, its script does not load, or no picture comes", () =>
    Effect.gen(function* () {
      const { streams } = yield* make
      const refuse = (): never => {
        throw new DOMException("no", "SecurityError")
      }
      assert.match((yield* Effect.flip(openWorkerComposer(streams, refuse))).message, /SecurityError/)

      const one = yield* make
      const failing = yield* Effect.fork(Effect.flip(one.open))
      yield* Effect.yieldNow()
      one.worker.dispatchEvent(new Event("error"))
      assert.match((yield* Fiber.join(failing)).message, /does not run/)

      const other = yield* make
      const waiting = yield* Effect.fork(Effect.flip(other.open))
      yield* TestClock.adjust("10 seconds")
      assert.match((yield* Fiber.join(waiting)).message, /no picture/)
    })
  )
})
