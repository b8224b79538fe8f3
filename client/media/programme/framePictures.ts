import type { Still } from "./draw.js"
import { type LatestFrame, makeLatestFrame } from "./latestFrame.js"
import type { ScenePerson } from "./scene.js"

/** The newest frame of each picture: a person's, or the screen's (null). */
export const makeFramePictures = () => {
  const pictures = new Map<string | null, LatestFrame<VideoFrame>>()
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
        picture.follow(frames)
      }
    },
    /** Forgets what cameras that are off showed last: it would stand there for a moment when they are on again. */
    forget: (people: ReadonlyArray<ScenePerson>) => {
      for (const { camera, id } of people) if (!camera) pictures.get(id)?.forget()
    }
  }
}
