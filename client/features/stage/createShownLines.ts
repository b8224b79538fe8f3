import { type Accessor, createMemo } from "solid-js"
import type { Fit } from "../../media/videoFit.js"
import { type Lines, linesFor, shownPixels } from "../../rtc/quality/wanted.js"
import { createSize } from "../../solid/createSize.js"
import { createVideoSize } from "./createVideoSize.js"

/** A window that is being resized, or tiles that are arranged anew, have their size after this, in milliseconds. */
export const sizesSettle = 500

/**
 * The lines at which a video shows its picture, which stands in it as `fit` says. `unknown`: what is taken for a video that
 * stands nowhere yet.
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
