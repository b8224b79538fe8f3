import * as Effect from "effect/Effect"
import { attempt, ComposerBroken, type OpenComposer } from "./Composer.js"
import type { ToComposer } from "./composer.worker.js"
import { type ComposerEvent, makeComposerEvents } from "./composerEvents.js"
import { makeFeeds } from "./feeds.js"
import type { InsertableStreams } from "./insertableStreams.js"

/** If the worker's script does not come, or makes no picture, within this time, the page composes. */
const firstPictureTimeout = "10 seconds"

export const composerWorker = () => new Worker(new URL("./composer.worker.ts", import.meta.url), { type: "module" })

/**
 * Composes in a worker: the page hands over the frames of each track as a stream, and a stream that takes composed
 * ones. Fails if no first picture comes.
 */
export const openWorkerComposer = (
  { MediaStreamTrackGenerator, MediaStreamTrackProcessor }: InsertableStreams,
  makeWorker: () => Worker
): OpenComposer =>
  Effect.gen(function* () {
    const worker = yield* Effect.acquireRelease(attempt(makeWorker), (worker) => Effect.sync(() => worker.terminate()))
    const track = yield* Effect.acquireRelease(
      attempt(() => new MediaStreamTrackGenerator({ kind: "video" })),
      (track) => Effect.sync(() => track.stop())
    )
    const { broken, counts, receive, ready, scene, works } = yield* makeComposerEvents
    worker.addEventListener("message", ({ data }: MessageEvent<ComposerEvent>) => receive(data))
    worker.addEventListener("error", ({ message = "" }) =>
      receive({ type: "broken", message: `The worker does not run. ${message}` })
    )
    const tell = (message: ToComposer, transfer: Array<Transferable> = []) => worker.postMessage(message, transfer)
    yield* attempt(() => tell({ type: "open", output: track.writable }, [track.writable]))

    const feeds = makeFeeds({
      open: (of, track) => {
        const clone = track.clone()
        const { readable } = new MediaStreamTrackProcessor({ track: clone, maxBufferSize: 1 })
        tell({ type: "picture", of, frames: readable }, [readable])
        return () => clone.stop()
      },
      gone: (of) => tell({ type: "picture", of, frames: null })
    })
    yield* Effect.addFinalizer(() => Effect.sync(feeds.close))

    yield* works.pipe(
      Effect.raceFirst(broken),
      Effect.timeoutFail({
        duration: firstPictureTimeout,
        onTimeout: () => new ComposerBroken({ message: `The worker made no picture in ${firstPictureTimeout}.` })
      })
    )
    return {
      track,
      ready,
      broken,
      scene,
      counts,
      setHalfRate: (on) => tell({ type: "half-rate", on }),
      show: (scene) => tell({ type: "scene", scene }),
      setPictures: feeds.setPictures
    }
  })
