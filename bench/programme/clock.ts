/// <reference lib="dom" />
import type { Locator } from "playwright-core"
import { programmeSize } from "../../client/media/programme/scene.js"
import type { Box } from "../../client/media/tileLayout.js"
import { fitOf } from "../../client/media/videoFit.js"
import type { ClockFace } from "../../e2e/support/portraits.js"

/** The cameras of guests. */
export const camera = { width: 640, height: 360, fps: 30 } as const

/** In the middle, where tiles cut nothing off and write nothing. */
export const face: ClockFace = { columns: 9, rows: 2, x: 0.25, y: 0.08, width: 0.5, height: 0.28 }

/** The clock of a camera that stands in this box of the programme. */
export const faceIn = (box: Box): ClockFace => {
  const scales = [box.width / camera.width, box.height / camera.height]
  const scale = fitOf(camera, box) === "cover" ? Math.max(...scales) : Math.min(...scales)
  const [width, height] = [camera.width * scale, camera.height * scale]
  return {
    ...face,
    x: (box.x + (box.width - width) / 2 + face.x * width) / programmeSize.width,
    y: (box.y + (box.height - height) / 2 + face.y * height) / programmeSize.height,
    width: (face.width * width) / programmeSize.width,
    height: (face.height * height) / programmeSize.height
  }
}

/** A frame that a video has shown: when, and when it was drawn, in milliseconds since 1970. Null: it has no clock there. */
export interface Shown {
  readonly at: number
  readonly drawn: number | null
  /** Frames that the video has shown so far. */
  readonly count: number
}

/** What a video shows from some moment on. */
interface Watch {
  readonly shown: () => Promise<ReadonlyArray<Shown>>
  readonly end: () => Promise<void>
}

/** Reads the clock that stands there in every frame of a video. */
export const watchClock = async (video: Locator, face: ClockFace): Promise<Watch> => {
  const seen = await video.evaluateHandle((video: HTMLVideoElement, { columns, height, rows, width, x, y }) => {
    const shown: Array<Shown> = []
    const watched = { shown, over: false }
    const pen = new OffscreenCanvas(columns, rows).getContext("2d", { willReadFrequently: true })
    const read = (now: number, { presentedFrames }: VideoFrameCallbackMetadata) => {
      if (pen === null || watched.over) return
      video.requestVideoFrameCallback(read)
      const at = performance.timeOrigin + now
      const [across, down] = [video.videoWidth, video.videoHeight]
      pen.drawImage(video, x * across, y * down, width * across, height * down, 0, 0, columns, rows)
      const { data } = pen.getImageData(0, 0, columns, rows)
      const bars = Array.from({ length: columns * rows }, (_, bar): number => ((data[bar * 4] ?? 0) > 127 ? 1 : 0))
      const digits = bars.slice(4, 16)
      const odd = digits.reduce((sum, digit) => sum ^ digit)
      const isRead = bars.slice(0, 4).join("") === "1010" && bars[16] === odd && bars[17] === 1 - odd
      const time = digits.reduce((sum, digit) => 2 * sum + digit)
      // Of the times that end like this the last one before now.
      const drawn = isRead ? Math.floor(at) - ((Math.floor(at) - time) & 4095) : null
      shown.push({ at, drawn, count: presentedFrames })
    }
    video.requestVideoFrameCallback(read)
    return watched
  }, face)
  return {
    shown: () => seen.evaluate(({ shown }) => shown),
    end: () =>
      seen.evaluate((watched) => {
        watched.over = true
      })
  }
}
