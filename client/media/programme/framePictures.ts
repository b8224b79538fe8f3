import { peopleIn } from "./arrange.js"
import type { Still } from "./draw.js"
import { type LatestFrame, makeLatestFrame } from "./latestFrame.js"
import type { Scene } from "./scene.js"

/** The newest frame of each picture: a person's, or the screen's (null). */
export const makeFramePictures = () => {
  const pictures = new Map<string | null, LatestFrame<VideoFrame>>()
  let seen: ReadonlySet<string> = new Set()
  let off: ReadonlyArray<string> = []
  /** Of a screen on which nothing changes another frame may never come. */
  const isSeen = (of: string | null) => of === null || seen.has(of)
  return {
    still: (of: string | null): Still | undefined => {
      const frame = pictures.get(of)?.get()
      return frame && { image: frame, width: frame.displayWidth, height: frame.displayHeight }
    },
    /** Takes its frames from here from now on. Null: the picture is gone. */
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
    /** Takes fewer frames of those whom this scene does not show. */
    show: (scene: Scene) => {
      seen = peopleIn(scene)
      off = scene.people.flatMap(({ camera, id }) => (camera ? [] : [id]))
      for (const [of, picture] of pictures) picture.setSeen(isSeen(of))
    },
    /** Forgets what cameras that are off showed last: it would stand there for a moment when they are on again. */
    forgetOff: () => {
      for (const id of off) pictures.get(id)?.forget()
    }
  }
}
