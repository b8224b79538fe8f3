import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import type * as Scope from "effect/Scope"
import { makeObservable } from "../../browser/Observable.js"
import { type Composer, ComposerBroken, type FrameCounts } from "./Composer.js"
import type { FromComposer, ToComposer } from "./composing.js"
import { makeFeeds } from "./feeds.js"
import type { InsertableStreams } from "./insertableStreams.js"

/** A worker whose script does not come, or that makes no picture, by then: the page composes instead. */
const patience = "10 seconds"

export const composerWorker = () => new Worker(new URL("./composer.worker.ts", import.meta.url), { type: "module" })

/**
 * Composes in a worker: the page hands over the frames of each track as a stream, and a stream that takes composed ones.
 * Fails where the first picture does not come out.
 */
export const openWorkerComposer = (
  { MediaStreamTrackGenerator, MediaStreamTrackProcessor }: InsertableStreams,
  makeWorker: () => Worker
): Effect.Effect<Composer, ComposerBroken, Scope.Scope> =>
  Effect.gen(function* () {
    const log = Runtime.runFork(yield* Effect.runtime())
    const worker = yield* Effect.acquireRelease(Effect.sync(makeWorker), (worker) =>
      Effect.sync(() => worker.terminate())
    )
    const track = yield* Effect.acquireRelease(
      Effect.sync(() => new MediaStreamTrackGenerator({ kind: "video" })),
      (track) => Effect.sync(() => track.stop())
    )
    const works = yield* Deferred.make<void>()
    const ready = yield* Deferred.make<void>()
    const broken = yield* Deferred.make<never, ComposerBroken>()
    const counts = makeObservable<FrameCounts>({ composed: 0, dropped: 0 })
    const fail = (message: string) => Deferred.unsafeDone(broken, new ComposerBroken({ message }))

    worker.addEventListener("message", ({ data }: MessageEvent<FromComposer>) => {
      switch (data.type) {
        case "out":
          return Deferred.unsafeDone(data.shown ? ready : works, Effect.void)
        case "counts":
          return counts.set({ composed: data.composed, dropped: data.dropped })
        case "trouble":
          return void log(Effect.logWarning(`A picture of the programme could not be made. ${data.message}`))
        case "broken":
          return fail(data.message)
      }
    })
    worker.addEventListener("error", ({ message = "" }) => fail(`The worker does not run. ${message}`))

    const tell = (message: ToComposer, transfer: Array<Transferable> = []) => worker.postMessage(message, transfer)
    tell({ type: "open", output: track.writable }, [track.writable])

    const feeds = makeFeeds({
      open: (of, track) => {
        const own = track.clone()
        const { readable } = new MediaStreamTrackProcessor({ track: own, maxBufferSize: 1 })
        tell({ type: "picture", of, frames: readable }, [readable])
        return () => own.stop()
      },
      gone: (of) => tell({ type: "picture", of, frames: null })
    })
    yield* Effect.addFinalizer(() => Effect.sync(feeds.close))

    yield* Deferred.await(works).pipe(
      Effect.raceFirst(Deferred.await(broken)),
      Effect.timeoutFail({
        duration: patience,
        onTimeout: () => new ComposerBroken({ message: `The worker made no picture in ${patience}.` })
      })
    )
    return {
      track,
      ready: Deferred.await(ready),
      broken: Deferred.await(broken),
      counts,
      show: (scene) => tell({ type: "scene", scene }),
      setPictures: feeds.setPictures
    }
  })
