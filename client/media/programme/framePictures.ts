import { peopleIn } from "./arrange.js"
import type { Still } from "./draw.js"
import { type LatestFrame, makeLatestFrame } from "./latestFrame.js"
import type { Scene } from "./scene.js"

/** The newest frame of each picture: a person's, or the screen's (null). */
export const makeFramePictures = () => {
  const pictures = new Map<string | null, LatestFrame<VideoFrame>>()
  let shownIds: ReadonlySet<string> = new Set()
  let offIds: ReadonlyArray<string> = []
  /** The screen always counts: while nothing changes on it, another frame may never come. */
  const isSeen = (of: string | null) => of === null || shownIds.has(of)
  return {
    still: (of: string | null): Still | undefined => {
      const frame = pictures.get(of)?.get()
      return frame && { image: frame, width: frame.displayWidth, height: frame.displayHeight }
    },
    /** Takes the picture's frames from this stream from now on. Null: the picture is gone. */
    follow: (of: string | null, frames: ReadableStream<VideoFrame> | null) => {
      const picture = pictures.get(of) ?? makeLatestFrame<VideoFrame>()
      if (frames === null) {
        picture.close()
        pictures.delete(of)
      } else {
        pictures.set(of, picture)
        picture.setSeen(isSeen(of))
        picture.follow(frames)
      }
    },
    /** Takes fewer frames of people whom this scene does not show. */
    show: (scene: Scene) => {
      shownIds = peopleIn(scene)
      offIds = scene.people.flatMap(({ camera, id }) => (camera ? [] : [id]))
      for (const [of, picture] of pictures) picture.setSeen(isSeen(of))
    },
    /** Forgets the last frames of cameras that are off: they would be shown for a moment when those are on again. */
    forgetOff: () => {
      for (const id of offIds) pictures.get(id)?.forget()
    }
  }
}
