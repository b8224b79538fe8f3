import * as Effect from "effect/Effect"
import { runClock } from "../pageClock.js"
import { openUnseenVideo } from "../unseenVideo.js"
import { attempt, type OpenComposer } from "./Composer.js"
import { makeComposeLoop } from "./composeLoop.js"
import { makeComposerEvents } from "./composerEvents.js"
import type { Still } from "./draw.js"
import { makeFeeds } from "./feeds.js"
import { programmeFrames, programmeSize } from "./scene.js"

const stillOf = (video: HTMLVideoElement | undefined): Still | undefined =>
  video !== undefined && video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0
    ? { image: video, width: video.videoWidth, height: video.videoHeight }
    : undefined

/** A canvas that is captured: what is drawn on it is a frame of the track. */
const openCanvas = () => {
  const canvas = Object.assign(document.createElement("canvas"), programmeSize)
  // Before the capture: Firefox captures no canvas without a context.
  const pen = canvas.getContext("2d", { alpha: false })
  if (pen === null) throw new Error("A canvas of this page has no 2D context.")
  const [track] = canvas.captureStream().getVideoTracks()
  if (track === undefined) throw new Error("This browser captures no canvas.")
  return { pen, track }
}

/** Composes in the page, from video elements that are in no document, for browsers that cannot compose in a worker. */
export const openCanvasComposer: OpenComposer = Effect.gen(function* () {
  const { pen, track } = yield* attempt(openCanvas)
  yield* Effect.addFinalizer(() => Effect.sync(() => track.stop()))

  // Also of those whom the scene leaves out: the browser decodes what a connection brings, played or not.
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

  const { broken, counts, receive, ready, scene } = yield* makeComposerEvents
  const composeLoop = yield* attempt(() =>
    makeComposeLoop({
      pen,
      stills: (of) => stillOf(videos.get(of)),
      // The browser captures what is drawn.
      send: () => Promise.resolve(),
      emit: receive
    })
  )
  yield* runClock(programmeFrames, composeLoop.tick)
  return {
    track,
    ready,
    broken,
    scene,
    counts,
    setHalfRate: composeLoop.setHalfRate,
    show: composeLoop.show,
    setPictures: feeds.setPictures
  }
})
