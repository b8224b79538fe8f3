import { type Accessor, createMemo } from "solid-js"
import type { Fit } from "../../media/videoFit.js"
import { type Lines, linesFor, shownPixels } from "../../rtc/quality/wanted.js"
import { createSize } from "../../solid/createSize.js"
import { createVideoSize } from "./createVideoSize.js"

/** Sizes count once they have not changed for this time, in milliseconds: windows are resized, and tiles rearranged. */
export const sizeSettleTime = 500

/**
 * The lines at which a video shows its picture, which fits it as `fit` states. `unknown`: the lines for a video that
 * has no size yet.
 */
export const createShownLines = (
  video: Accessor<HTMLVideoElement | undefined>,
  unknown: Lines,
  fit: Accessor<Fit>
): Accessor<Lines> => {
  const box = createSize(video)
  const picture = createVideoSize(video)
  return createMemo(() => {
    if (video() === undefined || box().width === 0 || box().height === 0) return unknown
    return linesFor(shownPixels(picture(), box(), fit()) * devicePixelRatio)
  })
}
