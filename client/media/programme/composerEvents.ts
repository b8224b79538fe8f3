import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { makeObservable } from "../../browser/Observable.js"
import { ComposerBroken, type FrameCounts } from "./Composer.js"
import type { Scene } from "./scene.js"

/** Events of composing: plain values, which can be sent by a worker. */
export type ComposerEvent =
  /** The first picture is sent: composing works in this browser. Later, the first one of each scene. */
  | { readonly type: "out"; readonly scene: Scene | null }
  /** Every 24 ticks: once a second, or later if the machine is too slow. */
  | ({ readonly type: "counts" } & FrameCounts)
  /** A picture could not be made. The next one is tried. */
  | { readonly type: "trouble"; readonly message: string }
  /** Composing has stopped for good. */
  | { readonly type: "broken"; readonly message: string }

/** Takes the events, and keeps what they report. */
export const makeComposerEvents = Effect.gen(function* () {
  const log = Runtime.runFork(yield* Effect.runtime())
  const works = yield* Deferred.make<void>()
  const ready = yield* Deferred.make<void>()
  const broken = yield* Deferred.make<never, ComposerBroken>()
  const scene = makeObservable<Scene | null>(null)
  const counts = makeObservable<FrameCounts>({ composed: 0, dropped: 0 })

  const receive = (event: ComposerEvent) => {
    switch (event.type) {
      case "out":
        scene.set(event.scene)
        return Deferred.unsafeDone(event.scene === null ? works : ready, Effect.void)
      case "counts":
        return counts.set({ composed: event.composed, dropped: event.dropped })
      case "trouble":
        return void log(Effect.logWarning(`A picture of the programme could not be made. ${event.message}`))
      case "broken":
        return Deferred.unsafeDone(broken, new ComposerBroken({ message: event.message }))
    }
  }
  return {
    receive,
    /** Done once the first picture is sent. */
    works: Deferred.await(works),
    ready: Deferred.await(ready),
    broken: Deferred.await(broken),
    scene,
    counts
  }
})
