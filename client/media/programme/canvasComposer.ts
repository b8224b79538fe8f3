import * as Effect from "effect/Effect"
import { openUnseenVideo } from "../unseenVideo.js"
import type { OpenComposer } from "./Composer.js"
import { makeComposing } from "./composing.js"
import type { Still } from "./draw.js"
import { makeFeeds } from "./feeds.js"
import { everyFrame } from "./frameClock.js"
import { makeNews } from "./news.js"
import { programmeFrames, programmeSize } from "./scene.js"

const clockWorker = () => new Worker(new URL("./clock.worker.ts", import.meta.url), { type: "module" })

const stillOf = (video: HTMLVideoElement | undefined): Still | undefined =>
  video !== undefined && video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0
    ? { image: video, width: video.videoWidth, height: video.videoHeight }
    : undefined

/** Ticks by a worker's clock until the scope closes; by the page's own where there is no such worker. */
const runClock = (tick: (missed: number) => void) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const worker = clockWorker()
      let stop = () => worker.terminate()
      worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
        tick(data)
        worker.postMessage("heard")
      })
      worker.addEventListener("error", () => {
        worker.terminate()
        stop = everyFrame(programmeFrames, tick)
      })
      return () => stop()
    }),
    (stop) => Effect.sync(stop)
  )

/** Composes in the page, from video elements that are in no document, where a browser gives frames of tracks to no worker. */
export const openCanvasComposer: OpenComposer = Effect.gen(function* () {
  const canvas = document.createElement("canvas")
  canvas.width = programmeSize.width
  canvas.height = programmeSize.height
  // Before the capture: Firefox takes none of a canvas without a context.
  const pen = canvas.getContext("2d", { alpha: false })
  const [track] = canvas.captureStream().getVideoTracks()
  if (pen === null || track === undefined) return yield* Effect.dieMessage("This browser draws on no canvas.")
  yield* Effect.addFinalizer(() => Effect.sync(() => track.stop()))

  const videos = new Map<string | null, HTMLVideoElement>()
  const feeds = makeFeeds({
    open: (of, track) => {
      const video = openUnseenVideo(track)
      videos.set(of, video)
      return () => {
        video.srcObject = null
      }
    },
    gone: (of) => void videos.delete(of)
  })
  yield* Effect.addFinalizer(() => Effect.sync(feeds.close))

  const { broken, counts, hear, ready } = yield* makeNews
  const composing = makeComposing({
    pen,
    stills: (of) => stillOf(videos.get(of)),
    // What is drawn is captured by the browser.
    send: () => Promise.resolve(),
    say: hear
  })
  yield* runClock(composing.tick)
  return { track, ready, broken, counts, show: composing.show, setPictures: feeds.setPictures }
})
