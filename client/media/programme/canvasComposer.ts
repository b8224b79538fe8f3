import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { makeObservable } from "../../browser/Observable.js"
import type { FrameCounts, OpenComposer } from "./Composer.js"
import { makeComposition } from "./composition.js"
import type { Still } from "./draw.js"
import { makeFeeds } from "./feeds.js"
import { everyFrame } from "./frameClock.js"
import { programmeFrames, programmeSize } from "./scene.js"

const clockWorker = () => new Worker(new URL("./clock.worker.ts", import.meta.url), { type: "module" })

const openVideo = (track: MediaStreamTrack) => {
  const video = document.createElement("video")
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  // Refused or broken off, it shows nothing: the name's initial stands there.
  void video.play().catch(() => undefined)
  return video
}

const stillOf = (video: HTMLVideoElement): Still | undefined =>
  video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0
    ? { image: video, width: video.videoWidth, height: video.videoHeight }
    : undefined

/** Composes in the page, from video elements that are in no document, where a browser gives frames of tracks to no worker. */
export const openCanvasComposer: OpenComposer = Effect.gen(function* () {
  const log = Runtime.runFork(yield* Effect.runtime())
  const canvas = document.createElement("canvas")
  Object.assign(canvas, programmeSize)
  // Firefox captures no canvas that has no context yet.
  const pen = canvas.getContext("2d", { alpha: false })
  const [track] = canvas.captureStream().getVideoTracks()
  if (pen === null || track === undefined) return yield* Effect.dieMessage("This browser has no canvas.")
  yield* Effect.addFinalizer(() => Effect.sync(() => track.stop()))

  const composition = makeComposition(pen)
  const videos = new Map<string | null, HTMLVideoElement>()
  const feeds = makeFeeds({
    open: (of, track) => {
      const video = openVideo(track)
      videos.set(of, video)
      return () => {
        video.srcObject = null
      }
    },
    gone: (of) => void videos.delete(of)
  })
  yield* Effect.addFinalizer(() => Effect.sync(feeds.close))

  const ready = yield* Deferred.make<void>()
  const counts = makeObservable<FrameCounts>({ composed: 0, dropped: 0 })
  let [composed, dropped, failing, shown] = [0, 0, false, false]
  const still = (of: string | null) => {
    const video = videos.get(of)
    return video && stillOf(video)
  }
  const tick = (missed: number) => {
    dropped += missed
    try {
      composition.draw(still)
      composed++
      failing = false
      if (shown) Deferred.unsafeDone(ready, Effect.void)
    } catch (cause) {
      dropped++
      if (!failing) log(Effect.logWarning("A picture of the programme could not be made.", cause))
      failing = true
    }
    if ((composed + dropped) % programmeFrames === 0) counts.set({ composed, dropped })
  }
  yield* runClock(tick)

  return {
    track,
    ready: Deferred.await(ready),
    broken: Effect.never,
    counts,
    show: (scene) => {
      composition.show(scene)
      shown = true
    },
    setPictures: feeds.setPictures
  }
})

/** Ticks by a worker's clock until the scope closes; by the page's own where there is no such worker. */
const runClock = (tick: (missed: number) => void) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const worker = clockWorker()
      let stop = () => worker.terminate()
      worker.addEventListener("message", ({ data }: MessageEvent<number>) => tick(data))
      worker.addEventListener("error", () => {
        worker.terminate()
        stop = everyFrame(programmeFrames, tick)
      })
      return () => stop()
    }),
    (stop) => Effect.sync(stop)
  )
